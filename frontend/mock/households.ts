import type { Household, HouseholdInput } from '../src/api/types.ts';
import { type Answer, type Area, found, ok, once, seen } from './call.ts';
import { newId } from './made.ts';
import { movedTo } from './phones.ts';
import type { World } from './world.ts';

export const householdsOf = (world: World, patientId: string): Answer =>
  ok({ items: world.households.filter((one) => one.members.some((member) => member.patientId === patientId)) });

function written(world: World, body: HouseholdInput): Omit<Household, 'id' | 'version'> {
  const names = { givenName: body.givenName || null, familyName: body.familyName || null };
  const phone = body.phone.replace(/[^+\d]/g, '');
  const members = body.members.map(({ patientId, relationship }) => {
    const patient = found(world.patients.find((one) => one.id === patientId));
    if (patient.phone === null) Object.assign(patient, movedTo(patient, phone));
    const throughContact = patient.phone === phone && relationship !== 'self';
    return { patientId, displayName: patient.displayName, relationship, throughContact };
  });
  return { ...names, displayName: [names.givenName, names.familyName].filter(Boolean).join(' '), phone, phoneNational: phone, members };
}

export const households: Area = (call, world, [id]) => {
  const body = call.body as unknown as HouseholdInput;
  if (!id) {
    return once(call, world, () => {
      const made = { id: newId(), version: 0, ...written(world, body) };
      world.households.push(made);
      for (const member of made.members) world.hint('patient', member.patientId);
      return { status: 201, body: made };
    });
  }
  const one = found(world.households.find((each) => each.id === id));
  if (call.method === 'GET') return ok(one);
  seen(call, one, world);
  if (call.method === 'DELETE') {
    world.households = world.households.filter((each) => each !== one);
    return { status: 204 };
  }
  return ok(Object.assign(one, written(world, body), { version: one.version + 1 }));
};
