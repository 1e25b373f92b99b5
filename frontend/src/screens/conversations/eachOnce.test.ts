import { expect, test } from 'vitest';
import { eachOnce } from './eachOnce';

const one = (id: string, version: number) => ({ id, version });
const ids = (lists: { id: string }[][]) => lists.map((list) => list.map(({ id }) => id).join(' '));

test('what moves from one list to another stands where its newest version is, whichever list is answered first', () => {
  const waits = [one('ana', 3), one('eva', 1)];
  expect(
    ids(
      eachOnce([
        { items: waits, at: 1 },
        { items: [one('ana', 4)], at: 2 },
      ]),
    ),
  ).toEqual(['eva', 'ana']);
  expect(
    ids(
      eachOnce([
        { items: [one('ana', 5)], at: 3 },
        { items: [one('ana', 4)], at: 2 },
      ]),
    ),
  ).toEqual(['ana', '']);
});

test('of the same version it stands where the list was read last, and never twice', () => {
  expect(
    ids(
      eachOnce([
        { items: [one('ana', 3)], at: 1 },
        { items: [one('ana', 3)], at: 2 },
      ]),
    ),
  ).toEqual(['', 'ana']);
  expect(ids(eachOnce([{ items: [one('ana', 3), one('eva', 1), one('ana', 3)], at: 1 }]))).toEqual(['ana eva']);
});
