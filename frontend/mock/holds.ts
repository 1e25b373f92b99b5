import type { SlotHold } from '../src/api/types.ts';
import { type Area, type Call, found, ok, Refusal } from './call.ts';
import { visit } from './day.ts';
import { at, newId, plus } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

const dayOf = (instant: string) => new Date(Date.parse(instant) - 3 * 3_600_000).toISOString().slice(0, 10);

/** Refuses what somebody else keeps; who books on purpose takes it, but nothing from a patient. */
export function checkHolds(world: World, call: Pick<Call, 'body'>, practitionerId: string, start: string, end: string): void {
  const inTheWay = world.slotHolds.filter((one) => one.practitionerId === practitionerId && one.start < end && start < one.end);
  const others = inTheWay.filter((one) => !one.own);
  if (others.length > 0 && call.body.overbook !== true) {
    const holds = others.map(({ start, end, expiresAt, heldBy }) => ({ start, end, expiresAt, heldBy }));
    throw new Refusal(409, 'slot-taken', undefined, { conflicts: [], holds, freeSlots: [] });
  }
  world.slotHolds = world.slotHolds.filter((one) => !inTheWay.includes(one) || one.source === 'online');
}

export const slotHolds: Area = (call, world, [id]) => {
  if (call.method === 'GET') {
    const from = call.query.get('from') ?? '';
    const to = call.query.get('to') ?? '';
    return ok({ items: world.slotHolds.filter((one) => dayOf(one.start) >= from && dayOf(one.start) < to) });
  }
  if (id) {
    const one = found(world.slotHolds.find((each) => each.id === id && each.own));
    world.slotHolds.splice(world.slotHolds.indexOf(one), 1);
    world.hint('slot-hold', one.id);
    return { status: 204 };
  }
  const care = found(world.services.find((one) => one.id === call.body.healthcareServiceId));
  const practitionerId = String(call.body.practitionerId);
  const start = String(call.body.start);
  const end = plus(start, care.durationMinutes);
  const conflicts = world.appointments
    .filter((one) => one.practitioner.id === practitionerId && one.status !== 'cancelled' && !one.overbooked)
    .filter((one) => one.start < end && start < one.end)
    .map((one) => ({
      appointmentId: one.id,
      start: one.start,
      end: one.end,
      actor: { kind: 'practitioner', id: one.practitioner.id, name: one.practitioner.displayName },
    }));
  if (conflicts.length > 0) throw new Refusal(409, 'slot-taken', undefined, { conflicts, holds: [], freeSlots: [] });
  checkHolds(world, { body: {} }, practitionerId, start, end);
  const form = String(call.body.form);
  world.slotHolds = world.slotHolds.filter((one) => one.id !== world.holdOfForm.get(form));
  const made: SlotHold = {
    id: newId(),
    practitionerId,
    roomId: care.roomIds[0] ?? null,
    healthcareServiceId: care.id,
    start,
    end,
    expiresAt: plus(NOW, 5),
    source: 'desk',
    heldBy: 'Andrea Molina',
    own: true,
  };
  world.holdOfForm.set(form, made.id);
  world.slotHolds.push(made);
  world.hint('slot-hold', made.id);
  return ok(made);
};

/** The day on which somebody else fills a form. */
export const HELD_DAY = '2026-12-10';

/** Three of eight who come together that day. */
function fillGroup(world: World): void {
  const care = found(world.services[6]);
  care.capacity = 8;
  for (const name of ['Camila Roldán', 'Inés Cabral', 'Hugo Villalba'])
    visit(world, HELD_DAY, [2, '15:00', 60, name, 6, 'booked', 'accepted', 'read']).capacity = care.capacity;
}

/** A colleague books, and so does a patient. */
export function fillHolds(world: World): void {
  fillGroup(world);
  const care = found(world.services[0]);
  const hold = (practitioner: number, time: string, more: Pick<SlotHold, 'source' | 'heldBy'>): SlotHold => ({
    id: newId(),
    practitionerId: found(world.practitioners[practitioner]).id,
    roomId: null,
    healthcareServiceId: care.id,
    start: at(HELD_DAY, time),
    end: plus(at(HELD_DAY, time), care.durationMinutes),
    expiresAt: plus(NOW, 5),
    own: false,
    ...more,
  });
  world.slotHolds.push(hold(0, '10:00', { source: 'desk', heldBy: 'Rocío Paredes' }), hold(1, '11:30', { source: 'online', heldBy: null }));
}
