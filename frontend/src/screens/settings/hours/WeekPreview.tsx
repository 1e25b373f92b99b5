import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import clsx from 'clsx';
import type { Appointment, HoursPart } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { useClinicActions } from '../../../app/clinicActions';
import { addDays, dateOf, hhmm, minuteOf, minuteOfTime, minutesBetween, timeOf } from '../../../time/clinicTime';
import { dayMonth, shortDate, weekdayShort } from '../../../time/format';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import layout from '../../../ui/layout.module.css';
import lists from '../../../ui/lists.module.css';
import typography from '../../../ui/typography.module.css';
import styles from './Hours.module.css';
import { outsideOf } from './week';

const MOST_NAMED = 6;

interface Props {
  monday: string;
  hours: (date: string) => HoursPart[];
  /** Names of the holidays on which the clinic is closed, by date. */
  holidays: ReadonlyMap<string, string>;
  visits: readonly Appointment[];
  /** Shows the week before or after; null where there is none to show. */
  before: (() => void) | null;
  after: (() => void) | null;
}

/** The week these hours come to, with the visits that are booked in it: who falls outside is named, and nobody is told. */
export function WeekPreview({ monday, hours, holidays, visits, before, after }: Props) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const zone = clinic.timeZone;
  const standing = visits.filter((visit) => visit.status !== 'cancelled');
  const dates = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
  const outside = new Set(outsideOf(standing, hours, zone).map((visit) => visit.id));
  const span = shown(dates.flatMap(hours), standing, zone);
  const place = (minute: number) =>
    `${((Math.max(span.from, Math.min(minute, span.until)) - span.from) / (span.until - span.from)) * 100}%`;
  const closed = (date: string) => holidays.has(date) && hours(date).length === 0;
  const left = standing.filter((visit) => outside.has(visit.id));
  return (
    <section className={styles.preview} aria-labelledby="week-preview">
      <div className={styles.previewHead}>
        <h2 id="week-preview">{t('hours.preview')}</h2>
        <span className={layout.row}>
          <Button kind="quiet" small iconOnly aria-label={t('hours.weekBefore')} disabled={!before} onClick={() => before?.()}>
            <Icon of={IconChevronLeft} />
          </Button>
          <Button kind="quiet" small iconOnly aria-label={t('hours.weekAfter')} disabled={!after} onClick={() => after?.()}>
            <Icon of={IconChevronRight} />
          </Button>
        </span>
      </div>
      <div className={styles.previewGrid} aria-hidden="true">
        <div className={styles.previewHours}>
          {[span.from, Math.round((span.from + span.until) / 120) * 60, span.until].map((minute) => (
            <span key={minute} style={{ top: place(minute) }}>
              {hhmm(minute === 1440 ? 0 : minute).replace(/:00$/, '')}
            </span>
          ))}
        </div>
        {dates.map((date) => {
          return (
            <div key={date} className={styles.previewDay}>
              <span className={clsx(typography.tiny, typography.muted)}>
                {weekdayShort(date, language)} <b className={typography.strong}>{Number(date.slice(8))}</b>
              </span>
              <div className={clsx(styles.previewColumn, closed(date) && styles.holiday)}>
                {hours(date).map((part) => (
                  <span
                    key={part.from}
                    className={styles.open}
                    style={{ top: place(minuteOfTime(part.from)), bottom: `calc(100% - ${place(minuteOfTime(part.until))})` }}
                  />
                ))}
                {standing
                  .filter((visit) => dateOf(visit.start, zone) === date)
                  .map((visit) => {
                    const start = minuteOf(visit.start, zone);
                    return (
                      <span
                        key={visit.id}
                        className={clsx(styles.visit, outside.has(visit.id) && styles.outside)}
                        style={{
                          top: place(start),
                          bottom: `calc(100% - ${place(start + minutesBetween(visit.start, visit.end))})`,
                        }}
                      />
                    );
                  })}
              </div>
            </div>
          );
        })}
      </div>
      <p role="status" className={typography.small}>
        {t('hours.weekOf', { date: dayMonth(monday, language) })} {t('hours.inside', { count: standing.length - left.length })}{' '}
        {left.length > 0 && <b className={styles.outsideCount}>{t('hours.outside', { count: left.length })}</b>}{' '}
        {dates
          .filter(closed)
          .map((date) => t('hours.holiday', { date: shortDate(date, language), name: holidays.get(date) }))
          .join(' ')}
      </p>
      {left.length > 0 && (
        <>
          <ul className={clsx(lists.ruled, lists.lined)}>
            {left.slice(0, MOST_NAMED).map((visit) => (
              <li key={visit.id} className={styles.left}>
                <span>
                  <b className={typography.strong}>
                    {shortDate(dateOf(visit.start, zone), language)}, {timeOf(visit.start, zone)}
                  </b>{' '}
                  {visit.patient.displayName}
                </span>
                <Button small onClick={() => actions.show(visit.id)}>
                  {t('hours.see')}
                </Button>
              </li>
            ))}
          </ul>
          {left.length > MOST_NAMED && (
            <p className={clsx(typography.small, typography.muted)}>{t('hours.andMore', { count: left.length - MOST_NAMED })}</p>
          )}
          <p className={clsx(typography.small, typography.muted)}>{t('hours.nobodyTold')}</p>
        </>
      )}
    </section>
  );
}

/** Whole hours around everything that is drawn. */
function shown(parts: readonly HoursPart[], visits: readonly Appointment[], zone: string): { from: number; until: number } {
  const starts = [...parts.map((part) => minuteOfTime(part.from)), ...visits.map((visit) => minuteOf(visit.start, zone))];
  const ends = [
    ...parts.map((part) => minuteOfTime(part.until)),
    ...visits.map((visit) => minuteOf(visit.start, zone) + minutesBetween(visit.start, visit.end)),
  ];
  const from = Math.floor(Math.min(8 * 60, ...starts) / 60) * 60;
  const until = Math.min(24 * 60, Math.ceil(Math.max(18 * 60, ...ends) / 60) * 60);
  return { from, until };
}
