import { expect, test } from 'vitest';
import type { Slot } from '../../api/types';
import { byDay, fitOf, within } from './slots';

const zone = 'America/Argentina/Cordoba';
const slot = (start: string, gapBeforeMinutes: number, gapAfterMinutes: number): Slot => ({
  practitionerId: 'ana',
  locationId: 'centro',
  roomId: null,
  start,
  end: start,
  gapBeforeMinutes,
  gapAfterMinutes,
  capacity: 1,
  placesLeft: 1,
});

test('of a day those that leave no loose minutes come first, told in the order of the day', () => {
  const morning = [0, 15, 30, 45, 60, 75, 90].map((minutes) =>
    slot(new Date(Date.UTC(2026, 10, 25, 12, minutes)).toISOString(), minutes, 90 - minutes),
  );
  const [day] = byDay(morning, zone);
  expect(day?.slots).toHaveLength(7);
  expect(day?.shown).toHaveLength(6);
  expect(day?.shown.map((one) => one.gapBeforeMinutes)).toEqual([0, 15, 30, 45, 75, 90]);
});

test('how well a slot fits is said in words', () => {
  expect(fitOf(slot('', 0, 0))[0]).toBe('find.exact');
  expect(fitOf(slot('', 0, 240))[0]).toBe('find.clean');
  expect(fitOf(slot('', 10, 20))).toEqual(['find.leaves', { count: 30 }]);
});

test('morning ends at one', () => {
  const all = [slot('2026-11-25T15:45:00Z', 0, 0), slot('2026-11-25T16:00:00Z', 0, 0)];
  expect(within(all, 'morning', zone)).toHaveLength(1);
  expect(within(all, 'afternoon', zone)).toHaveLength(1);
});
