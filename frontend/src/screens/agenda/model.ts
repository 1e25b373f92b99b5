import { collides, type Span } from '../../agenda/layout';
import type { Appointment, OpeningHoursOfDay, Practitioner } from '../../api/types';
import { dateOf, minuteOf, minutesBetween } from '../../time/clinicTime';
import { visitState } from '../../ui/Status';

/** One strip of the grid: a practitioner on a date. */
export interface Column {
  key: string;
  date: string;
  practitioner: Practitioner;
}

export const columnKey = (date: string, practitionerId: string) => `${date} ${practitionerId}`;
export const columnOf = (visit: Appointment, zone: string) => columnKey(dateOf(visit.start, zone), visit.practitioner.id);

/** Cancelled visits leave the grid; everything else keeps its place. */
export const stands = (visit: Appointment): boolean => visitState(visit) !== 'cancelled';

/** Where a visit lies on the wall clock. A visit through a clock change is drawn as long as it lasts. */
export function spanOf(visit: Appointment, zone: string): Span {
  const start = minuteOf(visit.start, zone);
  const sameDay = dateOf(visit.start, zone) === dateOf(visit.end, zone);
  const wallEnd = sameDay ? minuteOf(visit.end, zone) : 24 * 60;
  const end = wallEnd > start ? wallEnd : start + minutesBetween(visit.start, visit.end);
  return { id: visit.id, start, end: Math.min(24 * 60, end) };
}

const dayOf = (column: Column, days: readonly OpeningHoursOfDay[]) =>
  days.find((one) => one.date === column.date && one.practitionerId === column.practitioner.id);

/** The holiday that closes a column, if one does. */
export const holidayOf = (column: Column, days: readonly OpeningHoursOfDay[]): string | null => dayOf(column, days)?.holiday ?? null;

/** When a column is closed, in wall-clock minutes; nothing while nobody has said the hours, but for holidays. */
export function closedIn(column: Column, days: readonly OpeningHoursOfDay[], zone: string): { from: number; until: number }[] {
  const day = dayOf(column, days);
  if (!day || (day.assumed && !day.holiday)) return [];
  const closed: { from: number; until: number }[] = [];
  let from = 0;
  for (const open of day.open) {
    const start = minuteOf(open.start, zone);
    if (start > from) closed.push({ from, until: start });
    from = dateOf(open.end, zone) === column.date ? minuteOf(open.end, zone) : 24 * 60;
  }
  if (from < 24 * 60) closed.push({ from, until: 24 * 60 });
  return closed;
}

/** Whether the visit would stand on another one of that column. */
export function isTaken(
  visits: readonly Appointment[],
  moved: Appointment,
  target: { column: string; minute: number },
  zone: string,
): boolean {
  const own = spanOf(moved, zone);
  const there = visits.filter((visit) => stands(visit) && columnOf(visit, zone) === target.column).map((visit) => spanOf(visit, zone));
  return collides(there, { id: moved.id, start: target.minute, end: target.minute + own.end - own.start });
}
