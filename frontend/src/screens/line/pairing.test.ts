import { expect, test } from 'vitest';
import { lifeOf } from './pairing';

const now = Date.parse('2026-11-24T13:42:00Z');

test('a code lasts until the moment the server says', () => {
  expect(lifeOf({ value: 'a', expiresAt: '2026-11-24T13:42:38Z' }, now)).toBe(38);
});

test('a computer whose clock is wrong still shows the code, for the shortest time codes live', () => {
  expect(lifeOf({ value: 'a', expiresAt: '2026-11-24T13:35:00Z' }, now)).toBe(20);
  expect(lifeOf({ value: 'a', expiresAt: '2026-11-24T14:42:00Z' }, now)).toBe(20);
});
