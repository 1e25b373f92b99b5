import type { Appointment, HoursPart, Schedule, ScheduleException, ScheduleInput, Weekday } from '../../../api/types';
import { dateOf, minuteOf, minuteOfTime, minutesBetween, weekdayOf } from '../../../time/clinicTime';

export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The hours of a usual week as they are being edited; a day without any is closed. */
export type Week = Record<Weekday, HoursPart[]>;

const empty = (): Week => ({ mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] });

export function weekOf(hours: ScheduleInput['hours']): Week {
  const week = empty();
  for (const { day, ...part } of hours) week[day].push(part);
  return week;
}

/** What a clinic is taken to be open that has not said its hours; the server's rule. */
export const assumedWeek = (): Week => ({
  ...empty(),
  ...Object.fromEntries(weekdays.slice(0, 6).map((day) => [day, [{ from: '08:00', until: '20:00' }]])),
});

export const hoursOf = (week: Week): ScheduleInput['hours'] => weekdays.flatMap((day) => week[day].map((part) => ({ day, ...part })));

/** The schedule of an owner (null: the clinic) that counts on a date, if there is one. */
export function inForce(schedules: readonly Schedule[], owner: string | null, date: string): Schedule | null {
  const begun = schedules.filter((one) => one.practitionerId === owner && one.validFrom <= date);
  return begun.reduce<Schedule | null>((latest, one) => (latest && latest.validFrom > one.validFrom ? latest : one), null);
}

/** The next schedule of an owner after a date, if one is planned. */
export function planned(schedules: readonly Schedule[], owner: string | null, date: string): Schedule | null {
  const later = schedules.filter((one) => one.practitionerId === owner && one.validFrom > date);
  return later.reduce<Schedule | null>((first, one) => (first && first.validFrom < one.validFrom ? first : one), null);
}

export type Fault = 'incomplete' | 'not-after-start' | 'overlaps';

/** What is wrong with the hours of one day, part by part; null where nothing is. */
export function faultsOf(parts: readonly HoursPart[]): (Fault | null)[] {
  return parts.map((part, index) => {
    if (!part.from || !part.until) return 'incomplete';
    const [from, until] = [minuteOfTime(part.from), minuteOfTime(part.until)];
    if (until <= from) return 'not-after-start';
    const clash = parts.slice(0, index).some((other) => minuteOfTime(other.from) < until && from < minuteOfTime(other.until));
    return clash ? 'overlaps' : null;
  });
}

export const isSound = (week: Week): boolean => weekdays.every((day) => faultsOf(week[day]).every((fault) => fault === null));

/** Parts in the order of the day, so that the bar and the preview read from morning to night. */
export const inOrder = (parts: readonly HoursPart[]): HoursPart[] => [...parts].sort((a, b) => a.from.localeCompare(b.from));

/** Half of a usual working day to begin with: after the last part of that day, or the morning. */
export function nextPart(parts: readonly HoursPart[]): HoursPart {
  const last = inOrder(parts).at(-1);
  if (!last?.until) return { from: '09:00', until: '18:00' };
  const from = Math.min(minuteOfTime(last.until) + 60, 23 * 60);
  const until = Math.min(from + 4 * 60, 24 * 60);
  return { ...last, from: clock(from), until: clock(until) };
}

const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/**
 * The hours of a date: days that differ come before the usual week, the owner's before the clinic's. What the clinic's exception
 * leaves of a practitioner's own hours is what both have. A holiday is closed, unless an exception was made for that day alone.
 */
export function partsOn(
  date: string,
  week: Week,
  exceptions: readonly ScheduleException[],
  owner: string | null,
  closedHolidays: Pick<ReadonlySet<string>, 'has'>,
): HoursPart[] {
  const holiday = closedHolidays.has(date);
  const of = (whose: string | null) =>
    exceptions.find(
      (one) => one.practitionerId === whose && one.firstDay <= date && date <= one.lastDay && (!holiday || one.firstDay === one.lastDay),
    );
  const own = of(owner);
  if (own) return own.hours;
  const day = weekdays[weekdayOf(date) - 1];
  const usual = (day ? week[day] : []).filter((part) => part.from && part.until > part.from);
  const clinics = of(null);
  if (!clinics) return holiday ? [] : usual;
  return usual.flatMap((part) =>
    clinics.hours
      .map((other) => ({
        ...part,
        from: part.from > other.from ? part.from : other.from,
        until: part.until < other.until ? part.until : other.until,
      }))
      .filter((both) => both.from < both.until),
  );
}

/** Visits that begin or end outside the hours of their day, on the clinic's wall clock. */
export function outsideOf(visits: readonly Appointment[], hours: (date: string) => HoursPart[], zone: string): Appointment[] {
  return visits.filter((visit) => {
    const start = minuteOf(visit.start, zone);
    const end = start + minutesBetween(visit.start, visit.end);
    return !hours(dateOf(visit.start, zone)).some((part) => minuteOfTime(part.from) <= start && end <= minuteOfTime(part.until));
  });
}
