/**
 * `9`, `930`, `9:30`, `9.30` and `09:30` as `HH:MM`; null when it is no time of day. `24:00` is one only where the end of the
 * day may be meant.
 */
export function readTime(typed: string, endOfDay = false): string | null {
  const match = /^\s*(\d{1,2})(?:[:.h ]?(\d{2}))?\s*$/.exec(typed);
  if (!match) return null;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (endOfDay && hour === 24 && minute === 0) return '24:00';
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
