import type { Language } from './texts';

const DAY_MS = 86_400_000;

/** How people of the page's language write times; days and hours are always the clinic's own. */
export function formats(language: Language, timeZone: string) {
  const locale = language === 'es' ? 'es-419' : language;
  const of = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (instant: string) => format.format(new Date(instant));
  };
  const capital = (text: string) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
  const long = of({ weekday: 'long', day: 'numeric', month: 'long' });
  const weekday = of({ weekday: 'short' });
  return {
    time: of({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    hour: (instant: string) => Number(of({ hour: '2-digit', hourCycle: 'h23' })(instant)),
    day: long,
    dayCapital: (instant: string) => capital(long(instant)),
    weekday: (instant: string) => capital(weekday(instant).replace('.', '')),
    shortDay: of({ day: 'numeric', month: 'short' }),
    /** YYYY-MM-DD of the clinic's day. */
    date: (instant: string | Date) =>
      new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(instant)),
    /** An amount in the currency's smallest unit. */
    money: (minor: number, currency: string) => {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
      return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    },
    zone: () => {
      const offset = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'shortOffset' })
        .formatToParts(new Date())
        .find((part) => part.type === 'timeZoneName')?.value;
      return `${(timeZone.split('/').pop() ?? timeZone).replaceAll('_', ' ')} (${offset ?? ''})`;
    },
  };
}

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

const stamp = (instant: string) => new Date(instant).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
const plain = (text: string) => text.replace(/[\\;,]/g, (mark) => `\\${mark}`).replace(/\r?\n/g, '\\n');

/** Lines of iCalendar end at 75 bytes and go on after a blank (RFC 5545, 3.1). */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const letter of line) {
    const bytes = new TextEncoder().encode(letter).length;
    if (size + bytes > 74) {
      parts.push(part);
      part = '';
      size = 0;
    }
    part += letter;
    size += bytes;
  }
  return [...parts, part].join('\r\n ');
}

export interface CalendarEntry {
  start: string;
  end: string;
  title: string;
  place: string | null;
  /** The visit's link, which is what makes the entry its own. */
  url: string;
  now: Date;
}

/** A visit for the calendar of whoever booked it. */
export function calendarFile({ start, end, title, place, url, now }: CalendarEntry): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Recado//Booking//EN',
    'BEGIN:VEVENT',
    `UID:${stamp(start)}-${stamp(end)}-${new URL(url).hostname}`,
    `DTSTAMP:${stamp(now.toISOString())}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(end)}`,
    `SUMMARY:${plain(title)}`,
    ...(place ? [`LOCATION:${plain(place)}`] : []),
    `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
