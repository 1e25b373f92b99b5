import { expect, test } from 'vitest';
import type { Appointment, HoursPart, Schedule, ScheduleException, ScheduleInput } from '../../../api/types';
import { assumedWeek, faultsOf, hoursOf, inForce, isSound, nextPart, outsideOf, partsOn, planned, weekOf } from './week';

const schedule = (practitionerId: string | null, validFrom: string): Schedule => ({
  id: `${practitionerId} ${validFrom}`,
  practitionerId,
  validFrom,
  hours: [],
  version: 0,
});

test('a week is read and written back as it was', () => {
  const hours: ScheduleInput['hours'] = [
    { day: 'mon', from: '08:30', until: '13:00' },
    { day: 'mon', from: '14:30', until: '18:00' },
    { day: 'sat', from: '09:00', until: '24:00' },
  ];
  expect(hoursOf(weekOf(hours))).toEqual(hours);
});

test('the latest week that has begun counts, each owner for themselves', () => {
  const all = [schedule(null, '2026-01-01'), schedule('ana', '2026-03-01'), schedule(null, '2026-06-01'), schedule(null, '2027-01-01')];
  expect(inForce(all, null, '2026-07-01')?.validFrom).toBe('2026-06-01');
  expect(inForce(all, 'ana', '2026-02-01')).toBeNull();
  expect(planned(all, null, '2026-07-01')?.validFrom).toBe('2027-01-01');
});

test('hours that end before they begin or overlap are named, hours that touch are not', () => {
  expect(
    faultsOf([
      { from: '09:00', until: '13:00' },
      { from: '13:00', until: '12:00' },
      { from: '13:00', until: '24:00' },
      { from: '12:59', until: '14:00' },
      { from: '', until: '14:00' },
    ]),
  ).toEqual([null, 'not-after-start', null, 'overlaps', 'incomplete']);
  expect(isSound(assumedWeek())).toBe(true);
});

test('another part of a day begins an hour after the last one', () => {
  expect(nextPart([])).toEqual({ from: '09:00', until: '18:00' });
  expect(nextPart([{ from: '08:30', until: '13:00' }])).toEqual({ from: '14:00', until: '18:00' });
  expect(nextPart([{ from: '08:30', until: '24:00' }])).toEqual({ from: '23:00', until: '24:00' });
});

test('a visit is outside when any of it is', () => {
  const visit = (start: string, end: string) => ({ start, end }) as Appointment;
  const week = (date: string) => partsOn(date, weekOf([{ day: 'wed', from: '09:00', until: '10:00' }]), [], null, new Set());
  const zone = 'America/Argentina/Cordoba';
  expect(outsideOf([visit('2026-11-25T12:30:00Z', '2026-11-25T13:00:00Z')], week, zone)).toHaveLength(0);
  expect(outsideOf([visit('2026-11-25T12:45:00Z', '2026-11-25T13:15:00Z')], week, zone)).toHaveLength(1);
  expect(outsideOf([visit('2026-11-26T12:30:00Z', '2026-11-26T13:00:00Z')], week, zone)).toHaveLength(1);
});

test('days that differ come before the week, the clinic’s leave what both have, and on a holiday only that day’s own counts', () => {
  const week = weekOf([
    { day: 'tue', from: '08:30', until: '13:00' },
    { day: 'tue', from: '14:30', until: '18:00' },
  ]);
  const exception = (practitionerId: string | null, hours: HoursPart[]): ScheduleException => ({
    id: '',
    practitionerId,
    firstDay: '2026-12-08',
    lastDay: '2026-12-08',
    hours: hours.map((part) => ({ locationId: null, ...part })),
    reason: null,
    version: 0,
  });
  const half = [{ from: '10:00', until: '15:00' }];
  const none = new Set<string>();
  expect(partsOn('2026-12-08', week, [exception(null, half)], 'ana', none)).toMatchObject([
    { from: '10:00', until: '13:00' },
    { from: '14:30', until: '15:00' },
  ]);
  expect(partsOn('2026-12-08', week, [exception(null, []), exception('ana', half)], 'ana', none)).toMatchObject(half);
  expect(partsOn('2026-12-15', week, [exception(null, [])], 'ana', none)).toHaveLength(2);
  const holidays = new Set(['2026-12-08']);
  expect(partsOn('2026-12-08', week, [], 'ana', holidays)).toEqual([]);
  expect(partsOn('2026-12-08', week, [{ ...exception('ana', half), firstDay: '2026-12-01' }], 'ana', holidays)).toEqual([]);
  expect(partsOn('2026-12-08', week, [exception('ana', half)], 'ana', holidays)).toMatchObject(half);
  expect(partsOn('2026-12-15', week, [], 'ana', holidays)).toHaveLength(2);
});
