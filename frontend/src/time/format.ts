import { dateOf, type IsoDate, timeOf, todayIn } from './clinicTime';
import { Temporal } from './temporal';

/** Dates in words. `Intl` formats a plain date by reading it at noon UTC, so no browser zone can shift it. */
const noon = (date: IsoDate) => new Date(`${date}T12:00:00Z`);
const cache = new Map<string, Intl.DateTimeFormat>();
function formatter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let found = cache.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options });
    cache.set(key, found);
  }
  return found;
}
const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
const plain = (text: string) => text.replaceAll('.', '').replaceAll(',', '');

/** `Martes 24 de noviembre` */
export function longDate(date: IsoDate, language: string): string {
  const options: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };
  return capital(
    formatter(language, options)
      .format(noon(date))
      .replace(', ', language === 'es' ? ' ' : ', '),
  );
}

/** `Mar 24 nov` */
export const shortDate = (date: IsoDate, language: string): string => capital(shortDateWithin(date, language));

/** `mar 24 nov`, within a sentence; `Tue Nov 24` where a language writes days so. */
export const shortDateWithin = (date: IsoDate, language: string): string =>
  plain(formatter(language, { weekday: 'short', day: 'numeric', month: 'short' }).format(noon(date))).replaceAll(' de ', ' ');

/** `24 nov 2026` */
export const dayMonthYear = (date: IsoDate, language: string): string =>
  plain(formatter(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(noon(date))).replaceAll(' de ', ' ');

/** `24 nov` */
export const dayMonth = (date: IsoDate, language: string): string =>
  plain(formatter(language, { day: 'numeric', month: 'short' }).format(noon(date))).replaceAll(' de ', ' ');

/** `23–29 de noviembre` */
export const dateSpan = (from: IsoDate, to: IsoDate, language: string): string =>
  capital(formatter(language, { day: 'numeric', month: 'long' }).formatRange(noon(from), noon(to)));

/** `Noviembre de 2026` */
export const monthName = (date: IsoDate, language: string): string =>
  capital(formatter(language, { month: 'long', year: 'numeric' }).format(noon(date)));

export const weekdayShort = (date: IsoDate, language: string): string =>
  capital(plain(formatter(language, { weekday: 'short' }).format(noon(date))));

/** `lunes`; 1 is Monday (ISO 8601). */
export const weekdayLong = (isoDay: number, language: string): string =>
  plain(formatter(language, { weekday: 'long' }).format(noon(`2024-01-0${isoDay}`)));

/** `10:42` today, `lun 10:42` within a week, `24 nov, 10:42` beyond. */
export function moment(instant: string, zone: string, language: string): string {
  const date = dateOf(instant, zone);
  const today = todayIn(zone);
  if (date === today) return timeOf(instant, zone);
  const days = Math.abs(Temporal.PlainDate.from(today).until(date, { largestUnit: 'days' }).days);
  if (days < 7) return `${plain(formatter(language, { weekday: 'short' }).format(noon(date)))} ${timeOf(instant, zone)}`;
  return `${plain(formatter(language, { day: 'numeric', month: 'short' }).format(noon(date))).replaceAll(' de ', ' ')}, ${timeOf(instant, zone)}`;
}

/** `hace 8 min`, `en 36 min`; hours from an hour on, days from 36 hours on. */
export function relative(instant: string, now: string, language: string): string {
  const minutes = Math.round((Date.parse(instant) - Date.parse(now)) / 60_000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute');
  if (Math.abs(minutes) < 36 * 60) return format.format(Math.round(minutes / 60), 'hour');
  return format.format(Math.round(minutes / 1440), 'day');
}

/** Completed years on a date. */
export function ageOn(birthDate: IsoDate, today: IsoDate): number {
  return Temporal.PlainDate.from(birthDate).until(Temporal.PlainDate.from(today), { largestUnit: 'years' }).years;
}
