import { expect, test } from 'vitest';
import { NOW } from '../../../mock/names.ts';
import { createWorld } from '../../../mock/world.ts';
import { visitState } from '../../ui/Status';
import { figuresOf, isOver, nextPer } from './day';

const world = createWorld('full');
const day = world.appointments.filter((visit) => visit.start.startsWith('2026-11-24')).sort((a, b) => a.start.localeCompare(b.start));

test('the desk sees who is confirmed, who is awaited and who was seen', () => {
  const figures = figuresOf(day, NOW);
  expect(figures).toMatchObject({ total: 36, confirmed: 28, seen: 10, inside: 5, missed: 1 });
  expect(figures.waiting.map((visit) => visit.patient.displayName)).toEqual([
    'Emilia Toranzo',
    'Catalina Vera',
    'Florencia Luna',
    'Renata Ojeda',
    'Lautaro Pereyra',
  ]);
});

test('whoever has arrived comes before whoever is expected', () => {
  const [first] = nextPer(world.practitioners, day, NOW);
  expect(first?.next?.patient.displayName).toBe('Camila Roldán');
  expect(first?.current?.patient.displayName).toBe('Rosa Benítez');
});

test('nobody is awaited before a message has left', () => {
  const booked = { status: 'booked', participation: 'needs-action' } as const;
  const told = (state: 'planned' | 'sent' | 'unknown') => ({ ...booked, messages: { kind: 'reminder' as const, state, at: NOW } });
  expect([{ ...booked, messages: null }, told('planned'), told('sent'), told('unknown')].map(visitState)).toEqual([
    'booked',
    'booked',
    'wait',
    'unknown',
  ]);
});

test('only what needs nothing more folds away', () => {
  const over = day.filter((visit) => isOver(visit, NOW));
  expect(over.every((visit) => ['fulfilled', 'noshow'].includes(visit.status))).toBe(true);
  expect(over).toHaveLength(11);
});
