import { Temporal } from './temporal';

/** Wall-clock arithmetic in a clinic's zone. Instants and dates cross this border as ISO strings. */
export type IsoDate = string;

export const toZoned = (instant: string, zone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone);

export const dateOf = (instant: string, zone: string): IsoDate => toZoned(instant, zone).toPlainDate().toString();

/** `HH:MM` in the clinic's zone. */
export const timeOf = (instant: string, zone: string): string => toZoned(instant, zone).toPlainTime().toString().slice(0, 5);

/** Minutes on the wall clock since midnight of the instant's own day. */
export function minuteOf(instant: string, zone: string): number {
  const at = toZoned(instant, zone);
  return at.hour * 60 + at.minute;
}

export const instantNow = (): string => Temporal.Instant.fromEpochMilliseconds(Date.now()).toString();
export const todayIn = (zone: string): IsoDate => dateOf(instantNow(), zone);

export const addDays = (date: IsoDate, days: number): IsoDate => Temporal.PlainDate.from(date).add({ days }).toString();
export const isDate = (text: unknown): text is IsoDate => {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
};

export const mondayOf = (date: IsoDate): IsoDate => {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
};
export const firstOfMonth = (date: IsoDate): IsoDate => `${date.slice(0, 7)}-01`;
export const addMonths = (date: IsoDate, months: number): IsoDate => Temporal.PlainDate.from(date).add({ months }).toString();
export const weekdayOf = (date: IsoDate): number => Temporal.PlainDate.from(date).dayOfWeek;

export const hhmm = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(Math.round(minute % 60)).padStart(2, '0')}`;
export const minuteOfTime = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** A wall-clock time as the instant it names; `skipped` and `repeated` tell what the clock change did to it. */
export type Resolved =
  | { kind: 'exact'; instant: string }
  | { kind: 'skipped'; before: string; after: string }
  | { kind: 'repeated'; earlier: string; later: string };

/** Reads a date and a time on the clinic's wall. A skipped time names the last minute before the gap and the first after it. */
export function resolve(date: IsoDate, time: string, zone: string): Resolved {
  const wall = Temporal.PlainDateTime.from(`${date}T${time}`);
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) {
    return { kind: 'exact', instant: earlier.toInstant().toString() };
  }
  const transition = Temporal.ZonedDateTime.from(earlier).getTimeZoneTransition('next');
  if (earlier.toPlainDateTime().equals(wall)) {
    return { kind: 'repeated', earlier: earlier.toInstant().toString(), later: later.toInstant().toString() };
  }
  const gap = transition && transition.epochMilliseconds <= later.epochMilliseconds ? transition : later;
  const end = gap.toPlainTime().toString().slice(0, 5);
  const shift = Math.round((later.offsetNanoseconds - earlier.offsetNanoseconds) / 60e9);
  const start = gap.toPlainDateTime().subtract({ minutes: shift }).toPlainTime().toString().slice(0, 5);
  return { kind: 'skipped', before: start, after: end };
}

/** The instant a drag or key press means: skipped times move to the first time that exists, repeated ones mean the first pass. */
export function instantAt(date: IsoDate, minute: number, zone: string): string {
  const wall = Temporal.PlainDate.from(date).toPlainDateTime({ hour: Math.floor(minute / 60), minute: Math.round(minute % 60) });
  return wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant().toString();
}

export const addMinutes = (instant: string, minutes: number): string => Temporal.Instant.from(instant).add({ minutes }).toString();
export const minutesBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 60_000);

/** `GMT−3`, as the clinic's clock stands at that instant. */
export function offsetLabel(instant: string, zone: string): string {
  const minutes = toZoned(instant, zone).offsetNanoseconds / 60e9;
  const size = Math.abs(minutes);
  const hours = Math.floor(size / 60);
  const rest = size % 60;
  return `GMT${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/** Zone names carry no accents; their people do. */
const spelled: Record<string, string> = {
  Asuncion: 'Asunción',
  Bogota: 'Bogotá',
  Cordoba: 'Córdoba',
  Mexico_City: 'Ciudad de México',
  Sao_Paulo: 'São Paulo',
  Tucuman: 'Tucumán',
};

/** The zone's city: `America/Argentina/Buenos_Aires` is Buenos Aires. */
export function cityOf(zone: string): string {
  const last = zone.split('/').at(-1) ?? zone;
  return spelled[last] ?? last.replaceAll('_', ' ');
}

/** What the clocks do on a date, or null on an ordinary day. */
export function clockChange(date: IsoDate, zone: string): { from: string; to: string; direction: 'forward' | 'back' } | null {
  const midnight = Temporal.PlainDate.from(date).toZonedDateTime(zone);
  const transition = midnight.subtract({ nanoseconds: 1 }).getTimeZoneTransition('next');
  if (!transition || transition.toPlainDate().toString() !== date) return null;
  const before = transition.subtract({ nanoseconds: 1 });
  const shift = (transition.offsetNanoseconds - before.offsetNanoseconds) / 60e9;
  const to = transition.toPlainTime().toString().slice(0, 5);
  const from = transition.toPlainDateTime().subtract({ minutes: shift }).toPlainTime().toString().slice(0, 5);
  return { from, to, direction: shift > 0 ? 'forward' : 'back' };
}
