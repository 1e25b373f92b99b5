import { expect, test } from 'vitest';
import { alike, layOn } from './draft';

const seen = { familyName: 'Benítez', phone: '351', notes: '' };

test('what a colleague saved stays, except where the person wrote something else', () => {
  const mine = { ...seen, notes: 'Prefiere la mañana' };
  const theirs = { familyName: 'Benítez de Soria', phone: '351', notes: 'Alérgica' };
  expect(layOn(mine, seen, theirs)).toEqual({ familyName: 'Benítez de Soria', phone: '351', notes: 'Prefiere la mañana' });
});

test('a person who changed nothing has no version of their own', () => {
  expect(layOn(seen, seen, { ...seen, notes: 'x' })).toEqual({ ...seen, notes: 'x' });
  expect([alike(seen, { ...seen }), alike(seen, { ...seen, notes: 'x' })]).toEqual([true, false]);
});
