import { expect, test } from 'vitest';
import { placesOf, rowsWithin } from './useWindow';

test('only the rows that touch the stretch are drawn, whatever their heights', () => {
  const { tops, total } = placesOf([40, 84, 84, 40, 84]);
  expect(total).toBe(332);
  expect(rowsWithin(tops, total, 0, 100)).toEqual([0, 2]);
  expect(rowsWithin(tops, total, 124, 125)).toEqual([2, 3]);
  expect(rowsWithin(tops, total, 300, 5_000)).toEqual([4, 5]);
  expect(rowsWithin([], 0, 0, 100)).toEqual([0, 0]);
});

test('of ten thousand rows a screenful is drawn', () => {
  const { tops, total } = placesOf(new Array(10_000).fill(84));
  const [first, end] = rowsWithin(tops, total, 420_000, 420_800);
  expect(end - first).toBeLessThan(12);
});
