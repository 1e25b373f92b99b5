import type { CannedReply, Conversation, ConversationEntry, InboxTeam } from '../src/api/conversations.ts';
import type { InboundMessage, ManualContent, Message } from '../src/api/types.ts';
import { turnsBeside } from './assistant.ts';
import { type Area, type Call, fold, found, ok, once, page, Refusal, seen } from './call.ts';
import { flowSessionsOf } from './flows.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';
import { openTicket } from './tickets.ts';
import { uploadOf } from './uploads.ts';
import type { World } from './world.ts';

const ME = 'Andrea Molina';
const MARCELA = { memberId: 'marcela', name: 'Marcela Paz', you: false };
const minutesFromNow = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();

/** What of a conversation is kept here; everything else follows from the messages. */
export interface ConversationState {
  id: string;
  contactId: string;
  state: Conversation['state'];
  priority: Conversation['priority'];
  labels: string[];
  assignee: Conversation['assignee'];
  snoozedUntil: string | null;
  resolvedAt: string | null;
  read: boolean;
  linked: { id: string; displayName: string } | null;
  team: Conversation['team'];
  lastAnswerId: string | null;
  extra: ConversationEntry[];
  version: number;
}

export const cannedReplies = (): CannedReply[] => [
  {
    id: newId(),
    shortcut: 'hora-urgencia',
    text: 'Venite ahora, {{patient.givenName}}: te atendemos entre turnos.',
    updatedAt: NOW,
    updatedBy: ME,
    version: 0,
  },
  {
    id: newId(),
    shortcut: 'horas-hoy',
    text: '{{patient.givenName}}, hoy te podemos ver a las 16:30 o a las 17:30.',
    updatedAt: NOW,
    updatedBy: ME,
    version: 0,
  },
];

const isOpen = (one: InboundMessage) => one.handledAt === null;
const writtenBy = (world: World, contactId: string) => world.inbound.filter((one) => one.contactId === contactId);

function stateOf(world: World, contactId: string): ConversationState {
  const known = world.conversations.get(contactId);
  if (known) return known;
  const open = writtenBy(world, contactId).some(isOpen);
  const made: ConversationState = {
    id: newId(),
    contactId,
    state: open ? 'open' : 'pending',
    priority: 'normal',
    labels: [],
    assignee: null,
    snoozedUntil: null,
    resolvedAt: null,
    read: !open,
    linked: null,
    team: null,
    lastAnswerId: null,
    extra: [],
    version: 1,
  };
  world.conversations.set(contactId, made);
  return made;
}

const entry = (id: string, kind: ConversationEntry['kind'], at: string, part: Partial<ConversationEntry>): ConversationEntry => ({
  id,
  kind,
  at,
  quotedId: null,
  targetId: null,
  inbound: null,
  outbound: null,
  note: null,
  event: null,
  ...part,
});

const sentTo = (world: World, contactId: string): Message[] => {
  const person = writtenBy(world, contactId).find((one) => one.patient)?.patient?.id;
  return world.messages.filter(
    (one) => one.state !== 'planned' && (one.contact?.id === contactId || (one.patient !== null && one.patient.id === person)),
  );
};

/** What messages of the clinic's quote or react to. */
const about = new WeakMap<Message, Pick<ConversationEntry, 'quotedId' | 'targetId'>>();
/** The files of messages of the clinic's. */
const files = new WeakMap<Message, string>();

const outbound = (one: Message, author: string | null): ConversationEntry =>
  entry(one.id, 'outbound', one.createdAt, {
    ...about.get(one),
    outbound: {
      occasion: one.kind,
      appointmentId: one.appointmentId,
      text: one.text,
      contentKind: one.contentKind,
      fileName: one.fileName,
      file: uploadOf(files.get(one) ?? ''),
      state: one.state,
      reason: one.reason,
      author,
      version: one.version,
    },
  });

function entriesOf(world: World, state: ConversationState): ConversationEntry[] {
  const inbound = writtenBy(world, state.contactId).map((one) => entry(one.id, 'inbound', one.sentAt, { inbound: one }));
  const sent = sentTo(world, state.contactId).map((one) => outbound(one, one.kind === 'manual' ? ME : null));
  return [...inbound, ...sent, ...state.extra].sort((a, b) => b.at.localeCompare(a.at));
}

function shown(world: World, state: ConversationState): Conversation {
  const inbound = writtenBy(world, state.contactId);
  const one = found(inbound[0]);
  const open = inbound.filter(isOpen).map((each) => each.sentAt);
  const waitingSince = state.state === 'open' ? (open.sort()[0] ?? null) : null;
  const said = entriesOf(world, state).find((each) => each.inbound || each.outbound);
  const line = found(world.lines.find((each) => each.defaultLine) ?? world.lines[0]);
  const people = state.linked ? [state.linked] : inbound.flatMap((each) => (each.patient ? [each.patient] : [])).slice(0, 1);
  return {
    id: state.id,
    contact: { id: state.contactId, name: one.senderName, phone: one.phone },
    line: { id: line.id, name: line.name },
    patients: people,
    linked: state.linked !== null,
    state: state.state,
    turn: state.state === 'pending' ? 'recado' : state.state === 'open' ? (waitingSince ? 'clinic' : 'patient') : null,
    priority: state.priority,
    waitingSince,
    snoozedUntil: state.snoozedUntil,
    assignee: state.assignee,
    team: state.team,
    responseWarnAt: world.scenario === 'runs-out' && waitingSince ? minutesFromNow(-2) : null,
    responseDueAt: world.scenario === 'runs-out' && waitingSince ? minutesFromNow(3) : null,
    labels: state.labels,
    unread: !state.read,
    mentioned: false,
    handOver: handOverOf(world, state),
    openedAt: one.sentAt,
    firstResponseAt: null,
    resolvedAt: state.resolvedAt,
    lastAt: said?.at ?? one.sentAt,
    last: said
      ? {
          at: said.at,
          by: said.inbound ? (said.inbound.fromMe ? 'clinic' : 'patient') : said.outbound?.occasion === 'manual' ? 'clinic' : 'recado',
          kind: said.inbound?.kind ?? said.outbound?.contentKind ?? 'text',
          text: said.inbound?.text ?? said.outbound?.text ?? null,
          state: said.outbound?.state ?? null,
        }
      : null,
    lastAnswerId: state.lastAnswerId,
    version: state.version,
  };
}

/** Somebody asked for a person three minutes and twelve seconds before their time is over. */
function handOverOf(world: World, state: ConversationState): Conversation['handOver'] {
  const asks = world.scenario === 'hand-over' && state.assignee === null && writtenBy(world, state.contactId)[0]?.senderName === 'Bruno';
  const from = Date.parse(NOW);
  return asks
    ? {
        cause: 'patient',
        requestedAt: new Date(from - 108_000).toISOString(),
        deadlineAt: new Date(from + 192_000).toISOString(),
        timedOut: false,
      }
    : null;
}

const all = (world: World): ConversationState[] =>
  [...new Set(world.inbound.flatMap((one) => (one.contactId ? [one.contactId] : [])))].map((id) => stateOf(world, id));

const settle = (world: World, state: ConversationState) => {
  for (const one of writtenBy(world, state.contactId)) {
    if (isOpen(one) && one.kind !== 'identity-changed') Object.assign(one, { handledAt: NOW, handledBy: ME, version: one.version + 1 });
  }
};

function happened(state: ConversationState, kind: string, detail: string | null): void {
  state.extra.push(
    entry(newId(), 'event', NOW, { event: { kind: kind as NonNullable<ConversationEntry['event']>['kind'], actor: ME, detail } }),
  );
}

function replied(call: Call, world: World, state: ConversationState) {
  const { content, quotedId, lastAnswerId } = call.body as unknown as {
    content: ManualContent;
    quotedId: string | null;
    lastAnswerId: string | null;
  };
  if (world.scenario === 'answered-meanwhile' && state.lastAnswerId === null) {
    // Marcela is faster, once.
    const id = newId();
    state.extra.push({ ...outbound({ ...blank(), id, text: 'Sí, hasta las 18.' }, MARCELA.name) });
    state.lastAnswerId = id;
    state.version += 1;
    settle(world, state);
    world.hint('conversation', state.id);
  }
  if (state.lastAnswerId !== (lastAnswerId ?? null)) throw new Refusal(409, 'answered-meanwhile');
  const one = writtenBy(world, state.contactId)[0];
  const message: Message = {
    ...blank(),
    id: newId(),
    patient: one?.patient ?? null,
    contact: one?.patient ? null : { id: state.contactId, name: one?.senderName ?? null },
    phone: one?.phone ?? null,
    text: 'text' in content ? (content.text ?? null) : null,
    contentKind: content.kind,
    fileName: content.kind === 'document' ? content.fileName : null,
  };
  about.set(message, { quotedId: quotedId ?? null, targetId: null });
  if ('mediaId' in content) files.set(message, content.mediaId);
  world.messages.push(message);
  settle(world, state);
  Object.assign(state, { state: 'open', lastAnswerId: message.id, version: state.version + 1 });
  world.hint('conversation', state.id);
  return { status: 201, body: outbound(message, ME) };
}

/** A sign answers nothing: whoever waits goes on waiting. */
function reacted(call: Call, world: World, state: ConversationState, targetId: string) {
  const one = writtenBy(world, state.contactId)[0];
  const message: Message = {
    ...blank(),
    id: newId(),
    patient: one?.patient ?? null,
    contact: one?.patient ? null : { id: state.contactId, name: one?.senderName ?? null },
    phone: one?.phone ?? null,
    text: String(call.body.emoji),
    contentKind: 'reaction',
  };
  about.set(message, { quotedId: null, targetId });
  // Everything happens at one moment here, so that a later sign takes the place of an earlier one.
  world.messages = world.messages.filter((before) => before.contentKind !== 'reaction' || about.get(before)?.targetId !== targetId);
  world.messages.push(message);
  world.hint('conversation', state.id);
  return { status: 201, body: outbound(message, ME) };
}

const blank = (): Message => ({
  id: '',
  direction: 'outbound',
  kind: 'manual',
  appointmentId: null,
  patient: null,
  contact: null,
  phone: null,
  text: null,
  contentKind: 'text',
  fileName: null,
  state: 'sent',
  reason: null,
  dueAt: NOW,
  usefulUntil: NOW,
  createdAt: NOW,
  updatedAt: NOW,
  template: null,
  carriedBy: null,
  steps: [{ state: 'sent', at: NOW, reason: null }],
  version: 1,
});

function listed(call: Call, world: World) {
  const query = call.query;
  const assignee = query.get('assignee');
  const wanted = (name: string, value: string | null) => !query.get(name) || query.get(name) === value;
  const items = all(world)
    .map((state) => shown(world, state))
    .filter(
      (one) =>
        wanted('turn', one.turn) &&
        wanted('state', one.state) &&
        wanted('lineId', one.line.id) &&
        (!query.get('teamId') || one.team?.id === query.get('teamId')) &&
        (!query.get('label') || one.labels.includes(query.get('label') as string)) &&
        (!query.get('patientId') || one.patients.some((patient) => patient.id === query.get('patientId'))) &&
        (!assignee ||
          (assignee === 'none' ? one.assignee === null : assignee === 'me' ? one.assignee?.you : one.assignee?.memberId === assignee)),
    );
  const waits = query.get('turn') === 'clinic';
  items.sort((a, b) =>
    waits
      ? b.priority.localeCompare(a.priority) || (a.waitingSince ?? '').localeCompare(b.waitingSince ?? '')
      : b.lastAt.localeCompare(a.lastAt),
  );
  return page(items);
}

function searched(call: Call, world: World) {
  const words = fold(String(call.body.text)).split(/\s+/);
  const items = all(world).flatMap((state) => {
    const one = shown(world, state);
    return entriesOf(world, state)
      .map((each) => ({
        each,
        text: each.inbound?.text ?? each.note?.text ?? (each.outbound?.occasion === 'manual' ? each.outbound.text : null),
      }))
      .filter(({ text }) => text && words.every((word) => fold(text).includes(word)))
      .map(({ each, text }) => ({
        conversationId: state.id,
        entryId: each.id,
        at: each.at,
        contact: one.contact,
        patients: one.patients,
        by: each.inbound && !each.inbound.fromMe ? ('patient' as const) : ('clinic' as const),
        text: text as string,
      }));
  });
  return ok({ items });
}

export const conversations: Area = (call, world, [id, action, entryId]) => {
  if (!id) return listed(call, world);
  if (id === 'search') return searched(call, world);
  const state = found(all(world).find((one) => one.id === id));
  if (action === 'entries' && entryId) return once(call, world, () => reacted(call, world, state, entryId));
  if (action === 'entries') return page(entriesOf(world, state));
  if (action === 'flow-sessions') return ok({ items: flowSessionsOf(world, state.contactId) });
  if (action === 'assistant-turns') return ok({ items: turnsBeside(world, flowSessionsOf(world, state.contactId).length > 0) });
  if (action === 'typing') {
    if (call.method === 'POST') return { status: 204 };
    const writes = world.scenario === 'colleague-writes';
    return ok({ items: writes ? [{ memberId: MARCELA.memberId, name: MARCELA.name, until: NOW }] : [] });
  }
  if (action === 'read') {
    state.read = true;
    return { status: 204 };
  }
  if (action === 'tickets') return openTicket(call, world, shown(world, state));
  if (action === 'messages') return once(call, world, () => replied(call, world, state));
  if (action === 'notes') {
    return once(call, world, () => {
      const note = entry(newId(), 'note', NOW, {
        note: { text: String(call.body.text), author: ME, mentions: (call.body.mentions as string[] | undefined) ?? [] },
      });
      state.extra.push(note);
      world.hint('conversation', state.id);
      return { status: 201, body: { id: note.id } };
    });
  }
  if (call.method === 'GET') return ok(shown(world, state));
  seen(call, state, world);
  change(call, world, state, action);
  state.version += 1;
  world.hint('conversation', state.id);
  return ok(shown(world, state));
};

function change(call: Call, world: World, state: ConversationState, action: string | undefined): void {
  if (action === 'take') {
    state.assignee = { memberId: 'me', name: ME, you: true };
    happened(state, 'assigned', ME);
  } else if (action === 'assign') {
    state.assignee = call.body.memberId === MARCELA.memberId ? MARCELA : null;
    happened(state, state.assignee ? 'assigned' : 'unassigned', state.assignee?.name ?? null);
  } else if (action === 'team') {
    const team = world.teams.find((each) => each.id === call.body.teamId);
    state.team = team ? { id: team.id, name: team.name } : null;
    state.assignee = null;
    happened(state, 'team', team?.name ?? null);
  } else if (action === 'resolve' || action === 'leave-to-recado') {
    settle(world, state);
    Object.assign(state, action === 'resolve' ? { state: 'resolved', resolvedAt: NOW } : { state: 'pending', resolvedAt: null });
    happened(state, action === 'resolve' ? 'resolved' : 'left-to-recado', null);
  } else if (action === 'hand-over') {
    state.assignee = null;
    happened(state, 'handed-over', null);
  } else if (action === 'reopen') {
    Object.assign(state, { state: 'open', resolvedAt: null, snoozedUntil: null });
    happened(state, 'reopened', null);
  } else if (action === 'snooze') {
    Object.assign(state, { state: 'snoozed', snoozedUntil: String(call.body.until) });
    happened(state, 'snoozed', state.snoozedUntil);
  } else if (action === 'link') {
    const person = found(world.patients.find((one) => one.id === call.body.patientId));
    state.linked = { id: person.id, displayName: person.displayName };
    happened(state, 'linked', person.displayName);
  } else if (action === 'unlink') {
    state.linked = null;
    happened(state, 'unlinked', null);
  } else {
    Object.assign(state, { priority: call.body.priority, labels: [...(call.body.labels as string[])].sort() });
  }
}

export const conversationCounts: Area = (_, world) => {
  const open = all(world)
    .map((state) => shown(world, state))
    .filter((one) => one.state !== 'resolved');
  return ok({
    waiting: open.filter((one) => one.turn === 'clinic').length,
    mine: open.filter((one) => one.assignee?.you).length,
    unassigned: open.filter((one) => one.assignee === null).length,
    open: open.length,
    asking: open.filter((one) => one.handOver !== null).length,
  });
};

export const inboxMembers: Area = () =>
  ok({
    items: [
      { memberId: 'me', name: ME, you: true, available: false, open: 0 },
      { ...MARCELA, available: true, open: 2 },
    ],
  });

export const inboxPresence: Area = () => ({ status: 204 });

export const inboxSettings: Area = (call, world) => {
  if (call.method === 'PUT') {
    seen(call, world.inboxSettings, world);
    Object.assign(world.inboxSettings, call.body, { version: world.inboxSettings.version + 1 });
  }
  return ok(world.inboxSettings);
};

export const inboxTeams: Area = (call, world, [id]) => {
  const twice = world.teams.some((each) => each.id !== id && each.name === call.body?.name);
  if (!id && call.method === 'POST') {
    return once(call, world, () => {
      if (twice) throw new Refusal(409, 'team-name-taken');
      const made = { id: newId(), version: 0, ...call.body } as InboxTeam;
      world.teams.push(made);
      return { status: 201, body: made };
    });
  }
  if (!id) return ok({ items: world.teams });
  const one = found(world.teams.find((each) => each.id === id));
  if (call.method === 'GET') return ok(one);
  seen(call, one, world);
  if (call.method === 'DELETE') {
    world.teams = world.teams.filter((each) => each !== one);
    return { status: 204 };
  }
  if (twice) throw new Refusal(409, 'team-name-taken');
  Object.assign(one, call.body, { version: one.version + 1 });
  return ok(one);
};

export const conversationLabels: Area = (_, world) => ok({ items: [...new Set(all(world).flatMap((one) => one.labels))].sort() });

export const handOverSettings: Area = (call, world) => {
  if (call.method === 'PUT') {
    seen(call, world.handOvers, world);
    Object.assign(world.handOvers, call.body, { version: world.handOvers.version + 1 });
  }
  return ok(world.handOvers);
};

export const canned: Area = (call, world, [id]) => {
  if (!id && call.method === 'POST') {
    return once(call, world, () => {
      const made = { id: newId(), updatedAt: NOW, updatedBy: ME, version: 0, ...call.body } as CannedReply;
      world.canned.push(made);
      return { status: 201, body: made };
    });
  }
  if (!id) return ok({ items: world.canned });
  const one = found(world.canned.find((each) => each.id === id));
  if (call.method === 'GET') return ok(one);
  seen(call, one, world);
  if (call.method === 'DELETE') {
    world.canned = world.canned.filter((each) => each !== one);
    return { status: 204 };
  }
  Object.assign(one, call.body, { version: one.version + 1 });
  return ok(one);
};

/** What was said on the default line of the mock's day; how fast people answered is made up. */
/** Their answers are spread over some hours of Monday to Friday. */
const person = (name: string | null, answered: number, hours: number[]) => ({
  ownPhone: false,
  name,
  answered,
  firstAnswers: Math.ceil(answered / 2),
  medianMinutes: answered / 3,
  resolved: Math.floor(answered / 3),
  byHour: [1, 2, 3, 4, 5].flatMap((day) => hours.map((hour) => ({ day, hour, count: 1 + ((day * hour) % 4) }))),
});

export const conversationStatistics: Area = (_call, world) => {
  const line = world.lines.find((each) => each.defaultLine) ?? world.lines[0];
  const received = world.inbound.filter((one) => !one.fromMe).length;
  if (!line || received === 0) return ok({ items: [], people: [] });
  return ok({
    items: [
      {
        lineId: line.id,
        name: line.name,
        received,
        people: new Set(world.inbound.map((one) => one.contactId)).size,
        answered: world.messages.filter((one) => one.kind === 'manual').length,
        waits: received,
        unanswered: world.inbound.filter(isOpen).length,
        medianMinutes: 12.4,
      },
    ],
    people: [
      person(MARCELA.name, 41, [9, 10, 11, 16]),
      person(ME, 17, [12, 13]),
      { ...person(null, 6, [20]), ownPhone: true, resolved: 0 },
    ],
  });
};
