import { expect, test } from 'vitest';
import type { Appointment } from '../../api/types';
import { buffersOf, isTaken } from './model';

const zone = 'America/Argentina/Buenos_Aires';

function visit(id: string, start: string, end: string, over: Partial<Appointment> = {}): Appointment {
  return {
    id,
    start: `2026-11-24T${start}:00Z`,
    end: `2026-11-24T${end}:00Z`,
    status: 'booked',
    participation: 'accepted',
    healthcareService: { id: 'care', name: 'Control' },
    practitioner: { id: 'laura', displayName: 'Dra. Gómez' },
    overbooked: false,
    capacity: null,
    ...over,
  } as Appointment;
}

test('what a service keeps free is drawn before and after its visits, and not of those booked over others', () => {
  const buffers = new Map([['care', { before: 5, after: 10 }]]);
  const ten = visit('ten', '13:00', '13:30');
  expect(buffersOf([ten, visit('over', '14:00', '14:30', { overbooked: true })], buffers, zone)).toEqual([
    { key: 'ten before', start: 595, end: 600 },
    { key: 'ten after', start: 630, end: 640 },
  ]);
  expect(buffersOf([ten], new Map(), zone)).toEqual([]);
});

test('a visit that would end later is in the way of the next one, and not of itself', () => {
  const ten = visit('ten', '13:00', '13:30');
  const all = [ten, visit('eleven', '14:00', '14:30')];
  const lasting = (minutes: number) => isTaken(all, ten, { column: '2026-11-24 laura', minute: 600, minutes }, zone, 'practitioner');
  expect(lasting(60)).toBe(false);
  expect(lasting(65)).toBe(true);
});
