import { expect, test } from 'vitest';
import { partsOf, partText, windowsOf } from './windows';

const morning = { from: '08:00', until: '13:00' };

test('days with the same hours are one part, in the order of the week', () => {
  const parts = partsOf([
    { day: 'wed', ...morning },
    { day: 'mon', ...morning },
    { day: 'sat', from: '00:00', until: '24:00' },
  ]);
  expect(parts).toEqual([
    { days: ['mon', 'wed'], ...morning },
    { days: ['sat'], from: '', until: '' },
  ]);
  expect(windowsOf(parts)).toEqual([
    { day: 'mon', ...morning },
    { day: 'wed', ...morning },
    { day: 'sat', from: '00:00', until: '24:00' },
  ]);
});

test('hours without a day are meant every day, and a part that says nothing is none', () => {
  expect(windowsOf([{ days: [], from: '14:00', until: '' }])).toHaveLength(7);
  expect(windowsOf([{ days: [], from: '', until: '' }])).toEqual([]);
});

test('a run of days is said by its ends', () => {
  expect(partText({ days: ['mon', 'tue', 'wed', 'fri'], ...morning }, 'es')).toBe('Lun–Mié, Vie 08:00–13:00');
  expect(partText({ days: ['mon', 'tue'], from: '', until: '' }, 'en')).toBe('Mon, Tue');
});
