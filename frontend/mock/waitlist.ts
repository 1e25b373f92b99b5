import type { WaitlistEntry } from '../src/api/types.ts';
import { type Area, found, ok, once, page, Refusal, seen } from './call.ts';
import { at, newId } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

const waits = (one: WaitlistEntry) => one.state === 'active' || one.state === 'offered';
const named = (one: { id: string; name?: string; displayName?: string } | undefined) =>
  one ? { id: one.id, name: one.name ?? one.displayName ?? '' } : null;

/** What is written down of somebody who waits. */
function said(
  world: World,
  body: Record<string, unknown>,
): Omit<WaitlistEntry, 'id' | 'state' | 'appointmentId' | 'createdAt' | 'version'> {
  const patient = world.patients.find((one) => one.id === body.patientId);
  if (!patient) throw new Refusal(422, 'patient-unknown');
  return {
    patient: { id: patient.id, displayName: patient.displayName, phone: patient.phone },
    healthcareService: named(found(world.services.find((one) => one.id === body.healthcareServiceId))) ?? { id: '', name: '' },
    practitioner: named(world.practitioners.find((one) => one.id === body.practitionerId)),
    location: named(world.locations.find((one) => one.id === body.locationId)),
    firstDay: (body.firstDay as string | undefined) ?? null,
    lastDay: (body.lastDay as string | undefined) ?? null,
    windows: (body.windows as WaitlistEntry['windows'] | undefined) ?? [],
    priority: (body.priority as WaitlistEntry['priority'] | undefined) ?? 'routine',
    note: (body.note as string | undefined) ?? null,
  };
}

const inOrder = (one: WaitlistEntry, other: WaitlistEntry) =>
  Number(one.priority === 'routine') - Number(other.priority === 'routine') || one.createdAt.localeCompare(other.createdAt);

export const waitlistEntries: Area = (call, world, [id, what]) => {
  if (!id && call.method === 'POST') {
    return once(call, world, () => {
      const made: WaitlistEntry = {
        id: newId(),
        ...said(world, call.body),
        state: 'active',
        appointmentId: null,
        createdAt: NOW,
        version: 1,
      };
      world.waitlist.push(made);
      world.hint('waitlist-entry', made.id);
      return { status: 201, body: made };
    });
  }
  if (!id) {
    const state = call.query.get('state');
    const patient = call.query.get('patientId');
    return page(
      world.waitlist.filter((one) => (state ? one.state === state : waits(one)) && (!patient || one.patient.id === patient)).sort(inOrder),
    );
  }
  const one = found(world.waitlist.find((each) => each.id === id));
  if (call.method === 'GET') return ok(one);
  seen(call, one, world);
  if (what === 'reactivate' ? one.state !== 'withdrawn' : !waits(one)) throw new Refusal(409, 'waitlist-entry-not-in-that-state');
  if (what === 'withdraw') one.state = 'withdrawn';
  else if (what === 'reactivate') one.state = 'active';
  else Object.assign(one, said(world, call.body));
  one.version += 1;
  world.hint('waitlist-entry', one.id);
  return ok(one);
};

/** Days and windows are left to the server: here whoever waits for that practitioner and fits in can come. */
export const waitlistMatches: Area = (call, world) => {
  const practitioner = call.query.get('practitionerId');
  const minutes = (Date.parse(call.query.get('end') ?? '') - Date.parse(call.query.get('start') ?? '')) / 60_000;
  const fits = (id: string) => (world.services.find((one) => one.id === id)?.durationMinutes ?? 0) <= minutes;
  return ok({
    items: world.waitlist
      .filter(
        (one) => one.state === 'active' && (!one.practitioner || one.practitioner.id === practitioner) && fits(one.healthcareService.id),
      )
      .sort(inOrder),
  });
};

/** Ends somebody's waiting by a visit. */
export function bookWaiting(world: World, id: unknown, appointmentId: string): void {
  const one = found(world.waitlist.find((each) => each.id === id));
  if (!waits(one)) throw new Refusal(409, 'waitlist-entry-not-in-that-state');
  Object.assign(one, { state: 'booked', appointmentId, version: one.version + 1 });
}

/** Three who wait and one who has a visit. */
export function fillWaitlist(world: World): void {
  const morning = { from: '08:00', until: '12:00' };
  const entry = (person: number, service: number, more: Partial<WaitlistEntry>): WaitlistEntry => {
    const patient = found(world.patients[person]);
    const care = found(world.services[service]);
    return {
      id: newId(),
      ...said(world, { patientId: patient.id, healthcareServiceId: care.id }),
      state: 'active',
      appointmentId: null,
      createdAt: at('2026-11-18', '09:30'),
      version: 1,
      ...more,
    };
  };
  world.waitlist.push(
    entry(0, 0, {
      windows: [
        { day: 'mon', ...morning },
        { day: 'tue', ...morning },
        { day: 'wed', ...morning },
      ],
      note: 'Trabaja por la tarde.',
    }),
    entry(2, 3, {
      priority: 'urgent',
      practitioner: named(world.practitioners[0]),
      createdAt: at('2026-11-23', '17:10'),
      lastDay: '2026-12-04',
    }),
    entry(4, 1, { createdAt: at('2026-11-20', '11:05') }),
    entry(5, 0, { state: 'booked', appointmentId: world.appointments.find((one) => one.status === 'booked')?.id ?? null }),
    entry(6, 0, { state: 'withdrawn' }),
  );
}
