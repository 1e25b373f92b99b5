import { describe, expect, it } from 'vitest';
import { recurrenceOf } from './useRepeating';

describe('how a visit repeats', () => {
  it('is a rule of RFC 5545', () => {
    expect(recurrenceOf('day', 5, '2026-12-01')).toBe('FREQ=DAILY;COUNT=5');
    expect(recurrenceOf('fortnight', 6, '2026-12-01')).toBe('FREQ=WEEKLY;INTERVAL=2;COUNT=6');
    expect(recurrenceOf('month-day', 3, '2026-12-31')).toBe('FREQ=MONTHLY;COUNT=3');
  });

  it('names the weekday of a month by its number, and the fifth as the last', () => {
    expect(recurrenceOf('month-weekday', 4, '2026-12-01')).toBe('FREQ=MONTHLY;BYDAY=1TU;COUNT=4');
    expect(recurrenceOf('month-weekday', 4, '2026-12-28')).toBe('FREQ=MONTHLY;BYDAY=4MO;COUNT=4');
    expect(recurrenceOf('month-weekday', 4, '2026-12-29')).toBe('FREQ=MONTHLY;BYDAY=-1TU;COUNT=4');
  });
});
