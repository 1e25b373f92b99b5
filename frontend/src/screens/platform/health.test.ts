import { expect, test } from 'vitest';
import { countOf, outboxMood } from './health';

const at = '2026-11-24T13:42:00Z';

test('messages that leave within two minutes of their time are no reason to worry', () => {
  expect(outboxMood({ at, outbox: { depth: 0, oldestDueAt: null } })).toBe('clear');
  expect(outboxMood({ at, outbox: { depth: 9, oldestDueAt: '2026-11-24T13:41:00Z' } })).toBe('moving');
  expect(outboxMood({ at, outbox: { depth: 1, oldestDueAt: '2026-11-24T13:30:00Z' } })).toBe('late');
});

test('a state nothing came into counts as none', () => {
  const messages = [
    { state: 'delivered' as const, count: 40 },
    { state: 'read' as const, count: 2 },
  ];
  expect(countOf({ messages }, 'delivered', 'read')).toBe(42);
  expect(countOf({ messages }, 'failed')).toBe(0);
});
