import type { Appointment, CustomValue } from '../src/api/types.ts';
import { type Area, type Call, found, ok, once, page, Refusal, seen } from './call.ts';
import { checkedValues } from './customFields.ts';
import { checkHolds } from './holds.ts';
import { checkHours } from './hours.ts';
import { newId, plus } from './made.ts';
import { CLINIC, NOW } from './names.ts';
import { callNoted, proofOf } from './notices.ts';
import { explained, offered } from './rules.ts';
import { previewOf } from './templates.ts';
import { bookWaiting } from './waitlist.ts';
import type { World } from './world.ts';

const dayOf = (instant: string) => new Date(Date.parse(instant) - 3 * 3_600_000).toISOString().slice(0, 10);
const after: Record<string, Partial<Appointment>> = {
  arrive: { status: 'arrived', arrivedAt: NOW },
  'check-in': { status: 'checked-in', checkedInAt: NOW },
  fulfill: { status: 'fulfilled' },
  'mark-no-show': { status: 'noshow' },
};

type Actor = NonNullable<Appointment['room']>;

/** The room a visit takes: the one asked for, or the first free one of those its service needs. */
export function occupied(
  world: World,
  call: Pick<Call, 'body'>,
  visit: { id: string; practitioner: Actor; serviceId: string; room: Actor | null; start: string; end: string },
): { room: Appointment['room']; overbooked: boolean } {
  const taking = (is: (one: Appointment) => boolean) =>
    world.appointments.filter(
      (one) =>
        one.id !== visit.id && one.status !== 'cancelled' && !one.overbooked && is(one) && one.start < visit.end && visit.start < one.end,
    );
  const sharing = world.appointments.filter(
    (one) =>
      one.id !== visit.id &&
      one.status !== 'cancelled' &&
      one.capacity !== null &&
      one.healthcareService.id === visit.serviceId &&
      one.practitioner.id === visit.practitioner.id &&
      one.start === visit.start &&
      one.end === visit.end,
  );
  const capacity = found(world.services.find((one) => one.id === visit.serviceId)).capacity;
  if (sharing[0] && sharing.length < capacity) return { room: sharing[0].room, overbooked: false };
  const conflict = (kind: 'practitioner' | 'room', actor: Actor) => (one: Appointment) => ({
    appointmentId: one.id,
    start: one.start,
    end: one.end,
    actor: { kind, id: actor.id, name: actor.name },
  });
  const care = found(world.services.find((one) => one.id === visit.serviceId));
  const suitable = visit.room ? [visit.room] : care.roomIds.flatMap((id) => roomOf(world, id) ?? []);
  const busy = (room: Actor) => taking((one) => one.room?.id === room.id);
  const room = suitable.find((one) => busy(one).length === 0);
  const conflicts = [
    ...taking((one) => one.practitioner.id === visit.practitioner.id).map(conflict('practitioner', visit.practitioner)),
    ...(room ? [] : suitable.flatMap((one) => busy(one).map(conflict('room', one)))),
  ];
  if (conflicts.length > 0 && call.body.overbook !== true) throw new Refusal(409, 'slot-taken', undefined, { conflicts, freeSlots: [] });
  return { room: room ?? suitable[0] ?? null, overbooked: conflicts.length > 0 };
}

function roomOf(world: World, id: unknown): Appointment['room'] {
  const room = id ? found(world.rooms.find((one) => one.id === id)) : null;
  return room && { id: room.id, name: room.name };
}

function placeOf(world: World, id: unknown): Appointment['location'] {
  const place = found(world.locations.find((one) => (id ? one.id === id : one.main)));
  return { id: place.id, name: place.name };
}

function payerOf(world: World, id: unknown): Appointment['insurance'] {
  const payer = id ? found(world.insurances.find((one) => one.id === id)) : null;
  return payer && { id: payer.id, name: payer.name };
}

/** Books a visit, or refuses; for a series too. */
export function book(call: Pick<Call, 'body'>, world: World): Appointment {
  const person = world.patients.find((one) => one.id === call.body.patientId);
  if (!person) throw new Refusal(422, 'patient-unknown');
  const practitioner = found(world.practitioners.find((one) => one.id === call.body.practitionerId));
  const care = found(world.services.find((one) => one.id === call.body.healthcareServiceId));
  const start = String(call.body.start);
  const end = plus(start, care.durationMinutes);
  const occupancy = occupied(world, call, {
    id: '',
    practitioner: { id: practitioner.id, name: practitioner.displayName },
    serviceId: care.id,
    room: roomOf(world, call.body.roomId),
    start,
    end,
  });
  checkHolds(world, call, practitioner.id, start, end);
  const outsideHours = checkHours(world, practitioner.id, start, end, call.body.outsideHours);
  const made: Appointment = {
    id: newId(),
    patient: {
      id: person.id,
      displayName: person.displayName,
      phone: person.phone,
      messaging: person.messaging,
      restricted: person.restrictedAt !== null,
    },
    practitioner: { id: practitioner.id, displayName: practitioner.displayName },
    healthcareService: { id: care.id, name: care.name },
    location: placeOf(world, call.body.locationId),
    ...occupancy,
    capacity: care.capacity > 1 ? care.capacity : null,
    deposit: null,
    seriesId: null,
    customFields: call.body.customFields ? checkedValues(call.body.customFields as CustomValue[], [], 'appointment', world) : [],
    insurance: payerOf(world, call.body.insuranceId),
    start,
    end,
    timeZone: CLINIC.zone,
    status: 'booked',
    participation: 'needs-action',
    participationSource: null,
    participationText: null,
    participationAt: null,
    note: null,
    cancellationCode: null,
    cancellationReason: null,
    noShowCode: null,
    noShowReason: null,
    reinstatableUntil: null,
    arrivedAt: null,
    checkedInAt: null,
    source: 'desk',
    outsideHours,
    messages: { kind: 'confirmation', state: 'queued', at: NOW },
    version: 1,
    createdAt: NOW,
  };
  if (call.body.waitlistEntryId) bookWaiting(world, call.body.waitlistEntryId, made.id);
  world.appointments.push(made);
  world.timelines.set(made.id, [
    { at: NOW, kind: 'appointment-booked', messageId: null, messageKind: null, state: null, reason: null, text: null },
  ]);
  world.hint('appointment', made.id);
  return made;
}

export const appointments: Area = (call, world, [id, what]) => {
  if (!id && call.method === 'POST') return once(call, world, () => ({ status: 201, body: book(call, world) }));
  if (!id) {
    const from = call.query.get('from') ?? '';
    const to = call.query.get('to') ?? '';
    return page(
      world.appointments.filter((one) => dayOf(one.start) >= from && dayOf(one.start) < to).sort((a, b) => a.start.localeCompare(b.start)),
    );
  }
  if (id === 'export') return { status: 200, body: 'Fecha,Desde\n' };
  const one = found(world.appointments.find((each) => each.id === id));
  if (what === 'offer') return offered(world, one.id);
  if (what === 'notifications') return explained(world);
  if (what === 'call-attempts') return callNoted(call, world, one.id);
  if (what === 'notice-proof') return proofOf(call, one);
  if (what === 'message-preview') return previewOf(call, world, one.id);
  if (what === 'timeline') return ok({ items: world.timelines.get(one.id) ?? [] });
  if (call.method === 'GET') return ok(one);
  seen(call, one, world);
  if (what === 'reschedule') {
    const start = String(call.body.start);
    const lasted = (Date.parse(one.end) - Date.parse(one.start)) / 60_000;
    const end = plus(start, Number(call.body.durationMinutes ?? lasted));
    const practitioner = world.practitioners.find((each) => each.id === call.body.practitionerId) ?? one.practitioner;
    const occupancy = occupied(world, call, {
      id: one.id,
      practitioner: { id: practitioner.id, name: practitioner.displayName },
      serviceId: one.healthcareService.id,
      room: roomOf(world, call.body.roomId) ?? one.room,
      start,
      end,
    });
    const outsideHours = checkHours(world, practitioner.id, start, end, call.body.outsideHours);
    // One that only ends earlier or later is the visit that the patient knows.
    const endAlone = start === one.start && practitioner.id === one.practitioner.id && end !== one.end;
    Object.assign(one, {
      start,
      end,
      ...occupancy,
      outsideHours,
      practitioner: { id: practitioner.id, displayName: practitioner.displayName },
      ...(endAlone ? {} : { participation: 'needs-action', participationText: null }),
    });
  } else if (what === 'note') {
    one.note = (call.body.note as string | null) || null;
  } else if (what === 'no-show-reason') {
    if (one.status !== 'noshow') throw new Refusal(409, 'appointment-not-in-that-state');
    Object.assign(one, { noShowCode: call.body.code ?? null, noShowReason: call.body.reason ?? null });
  } else if (what === 'insurance') {
    one.insurance = payerOf(world, call.body.insuranceId);
  } else if (what === 'deposit') {
    if (!one.deposit) throw new Refusal(409, 'appointment-not-in-that-state');
    one.deposit = { ...one.deposit, state: call.body.state as NonNullable<Appointment['deposit']>['state'] };
  } else if (what === 'custom-fields') {
    one.customFields = checkedValues(call.body.customFields as CustomValue[], one.customFields, 'appointment', world);
  } else if (what === 'room') {
    one.room = roomOf(world, call.body.roomId);
  } else if (what === 'cancel') {
    Object.assign(one, {
      status: 'cancelled',
      cancellationCode: call.body.code ?? null,
      cancellationReason: call.body.reason ?? null,
      reinstatableUntil: plus(NOW, 10),
    });
  } else if (what === 'reinstate') {
    if (one.status !== 'cancelled' || !one.reinstatableUntil) throw new Refusal(409, 'appointment-not-in-that-state');
    Object.assign(
      one,
      occupied(
        world,
        { body: {} },
        {
          id: one.id,
          practitioner: { id: one.practitioner.id, name: one.practitioner.displayName },
          serviceId: one.healthcareService.id,
          room: one.room,
          start: one.start,
          end: one.end,
        },
      ),
    );
    Object.assign(one, { status: 'booked', cancellationCode: null, cancellationReason: null, reinstatableUntil: null });
  } else if (what === 'participation') {
    Object.assign(one, { participation: call.body.participation, participationSource: 'staff', participationText: null });
  } else {
    Object.assign(one, found(after[what ?? '']));
  }
  one.version += 1;
  world.hint('appointment', one.id);
  return ok(one);
};

export const appointmentCounts: Area = (call, world) => {
  const from = call.query.get('from') ?? '';
  const to = call.query.get('to') ?? '';
  const practitioner = call.query.get('practitionerId');
  const standing = world.appointments.filter(
    (one) =>
      dayOf(one.start) >= from &&
      dayOf(one.start) < to &&
      one.status !== 'cancelled' &&
      (!practitioner || one.practitioner.id === practitioner),
  );
  const days = [...Map.groupBy(standing, (one) => dayOf(one.start))].sort(([a], [b]) => a.localeCompare(b));
  const booked = (visits: Appointment[], ...said: Appointment['participation'][]) =>
    visits.filter((one) => one.status === 'booked' && said.includes(one.participation)).length;
  return ok({
    items: days.map(([date, visits]) => ({
      date,
      visits: visits.length,
      confirmed: booked(visits, 'accepted'),
      unconfirmed: booked(visits, 'needs-action', 'tentative'),
      declined: booked(visits, 'declined'),
    })),
  });
};
