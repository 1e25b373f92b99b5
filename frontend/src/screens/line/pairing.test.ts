import { expect, test } from 'vitest';
import { groupsOf, lifeOf, lives } from './pairing';

const now = Date.parse('2026-11-24T13:42:00Z');

test('a code lasts until the moment the server says', () => {
  expect(lifeOf({ value: 'a', expiresAt: '2026-11-24T13:42:38Z' }, now, lives.qr)).toBe(38);
});

test('a computer whose clock is wrong still shows the code, for the shortest time codes live', () => {
  expect(lifeOf({ value: 'a', expiresAt: '2026-11-24T13:35:00Z' }, now, lives.qr)).toBe(20);
  expect(lifeOf({ value: 'a', expiresAt: '2026-11-24T14:42:00Z' }, now, lives.qr)).toBe(20);
});

test('a code to type lives longer, and is believed to', () => {
  expect(lifeOf({ value: 'a', expiresAt: '2026-11-24T13:44:40Z' }, now, lives.typed)).toBe(160);
  expect(lifeOf({ value: 'a', expiresAt: '2026-11-24T14:42:00Z' }, now, lives.typed)).toBe(60);
});

test('a code to type stands in groups of four', () => {
  expect(groupsOf('K7MR4TWP')).toEqual(['K7MR', '4TWP']);
});
