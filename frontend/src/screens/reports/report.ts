import type { AttendanceReport, OccupancyOfPractitioner, VisitOutcomes } from '../../api/types';
import { addDays, type IsoDate, mondayOf } from '../../time/clinicTime';

export const periods = [4, 13, 52] as const;
export type Weeks = (typeof periods)[number];

/** Whole weeks up to this one, of which the days until today count. `to` is the day after the last, as the API asks for it. */
export function periodOf(weeks: Weeks, today: IsoDate): { from: IsoDate; to: IsoDate } {
  return { from: addDays(mondayOf(today), -7 * (weeks - 1)), to: addDays(today, 1) };
}

export const visitsIn = (outcomes: VisitOutcomes): number => outcomes.attended + outcomes.missed + outcomes.cancelled + outcomes.unrecorded;

/** Visits of which somebody has said whether the patient came: those that a share is out of. */
export const decided = (outcomes: VisitOutcomes): number => outcomes.attended + outcomes.missed;

/** A share between 0 and 1 as the language writes it: 7,1 %. Whole numbers where a decimal would only pretend. */
export const percent = (share: number, language: string, digits = 1): string =>
  new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share);

/** How full an hour of the week was, in per cent; null when it was not open. More than full is full. */
export function fullness(of: OccupancyOfPractitioner, dayOfWeek: number, hour: number): number | null {
  const cell = of.hours.find((one) => one.dayOfWeek === dayOfWeek && one.hour === hour);
  if (!cell || cell.openMinutes === 0) return null;
  return Math.min(100, Math.round((cell.busyMinutes / cell.openMinutes) * 100));
}

/** The days and hours of the week in which any of them was open. */
export function openSpan(items: readonly OccupancyOfPractitioner[]): { days: number[]; hours: number[] } {
  const open = items.flatMap((one) => one.hours).filter((cell) => cell.openMinutes > 0);
  const several = (values: number[]) => [...new Set(values)].sort((a, b) => a - b);
  return { days: several(open.map((cell) => cell.dayOfWeek)), hours: several(open.map((cell) => cell.hour)) };
}

/** A field that no spreadsheet takes for a formula, quoted where needed. */
function field(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",;\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The figures as a file for spreadsheets: one table, a row for each week, practitioner, service and insurance. */
export function csvOf(
  report: AttendanceReport,
  words: { head: readonly string[]; week: string; practitioner: string; service: string; insurance: string; privately: string },
): string {
  const row = (kind: string, name: string, outcomes: VisitOutcomes) => [
    kind,
    name,
    outcomes.attended,
    outcomes.missed,
    outcomes.cancelled,
    outcomes.unrecorded,
    outcomes.missedShare ? String(outcomes.missedShare.value) : '',
  ];
  const rows = [
    [...words.head],
    ...report.weeks.map((one) => row(words.week, one.week, one.outcomes)),
    ...report.practitioners.map((one) => row(words.practitioner, one.name, one.outcomes)),
    ...report.services.map((one) => row(words.service, one.name, one.outcomes)),
    ...report.insurances.map((one) => row(words.insurance, one.name ?? words.privately, one.outcomes)),
  ];
  return rows.map((one) => one.map(field).join(',')).join('\r\n');
}
