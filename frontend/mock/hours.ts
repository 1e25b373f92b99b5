import type { HoursPart, OpeningHoursOfDay, Schedule, ScheduleException, Weekday } from '../src/api/types.ts';
import { type Area, type Call, found, ok, once, Refusal, seen } from './call.ts';
import { at, newId, plus } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

const days: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const onDays = (which: Weekday[], ...parts: [string, string][]) =>
  which.flatMap((day) => parts.map(([from, until]) => ({ day, from, until, locationId: null })));

const holidays: [date: string, name: string][] = [
  ['2026-12-08', 'Inmaculada Concepción de María'],
  ['2026-12-25', 'Navidad'],
  ['2027-01-01', 'Año Nuevo'],
  ['2027-02-08', 'Carnaval'],
  ['2027-02-09', 'Carnaval'],
  ['2027-03-24', 'Día de la Memoria por la Verdad y la Justicia'],
  ['2027-03-26', 'Viernes Santo'],
];

/** The clinic's hours, one practitioner with a week of his own, and days that differ. */
export function fillHours(world: World): void {
  const second = found(world.practitioners[1]);
  const week = (practitionerId: string | null, hours: Schedule['hours']): Schedule => ({
    id: newId(),
    practitionerId,
    validFrom: '2026-03-02',
    hours,
    version: 0,
  });
  world.schedules = [
    week(null, [...onDays(days.slice(0, 5), ['08:00', '18:00']), ...onDays(['sat'], ['09:00', '13:00'])]),
    week(second.id, [
      ...onDays(['mon', 'tue', 'fri'], ['08:30', '13:00'], ['14:30', '18:00']),
      ...onDays(['wed'], ['08:30', '13:00'], ['14:30', '17:00']),
      ...onDays(['thu'], ['08:30', '13:00']),
    ]),
  ];
  const differ = (practitionerId: string | null, firstDay: string, lastDay: string, hours: ScheduleException['hours'], reason: string) => ({
    id: newId(),
    practitionerId,
    firstDay,
    lastDay,
    hours,
    reason,
    version: 0,
  });
  world.exceptions = [
    differ(second.id, '2026-11-27', '2026-11-27', [], 'Jornada de la Sociedad de Ortodoncia'),
    differ(null, '2026-12-24', '2026-12-24', [{ from: '08:00', until: '13:00', locationId: null }], 'Nochebuena'),
    differ(second.id, '2027-01-04', '2027-01-15', [], 'Vacaciones'),
  ];
  world.holidays = holidays.map(([date, name]) => ({ date, name, open: false }));
  world.holidayCalendar = {
    country: 'AR',
    region: null,
    regions: [
      { code: 'X', name: 'Córdoba' },
      { code: 'M', name: 'Mendoza' },
    ],
    knownUntil: '2029-12-25',
    version: 0,
  };
}

const closedHoliday = (world: World, date: string) => world.holidays.find((one) => one.date === date && !one.open);

function open(world: World, practitionerId: string, date: string): { parts: HoursPart[]; assumed: boolean } {
  const exception = (owner: string | null) =>
    world.exceptions.find(
      (one) =>
        one.practitionerId === owner &&
        one.firstDay <= date &&
        date <= one.lastDay &&
        (one.firstDay === one.lastDay || !closedHoliday(world, date)),
    );
  const different = exception(practitionerId) ?? exception(null);
  if (different) return { parts: different.hours, assumed: false };
  if (closedHoliday(world, date)) return { parts: [], assumed: false };
  const week = (owner: string | null) =>
    world.schedules
      .filter((one) => one.practitionerId === owner && one.validFrom <= date)
      .sort((a, b) => a.validFrom.localeCompare(b.validFrom))
      .at(-1);
  const usual = week(practitionerId) ?? week(null);
  const day = days[(new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7];
  if (!usual) return { parts: day === 'sun' ? [] : [{ from: '08:00', until: '20:00', locationId: null }], assumed: true };
  return { parts: usual.hours.filter((part) => part.day === day), assumed: false };
}

function datesOf(call: Call): string[] {
  const dates: string[] = [];
  const to = call.query.get('to') ?? '';
  for (let date = call.query.get('from') ?? ''; date < to; date = plus(at(date, '12:00'), 1440).slice(0, 10)) dates.push(date);
  return dates;
}

/** Where a time lies; outside is refused unless it is wanted. */
export function checkHours(world: World, practitionerId: string, start: string, end: string, onPurpose: unknown): boolean {
  const date = new Date(Date.parse(start) - 3 * 3_600_000).toISOString().slice(0, 10);
  const { parts, assumed } = open(world, practitionerId, date);
  const outside = !assumed && !parts.some((part) => at(date, part.from) <= start && end <= at(date, part.until));
  if (outside && onPurpose !== true) throw new Refusal(409, 'outside-hours');
  return outside;
}

export const openingHours: Area = (call, world) =>
  ok({
    items: datesOf(call).flatMap((date) =>
      world.practitioners
        .filter((one) => one.active)
        .map((one): OpeningHoursOfDay => {
          const { parts, assumed } = open(world, one.id, date);
          return {
            practitionerId: one.id,
            date,
            open: parts.map((part) => ({
              locationId: part.locationId ?? world.organization.id,
              start: at(date, part.from),
              end: at(date, part.until),
            })),
            assumed,
            holiday: parts.length === 0 ? (closedHoliday(world, date)?.name ?? null) : null,
          };
        }),
    ),
  });

export const slots: Area = (call, world) => {
  const service = found(world.services.find((one) => one.id === call.query.get('healthcareServiceId')));
  const minutes = Number(call.query.get('durationMinutes') ?? service.durationMinutes);
  const only = call.query.get('practitionerId');
  const items = datesOf(call).flatMap((date) =>
    world.practitioners
      .filter((one) => one.active && (!only || one.id === only))
      .filter((one) => service.practitionerIds.length === 0 || service.practitionerIds.includes(one.id))
      .flatMap((one) => {
        const busy = world.appointments.filter(
          (visit) => visit.practitioner.id === one.id && visit.status !== 'cancelled' && visit.id !== call.query.get('movingAppointmentId'),
        );
        const where = call.query.get('locationId');
        const parts = open(world, one.id, date)
          .parts.map((part) => ({ ...part, locationId: part.locationId ?? world.organization.id }))
          .filter((part) => !where || where === part.locationId)
          .filter((part) => service.locationIds.length === 0 || service.locationIds.includes(part.locationId));
        return parts.flatMap((part) => {
          const [opens, closes] = [at(date, part.from), at(date, part.until)];
          const found = [];
          for (let start = opens; plus(start, minutes) <= closes; start = plus(start, 15)) {
            const end = plus(start, minutes);
            if (start < NOW || busy.some((visit) => visit.start < end && start < visit.end)) continue;
            const before = busy.filter((visit) => visit.end <= start).map((visit) => visit.end);
            const after = busy.filter((visit) => visit.start >= end).map((visit) => visit.start);
            const from = [opens, ...before].sort().at(-1) ?? opens;
            const until = [closes, ...after].sort()[0] ?? closes;
            found.push({
              practitionerId: one.id,
              locationId: part.locationId,
              roomId: service.roomIds[0] ?? null,
              start,
              end,
              gapBeforeMinutes: (Date.parse(start) - Date.parse(from)) / 60_000,
              gapAfterMinutes: (Date.parse(until) - Date.parse(end)) / 60_000,
              capacity: service.capacity,
              placesLeft: service.capacity,
            });
          }
          return found;
        });
      }),
  );
  items.sort((a, b) => a.start.localeCompare(b.start));
  const limit = Number(call.query.get('limit') ?? 100);
  return ok({
    timeZone: world.organization.timeZone,
    items: items.slice(0, limit),
    more: items.length > limit,
    nextFree: world.practitioners.map((one) => ({
      practitionerId: one.id,
      start: items.find((slot) => slot.practitionerId === one.id)?.start ?? null,
    })),
  });
};

function kept<Kept extends Schedule | ScheduleException>(list: (world: World) => Kept[]): Area {
  return (call, world, [id]) => {
    const all = list(world);
    if (!id && call.method === 'GET') return ok({ items: all });
    if (!id)
      return once(call, world, () => {
        const made = { ...call.body, id: newId(), version: 0 } as unknown as Kept;
        all.push(made);
        world.hint('schedule', made.id);
        return { status: 201, body: made };
      });
    const one = found(all.find((each) => each.id === id));
    if (call.method === 'GET') return ok(one);
    seen(call, one, world);
    if (call.method === 'DELETE') {
      all.splice(all.indexOf(one), 1);
      world.hint('schedule', one.id);
      return { status: 204 };
    }
    Object.assign(one, call.body, { version: one.version + 1 });
    world.hint('schedule', one.id);
    return ok(one);
  };
}

export const schedules = kept((world) => world.schedules);
export const scheduleExceptions = kept((world) => world.exceptions);

export const holidaysArea: Area = (call, world, [date]) => {
  if (!date) {
    const [from, to] = [call.query.get('from') ?? '', call.query.get('to') ?? ''];
    return ok({ items: world.holidays.filter((one) => from <= one.date && one.date < to) });
  }
  const one = found(world.holidays.find((each) => each.date === date));
  one.open = call.body.open === true;
  world.hint('schedule', world.organization.id);
  return ok(one);
};

export const holidayCalendar: Area = (call, world) => {
  const calendar = world.holidayCalendar;
  if (call.method === 'GET') return ok(calendar);
  seen(call, calendar, world);
  world.holidayCalendar = { ...calendar, region: (call.body.region as string | null) ?? null, version: calendar.version + 1 };
  world.hint('schedule', world.organization.id);
  return ok(world.holidayCalendar);
};
