import type { WaitlistEntry, Weekday } from '../../api/types';
import { weekdayShort } from '../../time/format';
import { weekdays } from '../settings/hours/week';

type Window = WaitlistEntry['windows'][number];

/** Several days with the same hours, as people say them. Without hours, the whole day. */
export interface Part {
  days: Weekday[];
  from: string;
  until: string;
}

const WHOLE = { from: '00:00', until: '24:00' };

/** Windows of single days, together where their hours are the same; in the order of the week. */
export function partsOf(windows: readonly Window[]): Part[] {
  const byHours = Map.groupBy(windows, (one) => `${one.from} ${one.until}`);
  return [...byHours.values()].map((same) => {
    const [first] = same;
    const whole = first?.from === WHOLE.from && first.until === WHOLE.until;
    return {
      days: weekdays.filter((day) => same.some((one) => one.day === day)),
      from: whole ? '' : (first?.from ?? ''),
      until: whole ? '' : (first?.until ?? ''),
    };
  });
}

/** The same for the server; a part that names no day and no hours says nothing. */
export function windowsOf(parts: readonly Part[]): Window[] {
  return parts
    .filter((part) => part.days.length > 0 || part.from || part.until)
    .flatMap((part) =>
      (part.days.length > 0 ? part.days : weekdays).map((day) => ({
        day,
        from: part.from || WHOLE.from,
        until: part.until || WHOLE.until,
      })),
    );
}

/** For example “Lun, Mié 08:00–13:00”; a run of three days and more is said by its ends. */
export function partText(part: Part, language: string): string {
  const days = part.days.map((day) => weekdays.indexOf(day));
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const name = (day: number) => weekdayShort(`2024-01-0${day + 1}`, language);
  const said = runs.flatMap((run) => (run.length > 2 ? [`${name(run[0] ?? 0)}–${name(run.at(-1) ?? 0)}`] : run.map(name))).join(', ');
  return part.from || part.until ? `${said} ${part.from || WHOLE.from}–${part.until || WHOLE.until}` : said;
}
