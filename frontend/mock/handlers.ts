import type { Appointment, Message, MessageTemplate, Patient, ProblemDetails } from '../src/api/types.ts';
import { CLINIC, NOW } from './names.ts';
import { newId, type World } from './world.ts';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  ifMatch: string | null;
  key: string | null;
}
export interface Answer {
  status: number;
  body?: unknown;
}

/** The mock's refusals have the shape of the real ones. */
export class Refusal extends Error {
  readonly problem: ProblemDetails;
  constructor(status: number, code: string, errors?: ProblemDetails['errors']) {
    super(code);
    this.problem = { status, code, traceId: '4f9c21ab77e0c35d', errors: errors ?? null };
  }
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const page = <T>(items: T[]) => ok({ items, nextCursor: null });
const found = <T>(item: T | undefined): T => {
  if (!item) throw new Refusal(404, 'not-found');
  return item;
};
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const plus = (instant: string, minutes: number) => new Date(Date.parse(instant) + minutes * 60_000).toISOString().replace('.000', '');

function seen(call: Call, record: { version: number }, world: World): void {
  if (!call.ifMatch) throw new Refusal(428, 'if-match-required');
  if (world.scenario === 'stale' && record.version < 100) {
    record.version += 100;
    throw new Refusal(412, 'stale');
  }
  if (call.ifMatch !== `"v${record.version}"`) throw new Refusal(412, 'stale');
}

/** Repeats the first answer for the same key, and refuses the key for another body. */
function once(call: Call, world: World, make: () => Answer): Answer {
  if (!call.key) throw new Refusal(400, 'idempotency-key-required');
  const body = JSON.stringify(call.body);
  const before = world.answered.get(call.key);
  if (before) {
    if (before.body !== body) throw new Refusal(422, 'idempotency-key-reused');
    return before.answer as Answer;
  }
  const answer = make();
  world.answered.set(call.key, { body, answer });
  return answer;
}

export function handle(call: Call, world: World): Answer {
  if (call.path === '/api/v1/me') return ok(world.me);
  if (call.path === '/api/v1/organizations') {
    if (call.method === 'GET') return page(world.platform);
    return once(call, world, () => {
      const made = { ...call.body, id: newId(), state: 'active', createdAt: NOW, line: null } as unknown as World['platform'][number];
      world.platform.unshift(made);
      return { status: 201, body: made };
    });
  }
  const match = /^\/api\/v1\/organizations\/([^/]+)(\/.*)?$/.exec(call.path);
  if (!match) throw new Refusal(404, 'not-found');
  if (!world.me.organizations.some((one) => one.id === match[1])) throw new Refusal(403, 'not-member');
  const parts = (match[2] ?? '').split('/').filter(Boolean);
  const other = match[1] !== CLINIC.id;
  const area = areas[parts[0] ?? ''];
  if (!area) throw new Refusal(404, 'not-found');
  if (other && call.method === 'GET' && parts[0] !== undefined) return ok({ items: [], nextCursor: null });
  return area(call, world, parts.slice(1));
}

type Area = (call: Call, world: World, rest: string[]) => Answer;

const clinic: Area = (call, world) => {
  if (call.method === 'PATCH') {
    seen(call, world.organization, world);
    Object.assign(world.organization, call.body, { version: world.organization.version + 1 });
  }
  return ok(world.organization);
};

const members: Area = (call, world, [id, what]) => {
  if (call.method === 'POST') {
    return once(call, world, () => {
      const made = {
        id: newId(),
        email: String(call.body.email),
        name: `${call.body.givenName} ${call.body.familyName}`,
        roles: call.body.roles as ['owner'],
        you: false,
      };
      world.members.push(made);
      return { status: 201, body: made };
    });
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

function read(body: Record<string, unknown>): Partial<Patient> {
  const givenName = String(body.givenName ?? '').trim();
  const familyName = String(body.familyName ?? '').trim();
  if (!familyName) throw new Refusal(422, 'invalid-fields', [{ pointer: '/familyName', code: 'required' }]);
  const phone = (body.phone as string | null) ?? null;
  return { ...(body as Partial<Patient>), givenName, familyName, displayName: `${givenName} ${familyName}`, phone, phoneNational: phone };
}

const patients: Area = (call, world, [id, what]) => {
  if (id === 'search') {
    const words = fold(String(call.body.text ?? ''))
      .split(/\s+/)
      .filter(Boolean);
    const matching = world.patients.filter((one) =>
      words.every((word) =>
        /^[\d+()-]+$/.test(word)
          ? (one.phone ?? '').includes(word.replace(/\D/g, ''))
          : fold(one.displayName)
              .split(' ')
              .some((part) => part.startsWith(word)),
      ),
    );
    return page(matching.sort((a, b) => a.familyName.localeCompare(b.familyName)).slice(0, Number(call.body.limit ?? 50)));
  }
  if (call.method === 'POST') {
    return once(call, world, () => {
      const made = {
        id: newId(),
        birthDate: null,
        language: 'es',
        notes: null,
        messaging: 'allowed',
        optedOutAt: null,
        createdAt: NOW,
        version: 1,
        ...read(call.body),
      } as Patient;
      world.patients.push(made);
      world.hint('patient', made.id);
      return { status: 201, body: made };
    });
  }
  const one = found(world.patients.find((each) => each.id === id));
  if (what === 'appointments')
    return page(world.appointments.filter((visit) => visit.patient.id === id).sort((a, b) => b.start.localeCompare(a.start)));
  if (call.method === 'PUT') {
    seen(call, one, world);
    Object.assign(one, read(call.body), { version: one.version + 1 });
    world.hint('patient', one.id);
  }
  return ok(one);
};

function practitionersArea(list: 'practitioners' | 'services', kind: string): Area {
  return (call, world) => {
    if (call.method === 'POST') {
      return once(call, world, () => {
        const made = { id: newId(), active: true, version: 1, specialty: null, colour: null, ...call.body } as never;
        (world[list] as unknown[]).push(made);
        world.hint(kind, '');
        return { status: 201, body: made };
      });
    }
    return ok({ items: world[list] });
  };
}

const dayOf = (instant: string) => new Date(Date.parse(instant) - 3 * 3_600_000).toISOString().slice(0, 10);
const after: Record<string, Partial<Appointment>> = {
  arrive: { status: 'arrived', arrivedAt: NOW },
  'check-in': { status: 'checked-in', checkedInAt: NOW },
  fulfill: { status: 'fulfilled' },
  'mark-no-show': { status: 'noshow' },
};

function free(world: World, id: string, practitionerId: string, start: string, end: string): void {
  const taken = world.appointments.some(
    (one) => one.id !== id && one.status !== 'cancelled' && one.practitioner.id === practitionerId && one.start < end && start < one.end,
  );
  if (taken) throw new Refusal(409, 'slot-taken');
}

function book(call: Call, world: World): Answer {
  const person = world.patients.find((one) => one.id === call.body.patientId);
  if (!person) throw new Refusal(422, 'patient-unknown');
  const practitioner = found(world.practitioners.find((one) => one.id === call.body.practitionerId));
  const care = found(world.services.find((one) => one.id === call.body.healthcareServiceId));
  const start = String(call.body.start);
  const end = plus(start, care.durationMinutes);
  free(world, '', practitioner.id, start, end);
  const made: Appointment = {
    id: newId(),
    patient: { id: person.id, displayName: person.displayName, phone: person.phone, messaging: person.messaging },
    practitioner: { id: practitioner.id, displayName: practitioner.displayName },
    healthcareService: { id: care.id, name: care.name },
    start,
    end,
    timeZone: CLINIC.zone,
    status: 'booked',
    participation: 'needs-action',
    participationSource: null,
    participationText: null,
    participationAt: null,
    cancellationReason: null,
    arrivedAt: null,
    checkedInAt: null,
    messages: { kind: 'confirmation', state: 'queued', at: NOW },
    version: 1,
    createdAt: NOW,
  };
  world.appointments.push(made);
  world.timelines.set(made.id, [
    { at: NOW, kind: 'appointment-booked', messageId: null, messageKind: null, state: null, reason: null, text: null },
  ]);
  world.hint('appointment', made.id);
  return { status: 201, body: made };
}

const appointments: Area = (call, world, [id, what]) => {
  if (!id && call.method === 'POST') return once(call, world, () => book(call, world));
  if (!id) {
    const from = call.query.get('from') ?? '';
    const to = call.query.get('to') ?? '';
    return page(
      world.appointments.filter((one) => dayOf(one.start) >= from && dayOf(one.start) < to).sort((a, b) => a.start.localeCompare(b.start)),
    );
  }
  const one = found(world.appointments.find((each) => each.id === id));
  if (what === 'timeline') return ok({ items: world.timelines.get(one.id) ?? [] });
  if (call.method === 'GET') return ok(one);
  seen(call, one, world);
  if (what === 'reschedule') {
    const start = String(call.body.start);
    const end = plus(start, (Date.parse(one.end) - Date.parse(one.start)) / 60_000);
    const practitioner = world.practitioners.find((each) => each.id === call.body.practitionerId) ?? one.practitioner;
    free(world, one.id, practitioner.id, start, end);
    Object.assign(one, {
      start,
      end,
      practitioner: { id: practitioner.id, displayName: practitioner.displayName },
      participation: 'needs-action',
      participationText: null,
    });
  } else if (what === 'cancel') {
    Object.assign(one, { status: 'cancelled', cancellationReason: call.body.reason ?? null });
  } else if (what === 'participation') {
    Object.assign(one, { participation: call.body.participation, participationSource: 'staff', participationText: null });
  } else {
    Object.assign(one, found(after[what ?? '']));
  }
  one.version += 1;
  world.hint('appointment', one.id);
  return ok(one);
};

const lines: Area = (call, world, [id, what]) => {
  if (!id) {
    if (call.method === 'GET') return ok({ items: world.line ? [world.line] : [] });
    return once(call, world, () => {
      world.line = {
        id: newId(),
        name: String(call.body.name),
        state: 'stopped',
        cause: 'never-started',
        since: NOW,
        nextAttemptAt: null,
        phone: null,
        profileName: null,
        gatewayReachable: true,
        qr: null,
        waitingMessages: 0,
        version: 1,
      };
      return { status: 201, body: world.line };
    });
  }
  const line = found(world.line ?? undefined);
  if (what === 'history') return ok({ items: world.lineHistory });
  if (what === 'start' || what === 'stop' || what === 'log-out') {
    if (!line.gatewayReachable) throw new Refusal(503, 'gateway-unavailable');
    if (what === 'start')
      Object.assign(line, {
        state: world.scenario === 'pairing-expired' ? 'needs-pairing' : line.phone && line.cause === 'stopped-here' ? 'linked' : 'pairing',
        cause: 'none',
      });
    if (what === 'stop') Object.assign(line, { state: 'stopped', cause: 'stopped-here' });
    if (what === 'log-out') Object.assign(line, { state: 'stopped', cause: 'logged-out-here', phone: null });
    line.version += 1;
    world.hint('whatsapp-line', line.id);
    return ok(line);
  }
  const qr =
    line.state === 'pairing'
      ? {
          value: `2@${line.version}mockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmock,pairing,code,for,pictures,only==`,
          expiresAt: plus(NOW, 0.64),
        }
      : null;
  return ok({ ...line, qr });
};

const sample: Record<string, string> = {
  'patient.givenName': 'Rosa',
  'patient.displayName': 'Rosa Benítez',
  'appointment.date': 'martes 24 de noviembre',
  'appointment.time': '10:15',
  'practitioner.displayName': 'la Dra. Lucía Ferreyra',
  'service.name': 'limpieza y control',
  'organization.name': CLINIC.name,
};

const templates: Area = (call, world, [id]) => {
  const fill = (body: string) =>
    body.replace(/\{\{([^}]+)\}\}/g, (_, field: string) => {
      const value = sample[field.trim()];
      if (!value) throw new Refusal(422, 'template-field-unknown', [{ pointer: '/body', code: 'template-field-unknown' }]);
      return value;
    });
  if (id === 'preview') return ok({ text: fill(String(call.body.body)) });
  if (call.method === 'POST') {
    return once(call, world, () => {
      const made = { id: newId(), version: 1, updatedAt: NOW, default: false, ...call.body } as MessageTemplate;
      world.templates.push(made);
      return { status: 201, body: made };
    });
  }
  if (!id) return ok({ items: world.templates });
  const one = found(world.templates.find((each) => each.id === id));
  if (call.method === 'PUT') {
    seen(call, one, world);
    fill(String(call.body.body));
    Object.assign(one, { body: call.body.body, version: one.version + 1, updatedAt: NOW, default: false });
  }
  return ok(one);
};

const messages: Area = (call, world, [id, what]) => {
  if (!id) {
    const state = call.query.get('state');
    const matching = world.messages.filter((one) => !state || one.state === state).sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    return page(matching.slice(0, 40).map(({ steps: _, ...message }) => ({ ...message, steps: null })));
  }
  const one = found(world.messages.find((each) => each.id === id));
  if (call.method === 'GET') return ok(one);
  seen(call, one, world);
  if (what === 'send-again') {
    return once(call, world, () => {
      const again: Message = {
        ...one,
        id: newId(),
        state: 'planned',
        reason: null,
        steps: [{ state: 'planned', at: NOW, reason: null }],
        updatedAt: NOW,
        version: 1,
      };
      world.messages.push(again);
      return { status: 201, body: again };
    });
  }
  if (one.state !== 'unknown') throw new Refusal(409, 'message-not-in-that-state');
  const state = call.body.outcome as 'delivered' | 'failed';
  Object.assign(one, { state, version: one.version + 1, updatedAt: NOW, reason: 'settled-by-staff' });
  one.steps?.push({ state, at: NOW, reason: 'settled-by-staff' });
  for (const visit of world.appointments) if (visit.id === one.appointmentId && visit.messages) visit.messages.state = state;
  world.hint('message', one.id);
  return ok(one);
};

const inbound: Area = (call, world, [id]) => {
  if (!id) {
    const open = call.query.get('open') === 'true';
    return page(world.inbound.filter((one) => (one.handledAt === null) === open));
  }
  const one = found(world.inbound.find((each) => each.id === id));
  seen(call, one, world);
  Object.assign(one, { handledAt: NOW, handledBy: 'Andrea Molina', version: one.version + 1 });
  world.hint('inbound-message', one.id);
  return ok(one);
};

const areas: Record<string, Area> = {
  '': clinic,
  members,
  patients,
  practitioners: practitionersArea('practitioners', 'practitioner'),
  'healthcare-services': practitionersArea('services', 'healthcare-service'),
  appointments,
  'whatsapp-lines': lines,
  'message-templates': templates,
  messages,
  'inbound-messages': inbound,
};
