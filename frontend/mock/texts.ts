import type { CandidateVisits, InboundMessage, Message, NewMessage } from '../src/api/types.ts';
import { type Answer, type Area, type Call, found, ok, once, page, Refusal, seen } from './call.ts';
import { writingLinesOf } from './lineWorld.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

export const messages: Area = (call, world, [id, what]) => {
  if (!id && call.method === 'POST') return once(call, world, () => written(call, world));
  if (!id) {
    const state = call.query.get('state');
    const from = call.query.get('from') ?? '';
    const channel = call.query.get('channel');
    const matching = world.messages
      .filter((one) => (!state || one.state === state) && one.updatedAt >= from && (!channel || world.lines[0]?.engine === channel))
      .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
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

function written(call: Call, world: World): Answer {
  const { patientId, contactId, content, despiteRestriction } = call.body as unknown as NewMessage;
  const patient = contactId ? null : found(world.patients.find((one) => one.id === patientId));
  if (patient?.restrictedAt && !despiteRestriction) throw new Refusal(409, 'patient-restricted');
  const writer = contactId ? found(world.inbound.find((one) => one.contactId === contactId)) : null;
  const message: Message = {
    id: newId(),
    direction: 'outbound',
    kind: 'manual',
    appointmentId: null,
    patient: patient && { id: patient.id, displayName: patient.displayName },
    contact: contactId ? { id: contactId, name: writer?.senderName ?? null } : null,
    phone: patient ? patient.phone : (writer?.phone ?? null),
    text: 'text' in content ? (content.text ?? null) : null,
    contentKind: content.kind,
    fileName: content.kind === 'document' ? content.fileName : null,
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
  };
  world.messages.push(message);
  world.hint('message', message.id);
  return { status: 201, body: message };
}

export const contacts: Area = (_, world, [id]) => {
  const writer = found(world.inbound.find((one) => one.contactId === id));
  return ok({ items: writingLinesOf(world, writer.phone === null) });
};

/** Of how many visits of a household somebody said already what the words mean for them. */
const saidOf = new WeakMap<InboundMessage, number>();

/** No two people here share a phone: the next two open visits stand for those of a household. */
function visitsOf(world: World, answer: InboundMessage): CandidateVisits {
  return {
    accepts: answer.text === '1' ? true : answer.text === '2' ? false : null,
    items: world.appointments
      .filter((visit) => visit.status === 'booked' && visit.start > NOW && visit.participation === 'needs-action')
      .slice(0, 2 - (saidOf.get(answer) ?? 0))
      .map(({ id, patient, practitioner, healthcareService, start, timeZone }) => ({
        appointmentId: id,
        patient: { id: patient.id, displayName: patient.displayName },
        practitionerName: practitioner.displayName,
        serviceName: healthcareService.name,
        start,
        timeZone,
      })),
  };
}

export const inbound: Area = (call, world, [id, action]) => {
  if (!id) {
    const open = call.query.get('open') === 'true';
    return page(world.inbound.filter((one) => (one.handledAt === null) === open));
  }
  const one = found(world.inbound.find((each) => each.id === id));
  if (action === 'visits') return ok(visitsOf(world, one));
  seen(call, one, world);
  if (action === 'assign') {
    const { appointmentId, accepts } = call.body as { appointmentId: string; accepts: boolean };
    const visit = found(world.appointments.find((each) => each.id === appointmentId));
    Object.assign(visit, { participation: accepts ? 'accepted' : 'declined', version: visit.version + 1 });
    saidOf.set(one, (saidOf.get(one) ?? 0) + 1);
    if (one.reason === 'several-visits' && visitsOf(world, one).items.length > 0) {
      one.version++;
      world.hint('appointment', visit.id);
      world.hint('inbound-message', one.id);
      return ok(one);
    }
    Object.assign(one, {
      outcome: accepts ? 'accepted' : 'declined',
      reason: null,
      appointmentId,
      patient: { id: visit.patient.id, displayName: visit.patient.displayName },
    });
    world.hint('appointment', visit.id);
  }
  if (action === 'accept-identity' && one.newPhone) {
    const person = world.patients.find((each) => each.id === one.patient?.id);
    if (person) Object.assign(person, { phone: one.newPhone, version: person.version + 1 });
    Object.assign(one, { phone: one.newPhone, reason: 'identity-accepted' });
  }
  Object.assign(one, { handledAt: NOW, handledBy: 'Andrea Molina', version: one.version + 1 });
  world.hint('inbound-message', one.id);
  return ok(one);
};
