import { describe, expect, it } from 'vitest';
import type { AttendanceReport, VisitOutcomes } from '../../api/types';
import { csvOf, fullness, openSpan, percent, periodOf } from './report';

const outcomes = (attended: number, missed: number): VisitOutcomes => ({
  attended,
  missed,
  cancelled: 0,
  unrecorded: 0,
  missedShare: { value: missed / (attended + missed), low: 0, high: 1 },
});

describe('the period of a report', () => {
  it('is whole weeks up to today, which counts', () => {
    expect(periodOf(4, '2026-11-25')).toEqual({ from: '2026-11-02', to: '2026-11-26' });
  });
});

describe('occupancy', () => {
  const of = {
    practitionerId: 'p',
    displayName: 'Dra. Ferreyra',
    openMinutes: 180,
    busyMinutes: 200,
    hours: [
      { dayOfWeek: 1, hour: 9, openMinutes: 60, busyMinutes: 45 },
      { dayOfWeek: 3, hour: 8, openMinutes: 120, busyMinutes: 150 },
      { dayOfWeek: 6, hour: 20, openMinutes: 0, busyMinutes: 5 },
    ],
  };
  it('is a share of the open time, full when a visit goes beyond it, and nothing where nobody is in', () => {
    expect(fullness(of, 1, 9)).toBe(75);
    expect(fullness(of, 3, 8)).toBe(100);
    expect(fullness(of, 6, 20)).toBeNull();
    expect(fullness(of, 2, 9)).toBeNull();
  });
  it('shows the days and hours that are open', () => {
    expect(openSpan([of])).toEqual({ days: [1, 3], hours: [8, 9] });
  });
});

describe('the file for spreadsheets', () => {
  it('keeps names that look like formulas or hold separators as text', () => {
    const report = {
      weeks: [],
      services: [],
      insurances: [{ id: null, name: null, outcomes: outcomes(3, 1) }],
      practitioners: [
        { id: 'a', name: '=HYPERLINK("http://x")', outcomes: outcomes(9, 1) },
        { id: 'b', name: 'Sosa, Ana', outcomes: outcomes(3, 1) },
      ],
    } as unknown as AttendanceReport;
    const words = {
      head: ['Por', 'Nombre'],
      week: 'semana',
      practitioner: 'profesional',
      service: 'servicio',
      insurance: 'obra social',
      privately: 'Particular',
    };
    expect(csvOf(report, words).split('\r\n')).toEqual([
      'Por,Nombre',
      `profesional,"'=HYPERLINK(""http://x"")",9,1,0,0,0.1`,
      'profesional,"Sosa, Ana",3,1,0,0,0.25',
      'obra social,Particular,3,1,0,0,0.25',
    ]);
  });
});

describe('a percentage', () => {
  it('is written as the language does', () => {
    expect(percent(0.0712, 'es').replace(/\s/, ' ')).toBe('7,1 %');
    expect(percent(0.0712, 'en')).toBe('7.1%');
  });
});
