/** Ids and moments of made-up records. */
let serial = 0;
export function newId(): string {
  serial += 1;
  return `0197a100-0000-7000-8000-${String(serial).padStart(12, '0')}`;
}
export const at = (date: string, time: string) => new Date(`${date}T${time}:00-03:00`).toISOString().replace('.000', '');
export const plus = (instant: string, minutes: number) =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString().replace('.000', '');
