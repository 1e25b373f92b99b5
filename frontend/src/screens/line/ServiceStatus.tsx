import { IconAlertTriangle, IconCircleCheck, IconClockQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { serviceStatusQuery } from '../../api/queries';
import type { LateDay, ServiceStatus as Standings } from '../../api/types';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { relative, shortDate } from '../../time/format';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { LoadError, PageHead, Section, Skeleton } from '../../ui/Page';
import { lineSigns, Status, StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './ServiceStatus.module.css';

const signs = {
  works: { tone: 'ok', icon: IconCircleCheck },
  slow: { tone: 'wait', icon: IconClockQuestion },
  trouble: { tone: 'no', icon: IconAlertTriangle },
} as const;

/** When a patient says that nothing came: is it the clinic's line, Recado or WhatsApp, and what was late. */
export function ServiceStatus() {
  const { t } = useWords();
  const clinic = useClinic();
  const status = useQuery(serviceStatusQuery(clinic.id));
  return (
    <>
      <PageHead title={t('service.title')} above={<Link {...to.line(clinic.alias)}>{t('line.title')}</Link>} under={t('service.under')} />
      {status.isLoadingError ? (
        <LoadError error={status.error} title={t('service.error')} retry={() => void status.refetch()} />
      ) : !status.data ? (
        <Skeleton rows={5} />
      ) : (
        <Loaded status={status.data} />
      )}
    </>
  );
}

function Loaded({ status }: { status: Standings }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const now = useNow();
  return (
    <div className={layout.fill} data-testid="service-status">
      <ul className={clsx(lists.ruled, lists.lined, styles.now)}>
        <Row name="Recado" about={t(`service.recado.${status.recado}`)}>
          <Standing of={status.recado} />
        </Row>
        <Row name="WhatsApp" about={t(`service.whatsApp.${status.whatsApp}`)}>
          <Standing of={status.whatsApp} />
        </Row>
        {status.lines.map((line) => (
          <Row
            key={line.id}
            name={<Link {...to.line(clinic.alias, { line: line.id })}>{line.name}</Link>}
            about={t(line.works ? 'service.lineWorks' : 'service.lineDown')}
          >
            <Status sign={lineSigns[line.state]} />
          </Row>
        ))}
      </ul>
      {status.waiting > 0 && status.oldestWaitingAt && (
        <p className={styles.waiting} role="status">
          {t('service.waiting', { count: status.waiting, when: relative(status.oldestWaitingAt, now, language) })}
        </p>
      )}
      <Section title={t('service.late')} id="late" />
      {status.late.length === 0 ? (
        <p className={typography.muted}>{t('service.nothingLate')}</p>
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)} aria-labelledby="late" data-testid="late-days">
          {status.late.map((day) => (
            <Late key={day.day} day={day} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Row({ name, about, children }: { name: ReactNode; about: string; children: ReactNode }) {
  return (
    <li className={styles.row}>
      <div className={layout.fill}>
        <b className={typography.strong}>{name}</b>
        <div className={clsx(typography.small, typography.muted)}>{about}</div>
      </div>
      {children}
    </li>
  );
}

function Standing({ of }: { of: keyof typeof signs }) {
  const { t } = useWords();
  const { tone, icon } = signs[of];
  return (
    <StatusLabel tone={tone} icon={icon}>
      {t(`service.standing.${of}`)}
    </StatusLabel>
  );
}

function Late({ day }: { day: LateDay }) {
  const { t, language } = useWords();
  return (
    <li className={styles.row}>
      <b className={clsx(typography.strong, typography.nowrap)}>{shortDate(day.day, language)}</b>
      <div className={layout.fill}>
        {t('service.held', { count: day.held })}
        {day.longestMinutes > 0 && <> · {t('service.longest', { count: day.longestMinutes })}</>}
        {day.tooLate > 0 && <div className={clsx(typography.small, typography.muted)}>{t('service.tooLate', { count: day.tooLate })}</div>}
      </div>
    </li>
  );
}
