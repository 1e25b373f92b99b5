import type { CustomValue, IdentifierKind, Invitation, Patient, PatientFile, PatientInput, PrivacyRequest } from '../src/api/types.ts';
import { type Area, fold, found, ok, once, page, Refusal, seen } from './call.ts';
import { consentsOf } from './campaigns.ts';
import { checkedValues } from './customFields.ts';
import { householdsOf } from './households.ts';
import { writingLinesOf } from './lineWorld.ts';
import { newId } from './made.ts';
import { current, merging, patientPairs } from './merging.ts';
import { CLINIC, NOW } from './names.ts';
import { notesOf } from './notes.ts';
import { proofOfPatient } from './notices.ts';
import { phonesIn, phonesOfPatient } from './phones.ts';
import { coverageOf } from './preregistrations.ts';
import type { World } from './world.ts';

export const clinic: Area = (call, world) => {
  if (call.method === 'PATCH') {
    seen(call, world.organization, world);
    Object.assign(world.organization, call.body, { version: world.organization.version + 1 });
  }
  return ok(world.organization);
};

export const legalHold: Area = (call, world, [what]) => {
  if (call.method === 'GET') return ok(world.legalHold);
  return once(call, world, () => {
    world.legalHold = what === 'begin' ? { held: true, since: NOW } : { held: false, since: null };
    return ok(world.legalHold);
  });
};

export const members: Area = (call, world, [id, what]) => {
  if (what === 'sessions') {
    found(world.members.find((one) => one.id === id));
    return { status: 204 };
  }
  if (what === 'roles' || call.method === 'DELETE') {
    const member = found(world.members.find((one) => one.id === id));
    const owners = world.members.filter((one) => one.roles.includes('owner'));
    const stays = call.method === 'PUT' && (call.body.roles as string[]).includes('owner');
    if (owners.length === 1 && owners[0] === member && !stays) throw new Refusal(409, 'last-owner');
    if (call.method === 'DELETE') {
      world.members = world.members.filter((one) => one !== member);
      return { status: 204 };
    }
    member.roles = call.body.roles as ['owner'];
    return ok(member);
  }
  return ok({ items: world.members });
};

export const invitations: Area = (call, world, [id, what]) => {
  if (call.method === 'GET') return ok({ items: world.invitations });
  if (!id) {
    return once(call, world, () => {
      const made: Invitation = {
        id: newId(),
        email: String(call.body.email).toLowerCase(),
        name: `${call.body.givenName} ${call.body.familyName}`,
        roles: call.body.roles as Invitation['roles'],
        language: (call.body.language as Invitation['language']) ?? 'es',
        invitedBy: world.me.name ?? '',
        state: 'pending',
        createdAt: NOW,
        sentAt: null,
        expiresAt: '2026-12-01T13:00:00Z',
      };
      world.invitations = [...world.invitations.filter((one) => one.email !== made.email), made];
      return { status: 201, body: made };
    });
  }
  const invitation = found(world.invitations.find((one) => one.id === id));
  if (call.method === 'DELETE') {
    world.invitations = world.invitations.filter((one) => one !== invitation);
    return { status: 204 };
  }
  if (what !== 'resend') throw new Refusal(404, 'not-found');
  return once(call, world, () => ok(Object.assign(invitation, { state: 'pending', sentAt: null, expiresAt: '2026-12-01T13:00:00Z' })));
};

/** What the signed-in person is invited to; `rest` is the organization, the invitation and what is done with it. */
export const myInvitation: Area = (call, world, [, id, what]) => {
  const mine = found(world.myInvitations.get(id ?? ''));
  if (call.method === 'GET') return ok(mine);
  if (what !== 'accept' && what !== 'decline') throw new Refusal(404, 'not-found');
  world.myInvitations.delete(id ?? '');
  return { status: 204 };
};

function read(body: Record<string, unknown>, world: World, id: string | null): Partial<Patient> {
  const givenName = String(body.givenName ?? '').trim();
  const familyName = String(body.familyName ?? '').trim();
  if (!givenName && !familyName) throw new Refusal(422, 'invalid-fields', [{ pointer: '/givenName', code: 'required', detail: '' }]);
  const before = world.patients.find((one) => one.id === id) ?? null;
  const ownBefore = before?.customFields ?? [];
  return {
    ...(body as Partial<Patient>),
    givenName: givenName || null,
    familyName: familyName || null,
    displayName: [givenName, familyName].filter(Boolean).join(' '),
    ...phonesIn(body as PatientInput, before),
    ...(body.identifiers ? { identifiers: papers(body.identifiers as { kind: IdentifierKind; value: string }[], world, id) } : {}),
    ...(body.customFields ? { customFields: checkedValues(body.customFields as CustomValue[], ownBefore, 'patient', world) } : {}),
    ...(body.email === undefined ? {} : { email: (body.email as string) || null }),
    ...(body.archived === undefined ? {} : { archivedAt: body.archived ? NOW : null }),
  };
}

/** The real server checks each kind; here a number has five characters at least, and one owner. */
function papers(sent: { kind: IdentifierKind; value: string }[], world: World, id: string | null): Patient['identifiers'] {
  return sent.map(({ kind, value: formatted }, at) => {
    const value = formatted.replace(/[\s.\-/]/g, '').toUpperCase();
    const pointer = `/identifiers/${at}/value`;
    if (value.length < 5) throw new Refusal(422, 'invalid-fields', [{ pointer, code: 'identifier-invalid', detail: '' }]);
    const holder = world.patients.find(
      (one) => one.id !== id && one.identifiers.some((other) => other.kind === kind && other.value === value),
    );
    if (holder) throw new Refusal(409, 'identifier-taken', [{ pointer, code: 'identifier-taken', detail: '' }], { patientId: holder.id });
    return { kind, value, formatted };
  });
}

const answered = (asked: PrivacyRequest, world: World) =>
  Object.assign(asked, { state: 'done', overdue: false, closedAt: NOW, closedBy: world.me.name, version: asked.version + 1 });

export const patients: Area = (call, world, [id, what, ...rest]) => {
  if (id === 'search') {
    const words = fold(String(call.body.text ?? ''))
      .split(/\s+/)
      .filter(Boolean);
    const { tag, archived } = call.body;
    const listed = world.patients.filter(
      (one) => Boolean(one.archivedAt) === Boolean(archived) && (tag === undefined || one.tags.includes(String(tag))),
    );
    const matching = listed.filter((one) =>
      words.every((word) =>
        /^[\d+().-]+$/.test(word)
          ? [...one.phoneNumbers.map((each) => each.phone ?? ''), ...one.identifiers.map((paper) => paper.value)].some((number) =>
              number.includes(word.replace(/\D/g, '')),
            )
          : fold(one.displayName)
              .split(' ')
              .some((part) => part.startsWith(word)),
      ),
    );
    return page(matching.sort((a, b) => (a.familyName ?? '').localeCompare(b.familyName ?? '')).slice(0, Number(call.body.limit ?? 50)));
  }
  if (id === 'duplicates') {
    const name = fold(`${call.body.givenName ?? ''} ${call.body.familyName ?? ''}`).trim();
    const like = world.patients.filter((one) => fold(one.displayName) === name);
    return ok({ items: like.map((patient) => ({ patient, score: 75, alike: ['name'] })) });
  }
  if (id === 'duplicate-pairs') return patientPairs(world);
  if (id === 'export') return { status: 200, body: 'Apellido,Nombre\\nNúñez,Ana\\n' };
  if (id === 'tags') return ok({ items: [...new Set(world.patients.flatMap((one) => one.tags))].sort() });
  if (call.method === 'POST' && !id) {
    return once(call, world, () => {
      const made = {
        id: newId(),
        birthDate: null,
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
        createdAt: NOW,
        version: 1,
        ...read(call.body, world, null),
      } as Patient;
      world.patients.push(made);
      world.hint('patient', made.id);
      return { status: 201, body: made };
    });
  }
  const one = current(world, id);
  if (what === 'merge' || what === 'merges' || what === 'distinct-from') return merging(call, world, one, [what, ...rest]);
  if (what === 'appointments')
    return page(world.appointments.filter((visit) => visit.patient.id === id).sort((a, b) => b.start.localeCompare(a.start)));
  if (what === 'clinical-notes') return notesOf(world, one.id, rest[0]);
  if (what === 'consents') return consentsOf(call, world, one.id);
  if (what === 'notice-proof') return proofOfPatient(call, one.id, one.displayName);
  if (what === 'households') return householdsOf(world, one.id);
  if (what === 'phones') return phonesOfPatient(one);
  if (what === 'restrict' || what === 'lift-restriction') {
    seen(call, one, world);
    const restricted = what === 'restrict';
    Object.assign(one, {
      restrictedAt: restricted ? NOW : null,
      restrictionReason: restricted ? ((call.body.reason as string | undefined) ?? null) : null,
      version: one.version + 1,
    });
    for (const visit of world.appointments) if (visit.patient.id === id) visit.patient.restricted = restricted;
    for (const asked of world.privacyRequests.filter((each) => each.patient.id === id)) {
      asked.patient.restricted = restricted;
      if (restricted && asked.state === 'open' && asked.kind === 'restriction') answered(asked, world);
    }
    world.hint('patient', one.id);
    return ok(one);
  }
  if (what === 'erase') {
    seen(call, one, world);
    if (world.legalHold.held) throw new Refusal(409, 'legal-hold');
    if (world.appointments.some((visit) => visit.patient.id === id && ['arrived', 'checked-in'].includes(visit.status)))
      throw new Refusal(409, 'patient-not-erasable');
    world.patients = world.patients.filter((each) => each !== one);
    for (const visit of world.appointments.filter((each) => each.patient.id === id)) {
      if (visit.status === 'booked') visit.status = 'cancelled';
      visit.patient.displayName = '—';
    }
    for (const asked of world.privacyRequests.filter((each) => each.patient.id === id && each.state === 'open')) answered(asked, world);
    world.hint('patient', one.id);
    return { status: 204 };
  }
  if (what === 'coverage') return coverageOf(call, world, one);
  if (what === 'files') {
    const files = world.patientFiles.get(one.id) ?? (one.displayName.includes('Benítez') ? filesOfOne : []);
    if (call.method === 'DELETE') {
      world.patientFiles.set(
        one.id,
        files.filter((file) => file.id !== rest[0]),
      );
      return { status: 204 };
    }
    if (call.method !== 'POST') return ok({ items: files });
    const added = { id: newId(), appointmentId: null, name: 'Estudio.pdf', contentType: 'application/pdf', size: 41_000, at: NOW };
    world.patientFiles.set(one.id, [added, ...files]);
    return { status: 201, body: added };
  }
  if (what === 'personal-data') return ok({ format: 'recado-personal-data-1', patient: one });
  if (what === 'writing-lines') return ok({ items: writingLinesOf(world) });
  if (call.method === 'PUT') {
    seen(call, one, world);
    Object.assign(one, read(call.body, world, one.id), { version: one.version + 1 });
    world.hint('patient', one.id);
  }
  return ok(one);
};

const filesOfOne: PatientFile[] = [
  {
    id: '0197a400-0000-7000-8000-000000000001',
    appointmentId: null,
    name: 'Fondo de ojo derecho.png',
    contentType: 'image/png',
    size: 184_320,
    at: '2025-03-04T15:00:00Z',
  },
  {
    id: '0197a400-0000-7000-8000-000000000002',
    appointmentId: null,
    name: 'Receta 2025.pdf',
    contentType: 'application/pdf',
    size: 41_000,
    at: '2025-03-04T15:00:00Z',
  },
];

const defaults = {
  practitioners: { specialty: null, specialties: [], colour: null, memberId: null, you: false },
  insurances: { practitionerIds: [], healthcareServiceIds: [] },
  locations: { address: null, point: null, phone: null, timeZone: null, main: false },
  rooms: { colour: null, locationId: CLINIC.id },
  services: {
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    capacity: 1,
    practitionerIds: [],
    roomIds: [],
    locationIds: [],
    colour: null,
    price: null,
    telehealthLink: null,
  },
};

/** What is listed, added, changed and retired in the same way. */
export function retirable(list: 'practitioners' | 'services' | 'locations' | 'rooms' | 'insurances', kind: string): Area {
  return (call, world, [id]) => {
    if (id) {
      const one = found((world[list] as { id: string; version: number }[]).find((each) => each.id === id));
      if (call.method === 'PUT') {
        seen(call, one, world);
        Object.assign(one, call.body, { version: one.version + 1 });
        world.hint(kind, one.id);
      }
      return ok(one);
    }
    if (call.method === 'POST') {
      return once(call, world, () => {
        const made = { id: newId(), active: true, version: 1, ...defaults[list], ...call.body } as never;
        (world[list] as unknown[]).push(made);
        world.hint(kind, '');
        return { status: 201, body: made };
      });
    }
    return ok({ items: world[list] });
  };
}
