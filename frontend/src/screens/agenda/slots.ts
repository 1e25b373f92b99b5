import type { Slot } from '../../api/types';
import { dateOf, minuteOf } from '../../time/clinicTime';

export type PartOfDay = 'any' | 'morning' | 'afternoon';

const NOON = 13 * 60;
/** Of one day no more are shown at first sight: a list that nobody reads helps nobody. */
const A_DAY = 6;
/** A rest of this many minutes still takes a visit; a smaller one is lost. */
const LOOSE = 45;

export const within = (slots: readonly Slot[], part: PartOfDay, zone: string): Slot[] =>
  part === 'any' ? [...slots] : slots.filter((slot) => minuteOf(slot.start, zone) < NOON === (part === 'morning'));

const lost = (minutes: number): number => (minutes < LOOSE ? minutes : 0);
/** Minutes that the visit would leave too short for another one. */
export const looseMinutes = (slot: Slot): number => lost(slot.gapBeforeMinutes) + lost(slot.gapAfterMinutes);

/** What to say of how well it fits: the key of a text and its values. */
export function fitOf(slot: Slot): [string, { count: number }?] {
  const loose = looseMinutes(slot);
  if (loose > 0) return ['find.leaves', { count: loose }];
  if (slot.gapBeforeMinutes === 0 && slot.gapAfterMinutes === 0) return ['find.exact'];
  return ['find.clean'];
}

/** Days in order; of each the slots that fit best, again in order of time. */
export function byDay(slots: readonly Slot[], zone: string): { date: string; slots: Slot[]; shown: Slot[] }[] {
  const days = new Map<string, Slot[]>();
  for (const slot of slots) {
    const date = dateOf(slot.start, zone);
    days.set(date, [...(days.get(date) ?? []), slot]);
  }
  return [...days].map(([date, all]) => ({
    date,
    slots: all,
    shown: [...all]
      .sort((a, b) => looseMinutes(a) - looseMinutes(b) || a.start.localeCompare(b.start))
      .slice(0, A_DAY)
      .sort((a, b) => a.start.localeCompare(b.start)),
  }));
}
