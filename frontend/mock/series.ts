import type { Appointment, AppointmentSeries, SeriesOccurrence } from '../src/api/types.ts';
import { type Area, type Call, found, ok, once, Refusal, seen } from './call.ts';
import { at, newId, plus } from './made.ts';
import { CLINIC, NOW } from './names.ts';
import { book, occupied } from './visits.ts';
import type { World } from './world.ts';

const DAY = 24 * 60;

/** The rules that the console writes; months are those of four weeks, which is enough to look at. */
function occurrences(call: Call, world: World): SeriesOccurrence[] {
  const rule = new Map(
    String(call.body.recurrence)
      .split(';')
      .map((part) => part.split('=') as [string, string]),
  );
  const steps: Record<string, number> = { DAILY: 1, WEEKLY: 7, MONTHLY: 28 };
  const step = (steps[rule.get('FREQ') ?? ''] ?? 7) * Number(rule.get('INTERVAL') ?? 1);
  const [date, time] = String(call.body.start).split('T') as [string, string];
  const care = found(world.services.find((one) => one.id === call.body.healthcareServiceId));
  const practitioner = found(world.practitioners.find((one) => one.id === call.body.practitionerId));
  return Array.from({ length: Number(rule.get('COUNT')) }, (_, n) => {
    const start = plus(at(date, time), n * step * DAY);
    const end = plus(start, care.durationMinutes);
    const visit = {
      id: '',
      practitioner: { id: practitioner.id, name: practitioner.displayName },
      serviceId: care.id,
      room: null,
      start,
      end,
    };
    const one: SeriesOccurrence = {
      local: `${localDay(start)}T${time}`,
      start,
      end,
      clocks: 'usual',
      fitting: 'free',
      conflicts: [],
    };
    try {
      occupied(world, { body: {} }, visit);
      return one;
    } catch (refused) {
      const conflicts = refused instanceof Refusal ? (refused.problem.conflicts ?? []) : [];
      return {
        ...one,
        fitting: 'taken',
        conflicts: conflicts.map(({ actor, ...stretch }) => ({ ...stretch, kind: actor.kind, name: actor.name })),
      };
    }
  });
}

const localDay = (instant: string) => plus(instant, -180).slice(0, 10);

const view = (world: World, series: Omit<AppointmentSeries, 'appointments'>): AppointmentSeries => ({
  ...series,
  appointments: world.appointments.filter((one) => one.seriesId === series.id).sort((a, b) => a.start.localeCompare(b.start)),
});

export const appointmentSeries: Area = (call, world, [id, what]) => {
  if (id === 'preview') return ok({ timeZone: CLINIC.zone, occurrences: occurrences(call, world) });
  if (!id) {
    return once(call, world, () => {
      const without = new Set((call.body.withoutDays as string[] | undefined) ?? []);
      const wanted = occurrences(call, world).filter((one) => !without.has(one.local.slice(0, 10)));
      const unfit = wanted.filter((one) => one.fitting !== 'free');
      if (unfit.length > 0) throw new Refusal(409, 'series-not-free', undefined, { occurrences: unfit });
      const series = {
        id: newId(),
        recurrence: String(call.body.recurrence),
        start: String(call.body.start),
        timeZone: CLINIC.zone,
        version: 0,
        createdAt: NOW,
      };
      world.series.push(series);
      for (const { start } of wanted)
        Object.assign(book({ body: { ...call.body, start, outsideHours: true } }, world), { seriesId: series.id });
      return { status: 201, body: view(world, series) };
    });
  }
  const series = found(world.series.find((one) => one.id === id));
  if (call.method === 'GET') return ok(view(world, series));
  seen(call, series, world);
  const first = found(world.appointments.find((one) => one.id === call.body.fromAppointmentId));
  const awaited = world.appointments.filter((one) => one.seriesId === id && one.start >= first.start && one.status === 'booked');
  const by = what === 'reschedule' ? (Date.parse(String(call.body.start)) - Date.parse(first.start)) / 60_000 : 0;
  for (const one of awaited) Object.assign(one, changed(one, what, by), { version: one.version + 1 });
  series.version += 1;
  return ok(view(world, series));
};

const changed = (one: Appointment, what: string | undefined, by: number): Partial<Appointment> =>
  what === 'cancel'
    ? { status: 'cancelled', reinstatableUntil: plus(NOW, 10) }
    : { start: plus(one.start, by), end: plus(one.end, by), participation: 'needs-action' };

/** Only where a test adds one. */
export const clockChanges: Area = (_, world) => ok({ items: world.clockChanges });
