import { collides, type Span } from '../../agenda/layout';
import type { Appointment, OpeningHoursOfDay, Practitioner, Room, SlotHold } from '../../api/types';
import { dateOf, minuteOf, minutesBetween } from '../../time/clinicTime';
import { visitState } from '../../ui/Status';

/** One strip of the grid: a practitioner or a room on a date. */
export interface Column {
  key: string;
  date: string;
  /** Null of a column of a room. */
  practitioner: Practitioner | null;
  /** Null of a column of a practitioner, and of the one of visits without a room. */
  room: Room | null;
  name: string;
  under: string | null;
  hue: number | null;
}

/** What the columns of a day are. */
export type By = 'practitioner' | 'room';

export const columnKey = (date: string, actorId: string | undefined) => `${date} ${actorId ?? ''}`;
export const columnOf = (visit: Appointment, zone: string, by: By) =>
  columnKey(dateOf(visit.start, zone), by === 'room' ? visit.room?.id : visit.practitioner.id);

export const columnOfPractitioner = (date: string, practitioner: Practitioner): Column => ({
  key: columnKey(date, practitioner.id),
  date,
  practitioner,
  room: null,
  name: practitioner.displayName,
  under: practitioner.specialties.join(', ') || null,
  hue: practitioner.colour ?? null,
});

/** Rooms that are used, those that visits still have, and what has none where there is such a visit. */
export function columnsOfRooms(date: string, rooms: readonly Room[], visits: readonly Appointment[], without: string): Column[] {
  const used = new Set(visits.map((visit) => visit.room?.id));
  const column = (room: Room | null): Column => ({
    key: columnKey(date, room?.id),
    date,
    practitioner: null,
    room,
    name: room?.name ?? without,
    under: null,
    hue: room?.colour ?? null,
  });
  return [...rooms.filter((room) => room.active || used.has(room.id)).map(column), ...(used.has(undefined) ? [column(null)] : [])];
}

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

/** What others keep in a column, in wall-clock minutes; one's own form lies over the grid. */
export function heldIn(column: Column, holds: readonly SlotHold[], now: string, zone: string, by: By) {
  return holds
    .filter((hold) => !hold.own && Date.parse(hold.expiresAt) > Date.parse(now) && dateOf(hold.start, zone) === column.date)
    .filter((hold) => (by === 'room' ? hold.roomId && hold.roomId === column.room?.id : hold.practitionerId === column.practitioner?.id))
    .map((hold) => {
      const start = minuteOf(hold.start, zone);
      return { hold, start, end: Math.min(24 * 60, start + minutesBetween(hold.start, hold.end)) };
    });
}

/** What services keep free before and after their visits, in minutes. */
export type Buffers = ReadonlyMap<string, { before: number; after: number }>;

/** What is kept free around visits of a column, in wall-clock minutes: before each and after it, where its service asks for any. */
export function buffersOf(visits: readonly Appointment[], buffers: Buffers, zone: string): { key: string; start: number; end: number }[] {
  return visits
    .filter((visit) => !visit.overbooked)
    .flatMap((visit) => {
      const kept = buffers.get(visit.healthcareService.id);
      const { start, end } = spanOf(visit, zone);
      return [
        { key: `${visit.id} before`, start: Math.max(0, start - (kept?.before ?? 0)), end: start },
        { key: `${visit.id} after`, start: end, end: Math.min(24 * 60, end + (kept?.after ?? 0)) },
      ];
    })
    .filter((part) => part.end > part.start);
}

const dayOf = (column: Column, days: readonly OpeningHoursOfDay[]) =>
  days.find((one) => one.date === column.date && one.practitionerId === column.practitioner?.id);

/** The holiday that closes a column, if one does. */
export const holidayOf = (column: Column, days: readonly OpeningHoursOfDay[]): string | null => dayOf(column, days)?.holiday ?? null;

/** What stands in the grid as one: a visit, or all visits of a group. */
export function standingTogether(visits: readonly Appointment[]): Appointment[][] {
  const together = new Map<string, Appointment[]>();
  for (const visit of visits) {
    const key = isShared(visit) ? [visit.healthcareService.id, visit.practitioner.id, visit.start, visit.end].join(' ') : visit.id;
    together.set(key, [...(together.get(key) ?? []), visit]);
  }
  return [...together.values()];
}

/** Whether others may share its time. */
export const isShared = (visit: Appointment): boolean => visit.capacity !== null && !visit.overbooked;

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

/** Whether it is of the same kind of group; whether there is a place the server knows. */
const mayJoin = (moved: Appointment, visit: Appointment): boolean =>
  isShared(moved) && isShared(visit) && moved.healthcareService.id === visit.healthcareService.id;

/** Whether the visit would stand on another one of that column. */
export function isTaken(
  visits: readonly Appointment[],
  moved: Appointment,
  target: { column: string; minute: number; minutes: number },
  zone: string,
  by: By,
): boolean {
  const there = visits
    .filter((visit) => stands(visit) && !visit.overbooked && columnOf(visit, zone, by) === target.column)
    .filter((visit) => !mayJoin(moved, visit) || minuteOf(visit.start, zone) !== target.minute)
    .map((visit) => spanOf(visit, zone));
  return collides(there, { id: moved.id, start: target.minute, end: target.minute + target.minutes });
}
