import { expect, test } from 'vitest';
import type { Appointment } from '../api/types';
import { spanOf } from '../screens/agenda/model';
import { addDays, clockChange, dateOf, hhmm, instantAt, isDate, minuteOf, mondayOf, offsetLabel, resolve, timeOf } from './clinicTime';
import { ageOn, shortDate, shortDateWithin } from './format';
import { readTime } from './readTime';

const SANTIAGO = 'America/Santiago';
const NEW_YORK = 'America/New_York';
const CORDOBA = 'America/Argentina/Cordoba';

test('an instant is read on the wall of the clinic, whatever zone the browser is in', () => {
  expect(timeOf('2026-11-24T13:42:00Z', CORDOBA)).toBe('10:42');
  expect(dateOf('2026-11-25T01:30:00Z', CORDOBA)).toBe('2026-11-24');
  expect(offsetLabel('2026-11-24T13:42:00Z', CORDOBA)).toBe('GMT−3');
  expect(offsetLabel('2026-11-24T13:42:00Z', 'Asia/Kolkata')).toBe('GMT+5:30');
});

test('an ordinary time means one instant', () => {
  expect(resolve('2026-11-24', '10:00', CORDOBA)).toEqual({ kind: 'exact', instant: '2026-11-24T13:00:00Z' });
});

test('a skipped time is named with the gap around it', () => {
  expect(resolve('2026-03-08', '02:30', NEW_YORK)).toEqual({ kind: 'skipped', before: '02:00', after: '03:00' });
  expect(resolve('2026-09-06', '00:15', SANTIAGO)).toEqual({ kind: 'skipped', before: '00:00', after: '01:00' });
});

test('a repeated time means two instants, an hour apart', () => {
  expect(resolve('2026-11-01', '01:30', NEW_YORK)).toEqual({
    kind: 'repeated',
    earlier: '2026-11-01T05:30:00Z',
    later: '2026-11-01T06:30:00Z',
  });
});

test('a drag onto a skipped time lands on the first time that exists', () => {
  expect(timeOf(instantAt('2026-03-08', 150, NEW_YORK), NEW_YORK)).toBe('03:30');
});

test('the day of a clock change says what the clocks do, other days say nothing', () => {
  expect(clockChange('2026-03-08', NEW_YORK)).toEqual({ from: '02:00', to: '03:00', direction: 'forward' });
  expect(clockChange('2026-11-01', NEW_YORK)).toEqual({ from: '02:00', to: '01:00', direction: 'back' });
  expect(clockChange('2026-09-06', SANTIAGO)).toEqual({ from: '00:00', to: '01:00', direction: 'forward' });
  expect(clockChange('2026-11-24', CORDOBA)).toBeNull();
});

test('the same wall-clock time stays put across a clock change', () => {
  const before = instantAt('2026-03-07', 600, NEW_YORK);
  const after = instantAt('2026-03-08', 600, NEW_YORK);
  expect([minuteOf(before, NEW_YORK), minuteOf(after, NEW_YORK)]).toEqual([600, 600]);
  expect(Date.parse(after) - Date.parse(before)).toBe(23 * 3_600_000);
});

test('a visit through the repeated hour is drawn as long as it lasts', () => {
  const visit = { id: 'v', start: '2026-11-01T05:30:00Z', end: '2026-11-01T06:15:00Z' } as Appointment;
  expect(spanOf(visit, NEW_YORK)).toEqual({ id: 'v', start: 90, end: 135 });
});

test('weeks begin on Monday and dates add across months', () => {
  expect(mondayOf('2026-11-29')).toBe('2026-11-23');
  expect(addDays('2026-11-30', 1)).toBe('2026-12-01');
  expect([isDate('2026-02-29'), isDate('2028-02-29'), isDate('mañana')]).toEqual([false, true, false]);
});

test('an age is the number of birthdays that have passed', () => {
  expect([ageOn('1968-05-03', '2026-05-02'), ageOn('1968-05-03', '2026-05-03')]).toEqual([57, 58]);
});

test('a day begins with a capital where it begins a line, and within a sentence as its language writes it', () => {
  expect(shortDate('2026-12-04', 'es')).toBe('Vie 4 dic');
  expect(['es', 'en', 'pt-BR'].map((language) => shortDateWithin('2026-12-04', language))).toEqual(['vie 4 dic', 'Fri Dec 4', 'sex 4 dez']);
});

test('a time is read as fast as it is typed', () => {
  expect(['9', '930', '9:30', '09.30', '1745'].map((typed) => readTime(typed))).toEqual(['09:00', '09:30', '09:30', '09:30', '17:45']);
  expect(['', '25', '9:75', 'ten'].map((typed) => readTime(typed))).toEqual([null, null, null, null]);
  expect(hhmm(545)).toBe('09:05');
});
