import { IconChevronRight, IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { may } from '../../api/may';
import { setupQuery } from '../../api/setup';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { buttonLook } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import styles from './SetupList.module.css';

/** What the clinic still lacks before its first message; for owners, and gone once nothing is lacking. */
export function SetupList() {
  const { t } = useWords();
  const clinic = useClinic();
  const owner = may(clinic, 'edit-clinic');
  const { data } = useQuery({ ...setupQuery(clinic.id), ...(owner ? {} : { enabled: false }) });
  if (!owner || !data || data.complete) return null;
  const ready = data.steps.filter((step) => step.done).length;
  return (
    <section className={styles.setup} aria-labelledby="setup-list" data-testid="setup-list">
      <div className={clsx(layout.row, layout.wrap)}>
        <div className={layout.fill}>
          <h2 id="setup-list">{t('setup.title')}</h2>
          <p className={clsx(typography.small, typography.muted)}>{t('setup.ready', { done: ready, of: data.steps.length })}</p>
        </div>
        <Link className={buttonLook()} {...to.setup(clinic.alias)} data-testid="setup-continue">
          {t('setup.continue')}
          <Icon of={IconChevronRight} />
        </Link>
      </div>
      <ol className={styles.steps}>
        {data.steps.map((step) => (
          <li key={step.kind} className={clsx(typography.small, step.done && styles.done)}>
            <Icon of={step.done ? IconCircleCheckFilled : IconCircleDashed} small />
            {step.done ? (
              <span>
                {t(`setup.step.${step.kind}`)}
                <span className={layout.visuallyHidden}> {t('setup.done')}</span>
              </span>
            ) : (
              <Link {...to.setup(clinic.alias, { step: step.kind })}>{t(`setup.step.${step.kind}`)}</Link>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
