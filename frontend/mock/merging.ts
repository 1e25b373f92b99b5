import type { MergeField, MergePreview, Patient, PatientPair } from '../src/api/types.ts';
import { type Answer, type Call, fold, found, ok, once, page, Refusal, seen } from './call.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';
import { reachedAt, united } from './phones.ts';
import type { World } from './world.ts';

const UNDOABLE_UNTIL = '2026-12-23T13:00:00Z';

/** A patient who is one; somebody who was merged answers who they are now. */
export function current(world: World, id: string | undefined): Patient {
  const merged = world.merges.find((one) => one.merge.replacedId === id && !one.undone);
  if (merged) throw new Refusal(410, 'patient-replaced', [], { patientId: merged.survivorId });
  return found(world.patients.find((each) => each.id === id));
}

const pairOf = (one: string, other: string) => [one, other].sort().join(' ');

export function patientPairs(world: World): Answer {
  const pairs: PatientPair[] = [];
  const listed = world.patients.filter((one) => !one.archivedAt);
  listed.forEach((one, at) => {
    for (const other of listed.slice(at + 1)) {
      const alike: PatientPair['alike'] = ['name'];
      if (fold(one.displayName) !== fold(other.displayName) || world.distinct.has(pairOf(one.id, other.id))) continue;
      if (one.phone && one.phone === other.phone) alike.push('phone');
      pairs.push({ one, other, score: alike.length === 2 ? 75 : 50, alike });
    }
  });
  return page(pairs);
}

const names: Record<Exclude<MergeField, 'identifiers'>, keyof Patient> = {
  'given-name': 'givenName',
  'family-name': 'familyName',
  phone: 'phone',
  'birth-date': 'birthDate',
  language: 'language',
  gender: 'gender',
  email: 'email',
  notes: 'notes',
};

function preview(world: World, survivor: Patient, replaced: Patient): MergePreview {
  const differing = (Object.keys(names) as (keyof typeof names)[]).filter((field) => {
    const [ours, theirs] = [survivor[names[field]], replaced[names[field]]];
    return ours !== null && theirs !== null && ours !== theirs;
  });
  const differingCustomFields = survivor.customFields
    .filter(({ key, value }) => replaced.customFields.some((other) => other.key === key && other.value !== value))
    .map(({ key }) => key);
  const stricter = (one: Patient['messaging'], other: Patient['messaging']) => (one === 'opted-out' ? one : other);
  const visits = world.appointments.filter((visit) => visit.patient.id === replaced.id).length;
  return {
    survivor,
    replaced,
    differing,
    differingCustomFields,
    messaging: stricter(survivor.messaging, replaced.messaging),
    marketing: stricter(survivor.marketing, replaced.marketing),
    following: visits > 0 ? [{ kind: 'appointment', count: visits }] : [],
  };
}

/** What is done with two patients of whom one is `survivor`; `rest` is what follows the id in the path. */
export function merging(call: Call, world: World, survivor: Patient, [what, otherId, deed]: string[]): Answer {
  if (what === 'distinct-from') {
    const pair = pairOf(survivor.id, current(world, otherId).id);
    if (call.method === 'PUT') world.distinct.add(pair);
    else if (!world.distinct.delete(pair)) throw new Refusal(404, 'not-found');
    return { status: 204 };
  }
  if (what === 'merge' && call.method === 'GET') return ok(preview(world, survivor, current(world, otherId)));
  if (what === 'merge') return once(call, world, () => merge(call, world, survivor));
  if (call.method === 'GET') {
    const undoable = world.merges.filter((one) => one.survivorId === survivor.id && !one.undone);
    return ok({ items: undoable.map((one) => one.merge).reverse() });
  }
  if (deed !== 'undo') throw new Refusal(404, 'not-found');
  seen(call, survivor, world);
  const merged = found(world.merges.find((one) => one.merge.id === otherId && one.survivorId === survivor.id));
  if (merged.undone) throw new Refusal(409, 'merge-not-undoable');
  merged.undone = true;
  const [before, other] = merged.before;
  Object.assign(survivor, before, { version: survivor.version + 1 });
  const restored = { ...other, version: other.version + 2 };
  world.patients.push(restored);
  for (const visit of world.appointments) if (merged.visits.includes(visit.id)) visit.patient.id = restored.id;
  world.hint('patient', survivor.id);
  return ok({ patient: survivor, restored, returned: merged.visits.length });
}

function merge(call: Call, world: World, survivor: Patient): Answer {
  seen(call, survivor, world);
  const replaced = world.patients.find((one) => one.id === call.body.patientId);
  if (!replaced) throw new Refusal(422, 'patient-unknown', [{ pointer: '/patientId', code: 'unknown-value', detail: '' }]);
  if (call.body.version !== replaced.version) throw new Refusal(412, 'stale');
  const take = (call.body.take ?? []) as MergeField[];
  const takeOwn = (call.body.takeCustomFields ?? []) as string[];
  const own = new Map(survivor.customFields.map((one) => [one.key, one]));
  for (const one of replaced.customFields) if (!own.has(one.key) || takeOwn.includes(one.key)) own.set(one.key, one);
  const { messaging, marketing } = preview(world, survivor, replaced);
  const before: [Patient, Patient] = [{ ...survivor }, { ...replaced }];
  for (const [field, name] of Object.entries(names)) {
    if (survivor[name] === null || take.includes(field as MergeField)) Object.assign(survivor, { [name]: replaced[name] });
  }
  const kinds = survivor.identifiers.map((paper) => paper.kind);
  Object.assign(survivor, {
    displayName: [survivor.givenName, survivor.familyName].filter(Boolean).join(' '),
    ...united(before[0], survivor.phone, replaced),
    identifiers: [...survivor.identifiers, ...replaced.identifiers.filter((paper) => !kinds.includes(paper.kind))],
    tags: [...new Set([...survivor.tags, ...replaced.tags])],
    customFields: [...own.values()],
    messaging,
    marketing,
    version: survivor.version + 1,
  });
  const visits = world.appointments.filter((visit) => visit.patient.id === replaced.id);
  for (const visit of visits) visit.patient.id = survivor.id;
  world.patients = world.patients.filter((one) => one !== replaced);
  const done = {
    id: newId(),
    replacedId: replaced.id,
    replacedName: replaced.displayName,
    mergedAt: NOW,
    undoableUntil: UNDOABLE_UNTIL,
  };
  world.merges.push({ survivorId: survivor.id, merge: done, before, visits: visits.map((visit) => visit.id), undone: false });
  world.hint('patient', survivor.id);
  return ok({ patient: survivor, merge: done });
}

/** Somebody who is in the register twice. */
export function fillTwice(world: World): void {
  const card: Patient = {
    id: newId(),
    givenName: 'Ema',
    familyName: 'Quiroga',
    displayName: 'Ema Quiroga',
    ...reachedAt('+5493515550198', '0351 15-555-0198'),
    birthDate: '1991-04-12',
    language: 'es',
    notes: null,
    messaging: 'allowed',
    optedOutAt: null,
    otherLanguages: [],
    marketing: 'allowed',
    identifiers: [],
    gender: null,
    email: null,
    tags: [],
    customFields: [],
    archivedAt: null,
    restrictedAt: null,
    restrictionReason: null,
    createdAt: '2024-03-14T12:00:00Z',
    version: 1,
  };
  const phone = reachedAt('+5493515550199', '0351 15-555-0199');
  world.patients.push(card, { ...card, ...phone, id: newId(), birthDate: null, email: 'ema@correo.example', notes: 'Prefiere la tarde.' });
}
