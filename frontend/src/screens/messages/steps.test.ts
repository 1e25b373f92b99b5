import { expect, test } from 'vitest';
import { humanSteps, inOrder, momentOf } from './steps';

const steps = (...states: string[]) => states.map((state) => ({ state }));
const states = (list: { state: string | null }[]) => list.map((one) => one.state);

test('five steps tell a message’s life; what machines tell each other is shown only while it is the last thing known', () => {
  expect(states(humanSteps(steps('planned', 'queued', 'handed', 'accepted', 'sent', 'delivered', 'read')))).toEqual([
    'planned',
    'sent',
    'delivered',
    'read',
  ]);
  expect(states(humanSteps(steps('planned', 'queued', 'handed')))).toEqual(['planned', 'handed']);
});

test('what has not left shows when it leaves, anything else when it happened', () => {
  const times = { dueAt: '2026-11-25T12:00:00Z', updatedAt: '2026-11-24T12:00:00Z' };
  expect(momentOf({ ...times, state: 'planned' })).toBe(times.dueAt);
  expect(momentOf({ ...times, state: 'delivered' })).toBe(times.updatedAt);
});

test('an answer of the same second stands after the message it answers', () => {
  const at = (second: string) => `2026-11-24T12:00:0${second}Z`;
  const list = [
    { at: at('1'), kind: 'answer', state: 'accepted' },
    { at: at('1'), kind: 'message', state: 'sent' },
    { at: at('0'), kind: 'appointment-booked', state: null },
    { at: '2026-11-24T12:00:01.250Z', kind: 'appointment-accepted', state: null },
  ];
  expect(inOrder(list).map((one) => one.kind)).toEqual(['appointment-booked', 'message', 'answer', 'appointment-accepted']);
});
