import { IconArrowLeft, IconArrowRight, IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import type { ComponentType } from 'react';
import { may } from '../../api/may';
import { setupQuery } from '../../api/setup';
import type { Setup, SetupStepKind } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { NoPermission } from '../../app/Problems';
import { to } from '../../app/paths';
import { buttonLook } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { LoadError, PageHead, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { ClinicForm } from '../settings/ClinicForm';
import { Hours } from '../settings/hours/Hours';
import { Locations } from '../settings/Locations';
import { Practitioners } from '../settings/Practitioners';
import { Services } from '../settings/Services';
import { LineStep } from './LineStep';
import { MessageStep } from './MessageStep';
import styles from './SetupPage.module.css';

const ClinicStep = () => <ClinicForm brief />;
const PractitionersStep = () => <Practitioners brief />;

/** What is done in a step is done as in the settings: there is no second form that could know less. */
const panels: Record<SetupStepKind, ComponentType> = {
  clinic: ClinicStep,
  location: Locations,
  practitioners: PractitionersStep,
  services: Services,
  hours: Hours,
  line: LineStep,
  'first-message': MessageStep,
};

/** From an empty clinic to its first message, step by step; left at any moment and gone on with where it stands. */
export function SetupPage() {
  const { t } = useWords();
  const clinic = useClinic();
  const setup = useQuery({ ...setupQuery(clinic.id), enabled: may(clinic, 'edit-clinic') });
  if (!may(clinic, 'edit-clinic')) return <NoPermission />;
  return (
    <>
      <PageHead title={t('setup.title')} under={t('setup.under')}>
        <Link className={buttonLook()} {...to.today(clinic.alias)}>
          {t('setup.later')}
        </Link>
      </PageHead>
      {setup.isPending ? (
        <Skeleton rows={7} tall />
      ) : setup.isLoadingError ? (
        <LoadError error={setup.error} title={t('setup.error')} retry={() => void setup.refetch()} />
      ) : (
        <Steps setup={setup.data} />
      )}
    </>
  );
}

function Steps({ setup }: { setup: Setup }) {
  const { t } = useWords();
  const clinic = useClinic();
  const search = useSearch({ from: '/c/$clinic/setup' });
  const { steps } = setup;
  const current = search.step ?? steps.find((step) => !step.done)?.kind ?? 'first-message';
  const at = steps.findIndex((step) => step.kind === current);
  const before = steps[at - 1];
  const next = steps[at + 1];
  const Panel = panels[current];
  return (
    <div className={styles.setup}>
      <nav aria-label={t('setup.steps')}>
        <ol className={styles.steps} data-testid="setup-steps">
          {steps.map((step) => (
            <li key={step.kind}>
              <Link
                {...to.setup(clinic.alias, { step: step.kind })}
                activeOptions={{ exact: true }}
                data-current={step.kind === current || undefined}
                data-testid={`setup-${step.kind}`}
              >
                <span className={clsx(styles.mark, step.done && styles.done)}>
                  <Icon of={step.done ? IconCircleCheckFilled : IconCircleDashed} />
                </span>
                <span>
                  {t(`setup.step.${step.kind}`)}
                  <span className={layout.visuallyHidden}> {t(step.done ? 'setup.done' : 'setup.open')}</span>
                </span>
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <section aria-labelledby="setup-step" className={styles.panel}>
        <p className={clsx(typography.small, typography.muted)}>{t('setup.stepOf', { step: at + 1, of: steps.length })}</p>
        <h2 id="setup-step">{t(`setup.question.${current}`)}</h2>
        <p className={clsx(typography.muted, styles.why)}>{t(`setup.why.${current}`)}</p>
        {setup.complete && (
          <p role="status" className={styles.complete} data-testid="setup-complete">
            <Icon of={IconCircleCheckFilled} />
            {t('setup.complete')}
          </p>
        )}
        <Panel />
        <div className={clsx(layout.row, layout.wrap, styles.moves)}>
          {before && (
            <Link className={buttonLook()} {...to.setup(clinic.alias, { step: before.kind })}>
              <Icon of={IconArrowLeft} />
              {t('action.back')}
            </Link>
          )}
          {next ? (
            <Link className={buttonLook()} {...to.setup(clinic.alias, { step: next.kind })} data-testid="setup-next">
              {t(steps[at]?.done ? 'setup.next' : 'setup.skip')}
              <Icon of={IconArrowRight} />
            </Link>
          ) : (
            <Link className={buttonLook()} {...to.today(clinic.alias)} data-testid="setup-finish">
              {t('setup.toToday')}
            </Link>
          )}
        </div>
      </section>
    </div>
  );
}
