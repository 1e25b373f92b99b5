import type { AttendanceReport, MeasuredShare, OccupancyReport, SurveyReport, VisitOutcomes } from '../src/api/types.ts';
import { type Area, ok, Refusal } from './call.ts';
import { CLINIC } from './names.ts';
import type { World } from './world.ts';

/** A share with an interval that narrows with its number of visits, as the server's does. */
function share(missed: number, whole: number): MeasuredShare {
  const value = missed / whole;
  const reach = 1.96 * Math.sqrt((value * (1 - value)) / whole);
  const rounded = (number: number) => Math.round(Math.min(1, Math.max(0, number)) * 10_000) / 10_000;
  return { value: rounded(value), low: rounded(value - reach), high: rounded(value + reach) };
}
function outcomes(attended: number, missed: number, cancelled = 0, unrecorded = 0): VisitOutcomes {
  return { attended, missed, cancelled, unrecorded, missedShare: attended + missed === 0 ? null : share(missed, attended + missed) };
}

const missedByWeek = [22, 21, 20, 18, 18, 17, 16, 15, 14, 15, 13, 13, 12];
const none = outcomes(0, 0);

function attendance(world: World, from: string, to: string): AttendanceReport {
  const empty = world.scenario === 'empty';
  const monday = (index: number) => new Date(Date.parse(`${from}T12:00:00Z`) + index * 7 * 86_400_000).toISOString().slice(0, 10);
  const bands: [number, number | null, VisitOutcomes][] = [
    [0, 0, outcomes(422, 9, 21)],
    [1, 3, outcomes(650, 26, 48)],
    [4, 7, outcomes(700, 45, 60)],
    [8, 14, outcomes(590, 56, 60)],
    [15, 30, outcomes(350, 50, 41)],
    [31, null, outcomes(153, 30, 16, 23)],
  ];
  return {
    timeZone: CLINIC.zone,
    from,
    to,
    total: empty ? none : outcomes(2865, 216, 246, 23),
    weeks: empty ? [] : missedByWeek.map((missed, index) => ({ week: monday(index), outcomes: outcomes(220, missed, 19, 1) })),
    practitioners: empty
      ? []
      : world.practitioners.map((one, index) => ({
          id: one.id,
          name: one.displayName,
          outcomes: outcomes(900 - index * 130, 60 - index * 9, 70),
        })),
    services: empty
      ? []
      : world.services.map((one, index) => ({ id: one.id, name: one.name, outcomes: outcomes(640 - index * 90, 40 - index * 3, 30) })),
    insurances: empty
      ? []
      : [
          { id: '0197a500-0000-7000-8000-000000000001', name: 'OSDE 210', outcomes: outcomes(1204, 71, 96) },
          { id: '0197a500-0000-7000-8000-000000000002', name: 'Swiss Medical', outcomes: outcomes(688, 40, 51) },
          { id: null, name: null, outcomes: outcomes(973, 105, 99, 23) },
        ],
    leadTimes: bands.map(([firstDay, lastDay, of]) => ({ firstDay, lastDay, outcomes: empty ? none : of })),
    answers: empty
      ? []
      : [
          { participation: 'accepted', answeredBy: 'patient', outcomes: outcomes(1893, 61, 30) },
          { participation: 'accepted', answeredBy: 'staff', outcomes: outcomes(312, 12, 6) },
          { participation: 'declined', answeredBy: 'patient', outcomes: outcomes(2, 1, 180) },
          { participation: 'needs-action', answeredBy: 'none', outcomes: outcomes(658, 142, 30, 23) },
        ],
    cancellations: empty
      ? []
      : [
          { code: 'pat', count: 168 },
          { code: 'prov', count: 41 },
          { code: 'pat-fb', count: 19 },
          { code: null, count: 18 },
        ],
    noShows: empty
      ? []
      : [
          { code: null, count: 121 },
          { code: 'forgot', count: 52 },
          { code: 'occupied', count: 27 },
          { code: 'travel', count: 16 },
        ],
    confirmed: empty ? none : outcomes(2205, 73, 36),
    unanswered: empty ? none : outcomes(658, 142, 30, 23),
    freedHours: empty ? { freed: 0, refilled: 0, medianMinutes: null } : { freed: 63, refilled: 41, medianMinutes: 38 },
  };
}

function occupancy(world: World, from: string, to: string): OccupancyReport {
  const of = (index: number) => {
    const hours = [8, 9, 10, 11, 12, 14, 15, 16, 17].flatMap((hour, row) =>
      [1, 2, 3, 4, 5]
        .filter((day) => !(index === 2 && (day === 3 || hour === 8)))
        .map((day) => ({
          dayOfWeek: day,
          hour,
          openMinutes: 780,
          busyMinutes: Math.round(780 * Math.min(1.02, 0.42 + 0.11 * ((row * 5 + day * 3 + index * 7) % 6) - 0.06 * index)),
        })),
    );
    return {
      hours,
      openMinutes: hours.reduce((sum, one) => sum + one.openMinutes, 0),
      busyMinutes: hours.reduce((sum, one) => sum + one.busyMinutes, 0),
    };
  };
  const items =
    world.scenario === 'empty'
      ? []
      : world.practitioners.map((one, index) => ({ practitionerId: one.id, displayName: one.displayName, ...of(index) }));
  return { timeZone: CLINIC.zone, from, to, items };
}

/** The first practitioner was rated often, the second too seldom for a mean. */
function surveys(world: World): SurveyReport {
  const often = { asked: 48, answered: 31, counts: [1, 1, 3, 9, 17], mean: 4.29 };
  const seldom = { asked: 7, answered: 3, counts: [0, 0, 1, 0, 2], mean: null };
  const [first, second] = world.practitioners;
  const of = (one: typeof first, ratings: SurveyReport['all']) =>
    one ? [{ practitionerId: one.id, displayName: one.displayName, ratings }] : [];
  return world.scenario === 'empty'
    ? { all: { asked: 0, answered: 0, counts: [0, 0, 0, 0, 0], mean: null }, practitioners: [] }
    : {
        all: { asked: 55, answered: 34, counts: [1, 1, 4, 9, 19], mean: 4.29 },
        practitioners: [...of(first, often), ...of(second, seldom)],
      };
}

export const reports: Area = (call, world, [which]) => {
  const from = String(call.query.get('from'));
  const to = String(call.query.get('to'));
  if (which === 'attendance') return ok(attendance(world, from, to));
  if (which === 'occupancy') return ok(occupancy(world, from, to));
  if (which === 'surveys') return ok(surveys(world));
  throw new Refusal(404, 'not-found');
};
