import { IconHandStop, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { platformLinesQuery, platformQuery } from '../../api/queries';
import type { PlatformLine, PlatformOrganization } from '../../api/types';
import { usePerson, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { cityOf, dateOf } from '../../time/clinicTime';
import { dayMonthYear, moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, Section, Skeleton } from '../../ui/Page';
import { lineSigns, Status, StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { LineCounts } from './LineCounts';
import { OrganizationForm } from './OrganizationForm';
import styles from './Organizations.module.css';
import { PlanDialog } from './PlanDialog';
import { PlatformHead } from './PlatformHead';
import platform from './platform.module.css';
import { SuspensionDialog } from './SuspensionDialog';

/** Every clinic, without a patient in sight. */
export function Organizations() {
  const { t } = useWords();
  const organizations = useQuery(platformQuery);
  const lines = useQuery(platformLinesQuery);
  const [adding, setAdding] = useState(false);
  const [standing, setStanding] = useState<PlatformOrganization | null>(null);
  const [planned, setPlanned] = useState<PlatformOrganization | null>(null);
  const byClinic = Map.groupBy(lines.data ?? [], (line) => line.organizationId);
  return (
    <>
      <PlatformHead title={t('platform.title')} under={t('platform.under')}>
        <Button kind="primary" iconOnPhone onClick={() => setAdding(true)} data-testid="new-organization">
          <Icon of={IconPlus} />
          <span>{t('platform.new')}</span>
        </Button>
      </PlatformHead>
      {organizations.isPending ? (
        <Skeleton rows={8} />
      ) : organizations.isLoadingError ? (
        <LoadError error={organizations.error} title={t('platform.error')} retry={() => void organizations.refetch()} />
      ) : organizations.data.length === 0 ? (
        <Empty title={t('platform.empty')} text={t('platform.emptyText')} />
      ) : (
        <div className={styles.columns}>
          <section>
            <Section title={t('platform.clinics')}>
              <span className={clsx(typography.small, typography.muted, layout.end)}>
                {t('platform.count', { count: organizations.data.length })}
              </span>
            </Section>
            <ul className={clsx(lists.ruled, lists.lined)}>
              {organizations.data.map((one) => (
                <Clinic
                  key={one.id}
                  clinic={one}
                  lines={lines.data ? (byClinic.get(one.id) ?? []) : null}
                  onStanding={() => setStanding(one)}
                  onPlan={() => setPlanned(one)}
                />
              ))}
            </ul>
          </section>
          {lines.data && lines.data.length > 0 && (
            <aside>
              <Section title={t('platform.lines')} />
              <LineCounts counts={countsOf(lines.data)} />
            </aside>
          )}
        </div>
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('platform.new')}>
        <OrganizationForm onClose={() => setAdding(false)} />
      </Dialog>
      <SuspensionDialog clinic={standing} onClose={() => setStanding(null)} />
      <PlanDialog clinic={planned} onClose={() => setPlanned(null)} />
    </>
  );
}

interface RowProps {
  clinic: PlatformOrganization;
  /** Null while nothing is known of them. */
  lines: PlatformLine[] | null;
  onStanding: () => void;
  onPlan: () => void;
}

function Clinic(props: RowProps) {
  const { clinic, lines } = props;
  const { t, language } = useWords();
  const looks = usePerson().organizations.find((one) => one.id === clinic.id)?.supportUntil ?? null;
  const line = lines?.find((one) => one.defaultLine) ?? lines?.[0];
  return (
    <li className={styles.row} data-testid={`organization-${clinic.alias}`}>
      <div className={layout.fill}>
        <b className={typography.strong}>{clinic.name}</b>
        <span className={clsx(typography.small, typography.muted, typography.block, typography.ellipsis)}>
          {clinic.alias} · {cityOf(clinic.timeZone)}, {clinic.country}
        </span>
        {looks && (
          <Link className={typography.small} {...to.today(clinic.alias)} data-testid="support-open">
            {t('support.open', { when: moment(looks, clinic.timeZone, language) })}
          </Link>
        )}
      </div>
      <span className={clsx(typography.small, typography.muted, typography.nowrap, styles.date)}>
        {dayMonthYear(dateOf(clinic.createdAt, clinic.timeZone), language)}
      </span>
      <span>
        {clinic.state === 'provisioning' ? (
          <StatusLabel tone="wait">{t('platform.provisioning')}</StatusLabel>
        ) : clinic.suspension ? (
          <>
            <StatusLabel tone="fail" icon={IconHandStop}>
              {t('suspension.suspended')}
            </StatusLabel>
            <span className={clsx(typography.tiny, typography.muted, typography.block)}>
              {clinic.suspension.deletionDueAt
                ? t('deletion.on', { when: moment(clinic.suspension.deletionDueAt, clinic.timeZone, language) })
                : t(`suspension.reason.${clinic.suspension.reason}`)}
            </span>
          </>
        ) : line ? (
          <>
            <Link {...to.platformLines({ state: line.state })} className={platform.link}>
              <Status sign={lineSigns[line.state]} bare={line.state === 'linked'} />
            </Link>
            {lines && lines.length > 1 && (
              <span className={clsx(typography.tiny, typography.muted, typography.block)}>
                {t('platform.linesOf', { count: lines.length })}
              </span>
            )}
          </>
        ) : (
          lines && <span className={clsx(typography.small, typography.muted)}>{t('platform.noLine')}</span>
        )}
      </span>
      <span className={clsx(layout.row, styles.act)}>
        <Button kind="quiet" small aria-label={t('usage.openName', { name: clinic.name })} onClick={props.onPlan}>
          {t('usage.open')}
        </Button>
        {clinic.state !== 'provisioning' && (
          <Button
            kind="quiet"
            small
            aria-label={t(clinic.suspension ? 'suspension.endName' : 'suspension.beginName', { name: clinic.name })}
            onClick={props.onStanding}
          >
            {t(clinic.suspension ? 'suspension.end' : 'suspension.begin')}
          </Button>
        )}
      </span>
    </li>
  );
}

const countsOf = (lines: PlatformLine[]) =>
  [...Map.groupBy(lines, (line) => line.state)].map(([state, those]) => ({ state, count: those.length }));
