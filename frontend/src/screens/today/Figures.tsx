import type { Appointment } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { timeOf } from '../../time/clinicTime';
import { type VisitState, visitSigns, visitState } from '../../ui/Status';
import type { DayFigures } from './day';

const tick: Record<VisitState, string> = {
  ok: '',
  booked: 't-booked',
  wait: 't-wait',
  unknown: 't-unk',
  no: 't-no',
  here: 't-here',
  in: 't-here',
  done: 't-done',
  noshow: 't-done',
  cancelled: 't-done',
  pending: 't-wait',
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
    <div className="figs">
      <div>
        <span className="fig">{number.format(percent)}</span>
        <span className="muted">{t('today.confirmed', { count: figures.confirmed, total: figures.total })}</span>
        <div className="tally" role="img" aria-label={`${t('today.ticks')}: ${spoken}`}>
          {ticks.map((visit, index) => (
            <span key={visit.id} className="tw">
              {index === nowAt && <i className="t-now" />}
              <i className={tick[visitState(visit)]} title={`${timeOf(visit.start, clinic.timeZone)} ${visit.patient.displayName}`} />
            </span>
          ))}
        </div>
        <div className="legend xs muted" aria-hidden="true">
          {legend
            .filter(({ state }) => present.has(tick[state]))
            .map(({ state, word }) => (
              <span key={word} className="tally">
                <i className={tick[state]} />
                {t(word)}
              </span>
            ))}
        </div>
      </div>
      <div>
        <span className="fig">{figures.waiting.length}</span>
        <span className="muted">{t('today.waiting', { count: figures.waiting.length })}</span>
        <p className="small muted">
          {next ? t('today.nextWaiting', { time: timeOf(next.start, clinic.timeZone) }) : t('today.nobodyWaiting')}
        </p>
      </div>
      <div>
        <span className="fig">{figures.seen}</span>
        <span className="muted">{t('today.seen', { count: figures.seen })}</span>
        <p className="small muted">
          {t('today.inside', { count: figures.inside })}
          {figures.missed > 0 && `, ${t('today.missed', { count: figures.missed })}`}
        </p>
      </div>
    </div>
  );
}
