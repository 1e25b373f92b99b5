import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { clockChangesQuery } from '../../api/agendaQueries';
import { may } from '../../api/may';
import type { ClockChange } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useVisitChanges } from '../../app/visitChanges';
import { shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import layout from '../../ui/layout.module.css';
import notes from '../../ui/notes.module.css';
import { Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';

const SHOWN = 3;

/** Visits under which the official time was changed: somebody decides whether the hour holds or the moment. */
export function ClockChanges() {
  const { t } = useWords();
  const clinic = useClinic();
  const { data } = useQuery({ ...clockChangesQuery(clinic.id), enabled: may(clinic, 'move') });
  if (!data?.length) return null;
  return (
    <section className={layout.spaced} aria-labelledby="clock-changes" data-testid="clock-changes">
      <Section title={t('clockChanges.title', { count: data.length })} id="clock-changes" />
      <p className={clsx(typography.small, typography.muted)}>{t('clockChanges.text')}</p>
      {data.slice(0, SHOWN).map((one) => (
        <Changed key={one.appointment.id} change={one} />
      ))}
    </section>
  );
}

function Changed({ change }: { change: ClockChange }) {
  const { t, language } = useWords();
  const changes = useVisitChanges();
  const { appointment: visit, bookedLocal, nowLocal, bookedLocalStart } = change;
  const hour = (local: string) => local.slice(11);
  return (
    <div className={notes.verify}>
      <div className={layout.row}>
        <b className={clsx(typography.strong, typography.ellipsis)}>{visit.patient.displayName}</b>
        <span className={clsx(layout.end, typography.small, typography.muted, typography.nowrap)}>
          {shortDate(bookedLocal.slice(0, 10), language)}
        </span>
      </div>
      <p className={clsx(typography.small, typography.muted, typography.remark)}>
        {t('clockChanges.row', { booked: hour(bookedLocal), now: hour(nowLocal) })}
      </p>
      <div className={clsx(layout.row, layout.wrap)}>
        <Button small kind="primary" onClick={() => void changes.move(visit, { start: bookedLocalStart })} data-testid="keep-hour">
          {t('clockChanges.keepHour', { time: hour(bookedLocal) })}
        </Button>
        <Button small onClick={() => void changes.move(visit, { start: visit.start })} data-testid="keep-moment">
          {t('clockChanges.keepMoment', { time: hour(nowLocal) })}
        </Button>
      </div>
    </div>
  );
}
