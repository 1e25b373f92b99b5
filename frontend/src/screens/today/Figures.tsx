import clsx from 'clsx';
import type { Appointment } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { timeOf } from '../../time/clinicTime';
import figureRow from '../../ui/figureRow.module.css';
import { type VisitState, visitSigns, visitState } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import type { DayFigures } from './day';
import styles from './Figures.module.css';

const tick: Record<VisitState, string | undefined> = {
  ok: undefined,
  booked: styles.booked,
  wait: styles.wait,
  unknown: styles.unknown,
  no: styles.no,
  here: styles.here,
  in: styles.here,
  done: styles.done,
  noshow: styles.done,
  cancelled: styles.done,
  pending: styles.wait,
};
const legend: { state: VisitState; word: string }[] = [
  { state: 'done', word: 'today.legend.past' },
  { state: 'here', word: 'today.legend.here' },
  { state: 'ok', word: 'today.legend.ok' },
  { state: 'booked', word: 'today.legend.booked' },
  { state: 'wait', word: 'today.legend.wait' },
  { state: 'no', word: 'today.legend.no' },
];

/** How much of the day stands, in three figures and one tick per visit. */
export function Figures({ figures, visits, now }: { figures: DayFigures; visits: Appointment[]; now: string }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const percent = figures.total ? figures.confirmed / figures.total : 0;
  const number = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const ticks = visits.filter((visit) => visitState(visit) !== 'cancelled');
  const nowAt = ticks.findIndex((visit) => visit.start > now);
  const present = new Set(ticks.map((visit) => tick[visitState(visit)]));
  const next = figures.waiting[0];
  const spoken = ticks
    .map((visit) => `${timeOf(visit.start, clinic.timeZone)} ${t(`status.${visitSigns[visitState(visit)].word}`)}`)
    .join('. ');
  return (
    <div className={clsx(figureRow.figures, styles.figures)}>
      <div>
        <span className={figureRow.figure}>{number.format(percent)}</span>
        <span className={typography.muted}>{t('today.confirmed', { count: figures.confirmed, total: figures.total })}</span>
        <div className={styles.ticks} role="img" aria-label={`${t('today.ticks')}: ${spoken}`}>
          {ticks.map((visit, index) => (
            <span key={visit.id} className={styles.tick}>
              {index === nowAt && <i className={styles.now} />}
              <i className={tick[visitState(visit)]} title={`${timeOf(visit.start, clinic.timeZone)} ${visit.patient.displayName}`} />
            </span>
          ))}
        </div>
        <div className={clsx(styles.legend, typography.tiny, typography.muted)} aria-hidden="true">
          {legend
            .filter(({ state }) => present.has(tick[state]))
            .map(({ state, word }) => (
              <span key={word} className={styles.ticks}>
                <i className={tick[state]} />
                {t(word)}
              </span>
            ))}
        </div>
      </div>
      <div>
        <span className={figureRow.figure}>{figures.waiting.length}</span>
        <span className={typography.muted}>{t('today.waiting', { count: figures.waiting.length })}</span>
        <p className={clsx(typography.small, typography.muted)}>
          {next ? t('today.nextWaiting', { time: timeOf(next.start, clinic.timeZone) }) : t('today.nobodyWaiting')}
        </p>
      </div>
      <div>
        <span className={figureRow.figure}>{figures.seen}</span>
        <span className={typography.muted}>{t('today.seen', { count: figures.seen })}</span>
        <p className={clsx(typography.small, typography.muted)}>
          {t('today.inside', { count: figures.inside })}
          {figures.missed > 0 && `, ${t('today.missed', { count: figures.missed })}`}
        </p>
      </div>
    </div>
  );
}
