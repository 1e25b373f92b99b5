import { expect, test } from 'vitest';
import { asRead } from './history';

const pairing = { state: 'pairing', cause: 'none' } as const;
const linked = { state: 'linked', cause: 'none' } as const;
const restart = { state: 'reconnecting', cause: 'server-restart' } as const;

test('the new connection that every pairing takes is no trouble', () => {
  expect(asRead(restart, pairing)).toEqual({ state: 'starting', cause: 'none' });
});

test('a connection that was lost is said as such', () => {
  expect(asRead(restart, linked)).toEqual(restart);
  expect(asRead(restart, undefined)).toEqual(restart);
  const lost = { state: 'reconnecting', cause: 'network' } as const;
  expect(asRead(lost, pairing)).toEqual(lost);
});
