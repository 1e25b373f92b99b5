import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import type { AppointmentCountsOfDay, OpeningHoursOfDay } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { addDays, mondayOf, todayIn } from '../../time/clinicTime';
import { longDate, weekdayShort } from '../../time/format';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import styles from './MonthGrid.module.css';

/** A month at a glance: how many visits each day has and how many of them wait for an answer. A day leads to its agenda. */
export function MonthGrid(props: {
  /** The first day of the month. */
  month: string;
  /** The first day of the next one. */
  until: string;
  counts: readonly AppointmentCountsOfDay[];
  opening: readonly OpeningHoursOfDay[];
  practitioner: string | undefined;
  busy: boolean;
}) {
  const { month, until, counts, opening, practitioner, busy } = props;
  const { language } = useWords();
  const clinic = useClinic();
  const today = todayIn(clinic.timeZone);
  const of = new Map(counts.map((one) => [one.date, one]));
  const most = Math.max(1, ...counts.map((one) => one.visits));
  const weeks = weeksOf(month, until);
  return (
    <table className={styles.month} aria-busy={busy} data-testid="month-grid">
      <thead>
        <tr>
          {weeks[0]?.map((date) => (
            <th key={date} scope="col">
              {weekdayShort(date, language)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((date) => {
              if (date < month || date >= until) return <td key={date} className={styles.elsewhere} />;
              const day = of.get(date);
              const { closed, holiday } = closedOn(date, opening, practitioner);
              return (
                <td key={date} className={clsx(closed && styles.closed, date === today && styles.today)}>
                  <Link
                    {...to.agenda(clinic.alias, { date, practitioner })}
                    className={styles.day}
                    aria-current={date === today ? 'date' : undefined}
                    data-testid={`month-day-${date}`}
                  >
                    <span className={clsx(styles.number, typography.small)} aria-hidden="true">
                      {Number(date.slice(8))}
                    </span>
                    <span className={layout.visuallyHidden}>{longDate(date, language)}</span>
                    {holiday && <span className={clsx(typography.tiny, styles.holiday)}>{holiday}</span>}
                    {day && (
                      <>
                        <Fact count={day.visits} words="agenda.count" className={styles.count} />
                        <i className={styles.bar} style={{ width: `${(day.visits / most) * 100}%` }} aria-hidden="true" />
                        {day.unconfirmed > 0 && date >= today && (
                          <Fact count={day.unconfirmed} words="agenda.unconfirmed" className={clsx(typography.tiny, styles.open)} />
                        )}
                        {day.declined > 0 && (
                          <Fact count={day.declined} words="agenda.cannot" className={clsx(typography.tiny, styles.declined)} />
                        )}
                      </>
                    )}
                  </Link>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A count with its words; on a phone there is room for the count alone, and the words are read out. */
function Fact({ count, words, className }: { count: number; words: string; className: string | undefined }) {
  const { t } = useWords();
  return (
    <span className={className}>
      <span className={styles.words}>{t(words, { count })}</span>
      <span className={layout.onlyOnPhone} aria-hidden="true">
        {count}
      </span>
    </span>
  );
}

/** Weeks from Monday to Sunday that touch the month. */
function weeksOf(month: string, until: string): string[][] {
  const weeks: string[][] = [];
  for (let monday = mondayOf(month); monday < until; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(monday, index)));
  }
  return weeks;
}

/** Whether nobody of those shown sees patients that day, as somebody has said, and the holiday that is the reason. */
function closedOn(date: string, opening: readonly OpeningHoursOfDay[], practitioner: string | undefined) {
  const days = opening.filter((one) => one.date === date && (!practitioner || one.practitionerId === practitioner));
  return {
    closed: days.length > 0 && days.every((one) => one.open.length === 0 && !one.assumed),
    holiday: days.find((one) => one.holiday)?.holiday ?? null,
  };
}
