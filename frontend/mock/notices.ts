import type { Appointment, CallAttempt, UnansweredVisit } from '../src/api/types.ts';
import { type Answer, type Area, type Call, found, ok, once } from './call.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

/** Whoever was told of a visit that lies ahead and has not answered. */
export const unansweredVisits: Area = (_, world) => {
  const items = world.appointments
    .filter((visit) => visit.status === 'booked' && visit.participation === 'needs-action' && visit.start > NOW && visit.messages)
    .map((visit): UnansweredVisit => {
      const told = world.messages.find((message) => message.appointmentId === visit.id);
      const calls = world.calls.filter((call) => call.appointmentId === visit.id);
      const last = calls.at(-1);
      return {
        appointmentId: visit.id,
        patient: { id: visit.patient.id, displayName: visit.patient.displayName },
        phone: world.patients.find((one) => one.id === visit.patient.id)?.phone ?? null,
        optedOut: false,
        practitionerName: visit.practitioner.displayName,
        serviceName: visit.healthcareService.name,
        start: visit.start,
        timeZone: visit.timeZone,
        told: {
          messageId: told?.id ?? newId(),
          kind: visit.messages?.kind ?? 'reminder',
          state: visit.messages?.state ?? 'sent',
          at: visit.messages?.at ?? NOW,
        },
        calls: calls.length,
        lastCall: last ? { outcome: last.outcome, at: last.at, nextTryAt: last.nextTryAt } : null,
      };
    })
    .sort((a, b) => (a.lastCall?.nextTryAt ?? a.start).localeCompare(b.lastCall?.nextTryAt ?? b.start));
  return ok({ items });
};

export function callNoted(call: Call, world: World, appointmentId: string): Answer {
  found(world.appointments.find((one) => one.id === appointmentId));
  return once(call, world, () => {
    const made: CallAttempt = {
      id: newId(),
      appointmentId,
      outcome: call.body.outcome as CallAttempt['outcome'],
      at: NOW,
      nextTryAt: (call.body.nextTryAt as string | null | undefined) ?? null,
    };
    world.calls.push(made);
    world.hint('appointment', appointmentId);
    return { status: 201, body: made };
  });
}

/** Of a visit. */
export const proofOf = (call: Call, visit: Appointment): Answer => proof(call, visit.patient.id, visit.patient.displayName, visit.id);

/** Of everything that was said to somebody. */
export const proofOfPatient = (call: Call, id: string, name: string): Answer => proof(call, id, name, null);

/** What stands in a file is not the mock's business. */
function proof(call: Call, patientId: string, patientName: string, appointmentId: string | null): Answer {
  if (call.path.endsWith('/export')) return { status: 200, body: 'at,kind\n' };
  return ok({ patientId, patientName, appointmentId, writtenAt: NOW, lines: [], sha256: '0'.repeat(64) });
}
