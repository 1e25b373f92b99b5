import type {
  Appointment,
  HealthcareService,
  InboundMessage,
  Message,
  MessageState,
  Patient,
  Practitioner,
  TimelineItem,
} from '../src/api/types.ts';
import { at, newId, plus } from './made.ts';
import { CLINIC, familyNames, givenNames, NOW, today } from './names.ts';
import { reachedAt } from './phones.ts';
import type { World } from './world.ts';

/** Every other one brought a document. */
function paperOf(place: number): Pick<Patient, 'identifiers' | 'gender'> {
  const value = String(28_114_207 + place * 431_903);
  const formatted = value.replace(/\B(?=(\d{3})+$)/g, '.');
  return place % 2 === 0 ? { identifiers: [{ kind: 'ar-dni', value, formatted }], gender: 'female' } : { identifiers: [], gender: null };
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
    ...reachedAt(`+549351${number}`, `0351 15-${number.slice(0, 3)}-${number.slice(3)}`),
    birthDate: `${1960 + ((world.patients.length * 7) % 55)}-0${1 + (world.patients.length % 9)}-1${world.patients.length % 9}`,
    language: 'es',
    otherLanguages: displayName === 'Rosa Benítez' ? ['gn'] : [],
    notes: world.patients.length % 6 === 0 ? 'Alergia a la penicilina. Prefiere la mañana.' : null,
    messaging: out ? 'opted-out' : 'allowed',
    optedOutAt: out ? at('2026-10-02', '11:20') : null,
    marketing: 'allowed',
    ...paperOf(world.patients.length),
    email: null,
    tags: world.patients.length % 7 === 2 ? ['ortodoncia'] : [],
    customFields: [],
    archivedAt: null,
    restrictedAt: null,
    restrictionReason: null,
    createdAt: at('2024-03-14', '09:00'),
    version: 1,
  };
  world.patients.push(made);
  return made;
}

export function visit(world: World, date: string, row: (typeof today)[number]): Appointment {
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
    patient: {
      id: person.id,
      displayName: name,
      phone: person.phone,
      messaging: person.messaging,
      restricted: person.restrictedAt !== null,
    },
    practitioner: { id: practitioner.id, displayName: practitioner.displayName },
    healthcareService: { id: care.id, name: care.name },
    location: null,
    room: null,
    insurance: null,
    start,
    end: plus(start, minutes),
    timeZone: CLINIC.zone,
    status,
    participation,
    participationSource: answered ? 'patient' : null,
    participationText: participation === 'accepted' ? '1' : participation === 'declined' ? 'no puedo' : null,
    participationAt: answered ? plus(reminded, 42) : null,
    note: null,
    cancellationCode: null,
    cancellationReason: null,
    noShowCode: null,
    noShowReason: null,
    reinstatableUntil: null,
    arrivedAt: status === 'arrived' ? plus(NOW, -8) : null,
    source: 'desk',
    outsideHours: false,
    overbooked: false,
    capacity: null,
    deposit: null,
    seriesId: null,
    customFields: [],
    checkedInAt: status === 'checked-in' ? plus(NOW, -20) : null,
    messages: { kind: early ? 'confirmation' : 'reminder', state: message as MessageState, at: plus(reminded, early ? 0 : 6) },
    version: 2,
    createdAt: at('2026-11-16', '09:12'),
  };
  if (name === 'Paula Oviedo') made.deposit = { state: 'due', amountMinor: 500_000, currency: 'ARS', dueAt: plus(NOW, 120) };
  world.appointments.push(made);
  tell(world, made);
  return made;
}

function tell(world: World, made: Appointment): void {
  const state = made.messages?.state ?? 'planned';
  const reminded = made.messages?.at ?? made.createdAt;
  const item = (when: string, kind: TimelineItem['kind'], extra: Partial<TimelineItem> = {}): TimelineItem => ({
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
    contact: null,
    phone: made.patient.phone,
    text,
    contentKind: 'text',
    fileName: null,
    state,
    reason: state === 'failed' ? 'not-on-whatsapp' : state === 'unknown' ? 'no-acknowledgement' : null,
    dueAt: reminded,
    template: null,
    carriedBy: null,
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
        messageKind: 'reminder',
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

export function fillDay(world: World): void {
  for (const row of today) visit(world, '2026-11-24', row);
  for (const date of ['2026-09-15', '2026-07-02', '2026-05-28']) {
    visit(world, date, [0, '10:15', 45, 'Rosa Benítez', 2, date === '2026-05-28' ? 'noshow' : 'fulfilled', 'accepted', 'read']);
  }
  // Short visits one after the other.
  for (const [time, name] of [
    ['09:00', 'Hugo Villalba'],
    ['09:15', 'Graciela Bazán'],
    ['09:30', 'Emilia Toranzo'],
    ['09:45', 'Camila Roldán'],
  ] as const)
    visit(world, '2026-11-30', [0, time, 15, name, 6, 'booked', 'needs-action', 'planned']);
  visit(world, '2026-12-17', [0, '09:30', 30, 'Rosa Benítez', 1, 'booked', 'needs-action', 'planned']);
}

export function fillWeek(world: World): void {
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

/** Two days of a large clinic: twenty practitioners, each with twenty visits one after the other. */
export function fillCrowd(world: World): void {
  const dates = ['2026-11-24', '2026-11-25'];
  const first = world.practitioners[0] as Practitioner;
  while (world.practitioners.length < 20) {
    const place = world.practitioners.length;
    world.practitioners.push({ ...first, id: newId(), displayName: `Profesional ${place + 1}`, colour: place % 8 });
  }
  const busy = new Set(world.appointments.filter((one) => dates.includes(one.start.slice(0, 10))).map((one) => one.id));
  world.appointments = world.appointments.filter((one) => !busy.has(one.id));
  for (const date of dates)
    for (let who = 0; who < 20; who += 1)
      for (let slot = 0; slot < 20; slot += 1) {
        const name = `${givenNames[(slot * 5 + who) % 12]} ${familyNames[(slot * 7 + who * 3) % 12]}`;
        const time = `${String(8 + Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 ? '30' : '00'}`;
        const accepted = (slot + who) % 3 !== 0;
        visit(world, date, [
          who,
          time,
          30,
          name,
          slot % 8,
          'booked',
          accepted ? 'accepted' : 'needs-action',
          accepted ? 'read' : 'planned',
        ]);
      }
}

/** A photograph that is kept, and a video that was too large. */
const files: Record<string, Partial<InboundMessage>> = {
  'Llevo la radiografía?': {
    kind: 'image',
    attachment: { kind: 'image', state: 'stored', contentType: 'image/png', size: 48_200, fileName: 'radiografia.png' },
  },
  'Puedo ir con mi hija?': {
    earlierTexts: [{ text: 'Puedo ir con mi hoja?', until: '2026-11-24T13:02:00Z' }],
    editedAt: '2026-11-24T13:02:00Z',
  },
  llamada: { text: null, kind: 'call', call: { video: false, missed: true } },
  teléfono: { text: null, kind: 'unavailable', unavailable: 'view-once' },
  número: { text: null, kind: 'identity-changed', newPhone: '+5491144445555' },
};

export function fillInbound(world: World): void {
  const rows: [string, string, string, InboundMessage['outcome'], string | null, string | null][] = [
    ['Bruno Maidana', '10:31', 'no puedo, ¿tienen algo el jueves a la tarde?', 'declined', 'ask-staff', null],
    ['Florencia Luna', '09:58', '¿Tengo que ir en ayunas?', 'for-staff', 'not-understood', null],
    ['Rosa Benítez', '09:12', 'Llevo la radiografía?', 'for-staff', 'not-understood', null],
    ['Rosa Benítez', '10:00', 'Puedo ir con mi hija?', 'for-staff', 'not-understood', null],
    ['Florencia Luna', '10:42', 'llamada', 'for-staff', 'missed-call', null],
    ['Bruno Maidana', '10:45', 'teléfono', 'for-staff', 'open-phone', null],
    ['Florencia Luna', '10:50', 'número', 'for-staff', 'identity-changed', null],
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
      attachment: null,
      location: null,
      contacts: [],
      contactId: person.id,
      call: null,
      unavailable: null,
      earlierTexts: [],
      editedAt: null,
      revokedAt: null,
      newPhone: null,
      version: 1,
      ...files[text],
    });
  }
  const some = world.inbound[1] as InboundMessage;
  if (world.scenario === 'who-wrote') {
    const writers: Partial<InboundMessage>[] = [
      // A mother with two children, and somebody whose number WhatsApp keeps to itself.
      { patient: null, senderName: 'Carla', text: '1', reason: 'ambiguous', appointmentId: null },
      { patient: null, senderName: 'Gabriela', text: 'Leo sí, Pía no', reason: 'several-visits', appointmentId: null },
      { patient: null, phone: null, senderName: 'Zoe', text: '¿Atienden por OSDE?', reason: 'unknown-sender', appointmentId: null },
    ];
    world.inbound = writers.map((one) => ({ ...some, ...one, id: newId(), contactId: newId() }));
  }
  // Somebody the clinic does not know.
  if (world.scenario === 'several-lines') {
    const stranger = { patient: null, phone: '+5493515550777', senderName: 'Zoe Quintana', appointmentId: null };
    world.inbound.push({ ...some, id: newId(), contactId: newId(), ...stranger, text: '¿Atienden por OSDE?', reason: 'unknown-sender' });
  }
}
