import type {
  Appointment,
  HealthcareService,
  InboundMessage,
  LineHistoryItem,
  Me,
  Member,
  Message,
  MessageState,
  MessageTemplate,
  Organization,
  Patient,
  PlatformOrganization,
  Practitioner,
  TimelineItem,
  WhatsAppLine,
} from '../src/api/types.ts';
import { CLINIC, familyNames, givenNames, NOW, practitioners, SECOND, services, today } from './names.ts';

/** What a test asks of the mock: which state everything is in. */
export type Scenario =
  | 'full'
  | 'empty'
  | 'error'
  | 'loading'
  | 'line-down'
  | 'line-new'
  | 'pairing'
  | 'pairing-expired'
  | 'reconnecting'
  | 'halted'
  | 'gateway-down'
  | 'practitioner'
  | 'platform'
  | 'taken'
  | 'stale';

/** Everything one signed-in test sees; each token has its own. */
export interface World {
  scenario: Scenario;
  me: Me;
  organization: Organization;
  members: Member[];
  patients: Patient[];
  practitioners: Practitioner[];
  services: HealthcareService[];
  appointments: Appointment[];
  timelines: Map<string, TimelineItem[]>;
  line: WhatsAppLine | null;
  lineHistory: LineHistoryItem[];
  templates: MessageTemplate[];
  messages: Message[];
  inbound: InboundMessage[];
  platform: PlatformOrganization[];
  answered: Map<string, { body: string; answer: unknown }>;
  hint: (kind: string, id: string) => void;
}

let serial = 0;
export function newId(): string {
  serial += 1;
  return `0197a100-0000-7000-8000-${String(serial).padStart(12, '0')}`;
}
const at = (date: string, time: string) => new Date(`${date}T${time}:00-03:00`).toISOString().replace('.000', '');
const plus = (instant: string, minutes: number) => new Date(Date.parse(instant) + minutes * 60_000).toISOString().replace('.000', '');

export function createWorld(scenario: Scenario): World {
  const empty = scenario === 'empty' || scenario === 'line-new';
  const world: World = {
    scenario,
    me: meOf(scenario),
    organization: {
      id: CLINIC.id,
      name: CLINIC.name,
      alias: CLINIC.alias,
      country: 'AR',
      timeZone: CLINIC.zone,
      locale: 'es',
      visitWord: 'turno',
      declineAction: 'ask-staff',
      reminderLeadMinutes: 1440,
      confirmationOnBooking: true,
      quietHours: { from: '21:00', to: '08:00' },
      version: 3,
    },
    members: [
      { id: newId(), email: 'andrea@arrayan.example', name: 'Andrea Molina', roles: ['owner'], you: true },
      { id: newId(), email: 'rocio@arrayan.example', name: 'Rocío Paredes', roles: ['receptionist'], you: false },
      { id: newId(), email: 'lucia@arrayan.example', name: 'Lucía Ferreyra', roles: ['practitioner'], you: false },
    ],
    patients: [],
    practitioners: practitioners.map(([displayName, specialty], index) => ({
      id: newId(),
      displayName,
      specialty,
      colour: index,
      active: true,
      version: 1,
    })),
    services: services.map(([name, durationMinutes]) => ({ id: newId(), name, durationMinutes, active: true, version: 1 })),
    appointments: [],
    timelines: new Map(),
    line: lineOf(scenario),
    lineHistory: [],
    templates: templatesOf(),
    messages: [],
    inbound: [],
    platform: [],
    answered: new Map(),
    hint: () => {},
  };
  if (scenario === 'empty') world.practitioners = world.practitioners.slice(0, 2);
  if (!empty) {
    fillDay(world);
    fillWeek(world);
    fillInbound(world);
    fillHistory(world);
    fillPlatform(world);
  }
  return world;
}

function meOf(scenario: Scenario): Me {
  const role = scenario === 'practitioner' ? 'practitioner' : 'owner';
  return {
    subject: 'andrea',
    name: 'Andrea Molina',
    email: 'andrea@arrayan.example',
    platformAdmin: scenario === 'platform' || scenario === 'error' || scenario === 'loading' || scenario === 'empty',
    organizations: [
      {
        id: CLINIC.id,
        alias: CLINIC.alias,
        name: CLINIC.name,
        roles: [role],
        country: 'AR',
        timeZone: CLINIC.zone,
        locale: 'es',
        visitWord: 'turno',
      },
      {
        id: SECOND.id,
        alias: SECOND.alias,
        name: SECOND.name,
        roles: ['receptionist'],
        country: 'CO',
        timeZone: SECOND.zone,
        locale: 'es',
        visitWord: 'cita',
      },
    ],
  };
}

function lineOf(scenario: Scenario): WhatsAppLine | null {
  if (scenario === 'line-new') return null;
  const line: WhatsAppLine = {
    id: '0197a000-0000-7000-8000-00000000000a',
    name: 'Recepción',
    state: 'linked',
    cause: 'none',
    since: at('2026-11-20', '18:40'),
    nextAttemptAt: null,
    phone: '+5493515550148',
    profileName: 'Odontología Arrayán',
    gatewayReachable: true,
    qr: null,
    waitingMessages: 0,
    version: 4,
  };
  const since = at('2026-11-24', '10:19');
  if (scenario === 'line-down') return { ...line, state: 'needs-pairing', cause: 'logged-out-on-phone', since, waitingMessages: 4 };
  if (scenario === 'pairing') return { ...line, state: 'pairing', cause: 'none', since, waitingMessages: 4 };
  if (scenario === 'pairing-expired') return { ...line, state: 'needs-pairing', cause: 'qr-expired', since, waitingMessages: 4 };
  if (scenario === 'reconnecting')
    return { ...line, state: 'reconnecting', cause: 'network', since, waitingMessages: 2, nextAttemptAt: at('2026-11-24', '10:43') };
  if (scenario === 'halted') return { ...line, state: 'halted', cause: 'opened-elsewhere', since, waitingMessages: 6 };
  if (scenario === 'gateway-down') return { ...line, gatewayReachable: false, waitingMessages: 2 };
  return line;
}

function patient(world: World, displayName: string): Patient {
  const known = world.patients.find((one) => one.displayName === displayName);
  if (known) return known;
  const [givenName = '', ...rest] = displayName.split(' ');
  const number = String(5550100 + world.patients.length).slice(-7);
  const out = displayName === 'Lautaro Pereyra';
  const made: Patient = {
    id: newId(),
    givenName,
    familyName: rest.join(' '),
    displayName,
    phone: `+549351${number}`,
    phoneNational: `0351 15-${number.slice(0, 3)}-${number.slice(3)}`,
    birthDate: `${1960 + ((world.patients.length * 7) % 55)}-0${1 + (world.patients.length % 9)}-1${world.patients.length % 9}`,
    language: 'es',
    notes: world.patients.length % 6 === 0 ? 'Alergia a la penicilina. Prefiere la mañana.' : null,
    messaging: out ? 'opted-out' : 'allowed',
    optedOutAt: out ? at('2026-10-02', '11:20') : null,
    createdAt: at('2024-03-14', '09:00'),
    version: 1,
  };
  world.patients.push(made);
  return made;
}

function visit(world: World, date: string, row: (typeof today)[number]): Appointment {
  const [who, time, minutes, name, service, status, participation, message] = row;
  const person = patient(world, name);
  const start = at(date, time);
  const practitioner = world.practitioners[who] as Practitioner;
  const care = world.services[service] as HealthcareService;
  const early = plus(start, -1440) > NOW;
  // Before its reminder is due, what a visit has heard is the confirmation sent when it was booked.
  const reminded = early ? '2026-11-16T12:12:00Z' : plus(start, -1440);
  const answered = participation === 'accepted' || participation === 'declined';
  const made: Appointment = {
    id: newId(),
    patient: { id: person.id, displayName: name, phone: person.phone, messaging: person.messaging },
    practitioner: { id: practitioner.id, displayName: practitioner.displayName },
    healthcareService: { id: care.id, name: care.name },
    start,
    end: plus(start, minutes),
    timeZone: CLINIC.zone,
    status,
    participation,
    participationSource: answered ? 'patient' : null,
    participationText: participation === 'accepted' ? '1' : participation === 'declined' ? 'no puedo' : null,
    participationAt: answered ? plus(reminded, 42) : null,
    cancellationReason: null,
    arrivedAt: status === 'arrived' ? plus(NOW, -8) : null,
    checkedInAt: status === 'checked-in' ? plus(NOW, -20) : null,
    messages: { kind: early ? 'confirmation' : 'reminder', state: message as MessageState, at: plus(reminded, early ? 0 : 6) },
    version: 2,
    createdAt: at('2026-11-16', '09:12'),
  };
  world.appointments.push(made);
  tell(world, made);
  return made;
}

function tell(world: World, made: Appointment): void {
  const state = made.messages?.state ?? 'planned';
  const reminded = made.messages?.at ?? made.createdAt;
  const item = (when: string, kind: string, extra: Partial<TimelineItem> = {}): TimelineItem => ({
    at: when,
    kind,
    messageId: null,
    messageKind: null,
    state: null,
    reason: null,
    text: null,
    ...extra,
  });
  const steps: MessageState[] =
    state === 'read'
      ? ['sent', 'delivered', 'read']
      : state === 'delivered'
        ? ['sent', 'delivered']
        : state === 'planned'
          ? []
          : ['sending', state];
  const text = `Hola, ${made.patient.displayName.split(' ')[0]}. Te esperamos mañana a las ${clockOf(made.start)} con ${made.practitioner.displayName}. Respondé 1 para confirmar o 2 si no podés venir.`;
  const message: Message = {
    id: newId(),
    direction: 'outbound',
    kind: made.messages?.kind ?? 'reminder',
    appointmentId: made.id,
    patient: { id: made.patient.id, displayName: made.patient.displayName },
    phone: made.patient.phone,
    text,
    state,
    reason: state === 'failed' ? 'not-on-whatsapp' : state === 'unknown' ? 'no-acknowledgement' : null,
    dueAt: reminded,
    usefulUntil: plus(made.start, -60),
    createdAt: plus(reminded, -30),
    updatedAt: plus(reminded, steps.length),
    steps: [
      { state: 'planned', at: made.createdAt, reason: null },
      ...steps.map((step, index) => ({
        state: step,
        at: plus(reminded, index),
        reason: step === 'failed' ? 'not-on-whatsapp' : step === 'unknown' ? 'no-acknowledgement' : null,
      })),
    ],
    version: 3,
  };
  world.messages.push(message);
  world.timelines.set(made.id, [
    item(made.createdAt, 'appointment-booked'),
    ...steps.map((step, index) =>
      item(plus(reminded, index), 'message', {
        messageId: message.id,
        messageKind: message.kind,
        state: step,
        reason: step === 'failed' || step === 'unknown' ? message.reason : null,
      }),
    ),
    ...(made.participationText ? [item(made.participationAt ?? reminded, 'answer', { text: made.participationText })] : []),
    ...(made.arrivedAt ? [item(made.arrivedAt, 'appointment-arrived')] : []),
    ...(made.checkedInAt ? [item(made.checkedInAt, 'appointment-checked-in')] : []),
  ]);
}

const clockOf = (instant: string) => new Date(Date.parse(instant) - 3 * 3_600_000).toISOString().slice(11, 16);

function fillDay(world: World): void {
  for (const row of today) visit(world, '2026-11-24', row);
  for (const date of ['2026-09-15', '2026-07-02', '2026-05-28']) {
    visit(world, date, [0, '10:15', 45, 'Rosa Benítez', 2, date === '2026-05-28' ? 'noshow' : 'fulfilled', 'accepted', 'read']);
  }
  visit(world, '2026-12-17', [0, '09:30', 30, 'Rosa Benítez', 1, 'booked', 'needs-action', 'planned']);
}

function fillWeek(world: World): void {
  const days = ['2026-11-23', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'];
  days.forEach((date, day) => {
    for (let slot = 0; slot < 9; slot += 1) {
      const name = `${givenNames[(slot * 5 + day * 3) % 12]} ${familyNames[(slot * 7 + day) % 12]}`;
      const time = `${String(8 + slot + (slot > 4 ? 1 : 0)).padStart(2, '0')}:${slot % 2 ? '30' : '00'}`;
      const past = day === 0;
      visit(world, date, [
        slot % 4,
        time,
        slot % 3 === 0 ? 45 : 30,
        name,
        slot % 8,
        past ? 'fulfilled' : 'booked',
        past || slot % 3 === 1 ? 'accepted' : slot % 5 === 4 ? 'declined' : 'needs-action',
        past || slot % 3 === 1 ? 'read' : slot % 5 === 4 ? 'read' : 'planned',
      ]);
    }
  });
}

function fillInbound(world: World): void {
  const rows: [string, string, string, InboundMessage['outcome'], string | null, string | null][] = [
    ['Bruno Maidana', '10:31', 'no puedo, ¿tienen algo el jueves a la tarde?', 'declined', 'ask-staff', null],
    ['Florencia Luna', '09:58', '¿Tengo que ir en ayunas?', 'for-staff', 'not-understood', null],
    ['Rosa Benítez', '09:12', 'Llevo la radiografía?', 'for-staff', 'not-understood', null],
    ['Sofía Heredia', '08:03', '1', 'accepted', null, '08:03'],
    ['Julián Ledesma', '07:55', 'sí, gracias', 'accepted', null, '07:55'],
  ];
  for (const [name, time, text, outcome, reason, handled] of rows) {
    const person = patient(world, name);
    const sentAt = at('2026-11-24', time);
    world.inbound.push({
      id: newId(),
      patient: { id: person.id, displayName: name },
      phone: person.phone,
      senderName: name.split(' ')[0] ?? null,
      text,
      kind: 'text',
      chatKind: 'direct',
      fromMe: false,
      sentAt,
      receivedAt: sentAt,
      outcome,
      reason,
      appointmentId: world.appointments.find((one) => one.patient.id === person.id)?.id ?? null,
      handledAt: handled ? at('2026-11-24', handled) : null,
      handledBy: null,
      version: 1,
    });
  }
}

function fillHistory(world: World): void {
  const rows: [string, string, LineHistoryItem['state'], LineHistoryItem['cause']][] = [
    ['2026-11-24', '08:12', 'linked', 'none'],
    ['2026-11-24', '08:11', 'reconnecting', 'network'],
    ['2026-11-20', '18:40', 'linked', 'none'],
    ['2026-11-20', '18:38', 'pairing', 'none'],
    ['2026-11-20', '18:31', 'needs-pairing', 'logged-out-on-phone'],
    ['2026-11-18', '12:05', 'stopped', 'stopped-here'],
  ];
  world.lineHistory = rows.map(([date, time, state, cause]) => ({ at: at(date, time), state, cause }));
  if (world.line && world.line.state !== 'linked')
    world.lineHistory.unshift({ at: world.line.since ?? NOW, state: world.line.state, cause: world.line.cause });
}

function fillPlatform(world: World): void {
  const rows: [string, string, string, string, PlatformOrganization['state'], WhatsAppLine['state'] | null][] = [
    ['Odontología Arrayán', 'odontologia-arrayan', 'AR', CLINIC.zone, 'active', 'linked'],
    ['Clínica Los Almendros', 'los-almendros', 'CO', SECOND.zone, 'active', 'linked'],
    ['Centro Óptico Mirada', 'optico-mirada', 'AR', 'America/Argentina/Buenos_Aires', 'active', 'needs-pairing'],
    ['Clínica Bem-Estar', 'bem-estar', 'BR', 'America/Sao_Paulo', 'active', 'reconnecting'],
    ['Kinesiología del Sur', 'kinesiologia-del-sur', 'AR', 'America/Argentina/Ushuaia', 'active', 'halted'],
    ['Pediatría Jacarandá', 'pediatria-jacaranda', 'UY', 'America/Montevideo', 'provisioning', null],
  ];
  world.platform = rows.map(([name, alias, country, timeZone, state, line], index) => ({
    id: newId(),
    name,
    alias,
    country,
    timeZone,
    locale: country === 'BR' ? 'pt-BR' : 'es',
    state,
    createdAt: at(`2026-1${index % 2}-0${index + 1}`, '10:00'),
    line: line ? { state: line } : null,
  }));
}

function templatesOf(): MessageTemplate[] {
  const bodies: Record<string, [string, string | null]> = {
    reminder: [
      'Hola, {{patient.givenName}}. Te escribimos de {{organization.name}}.\nTe esperamos el {{appointment.date}} a las {{appointment.time}} con {{practitioner.displayName}}.\n\nRespondé:\n1 para confirmar\n2 si no podés venir',
      'Hello, {{patient.givenName}}. This is {{organization.name}}.\nWe expect you on {{appointment.date}} at {{appointment.time}} with {{practitioner.displayName}}.\n\nReply:\n1 to confirm\n2 if you cannot come',
    ],
    confirmation: [
      'Hola, {{patient.givenName}}. Tu turno de {{service.name}} quedó para el {{appointment.date}} a las {{appointment.time}}.',
      'Hello, {{patient.givenName}}. Your visit is booked for {{appointment.date}} at {{appointment.time}}.',
    ],
    cancellation: ['Hola, {{patient.givenName}}. Tu turno del {{appointment.date}} a las {{appointment.time}} quedó cancelado.', null],
    reschedule: ['Hola, {{patient.givenName}}. Tu turno cambió: ahora es el {{appointment.date}} a las {{appointment.time}}.', null],
  };
  return Object.entries(bodies).flatMap(([kind, [es, en]]) =>
    (
      [
        ['es', es],
        ['en', en],
      ] as const
    )
      .filter(([, body]) => body !== null)
      .map(([language, body]) => ({
        id: newId(),
        kind: kind as MessageTemplate['kind'],
        language,
        body: body as string,
        version: 1,
        updatedAt: at('2026-11-10', '10:22'),
        default: kind !== 'reminder',
      })),
  );
}
