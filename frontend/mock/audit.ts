import type { AuditEntry } from '../src/api/types.ts';
import { type Area, page } from './call.ts';
import { at, newId, plus } from './made.ts';
import type { World } from './world.ts';

/** Who did what, the latest first; days are the clinic's, which is three hours behind UTC. */
export const auditEntries: Area = (call, world, [id]) => {
  if (id === 'export') return { status: 200, body: 'at,actor,action\n' };
  const wanted = (name: string) => call.query.get(name);
  const [from, to] = ['from', 'to'].map((name) => wanted(name) && at(wanted(name) as string, '00:00'));
  return page(
    world.auditEntries.filter(
      (entry) =>
        (!wanted('actor') || entry.actor === wanted('actor')) &&
        (!wanted('action') || entry.action === wanted('action')) &&
        (!wanted('recordId') || entry.recordId === wanted('recordId')) &&
        (!from || entry.at >= from) &&
        (!to || entry.at < to),
    ),
  );
};

type Row = Partial<AuditEntry> & { action: string };

/** A morning of people, a program and Recado itself. */
export function fillAudit(world: World): void {
  const person = (index: number): Partial<AuditEntry> => ({
    actor: world.members[index]?.id ?? null,
    actorName: world.members[index]?.name ?? null,
  });
  const patient = world.patients[0]?.id ?? null;
  const member = world.members[1]?.id ?? null;
  const program = world.apiClients[0]?.keys[0]?.clientId ?? null;
  const change = (field: string, before: string | null, after: string | null) => [{ field, before, after }];
  const rows: Row[] = [
    { ...person(1), action: 'patients-read', operation: 'getPatient', recordId: patient, changes: change('part', null, 'record') },
    {
      ...person(1),
      action: 'patient-changed',
      operation: 'updatePatient',
      recordId: patient,
      changes: change('fields', null, 'birthDate phone'),
    },
    { actorKind: 'client', actor: program, action: 'appointment-booked', operation: 'createAppointment', recordId: newId() },
    {
      ...person(0),
      action: 'member-roles-changed',
      operation: 'changeMemberRoles',
      recordId: member,
      changes: change('roles', 'receptionist', 'owner receptionist'),
    },
    {
      ...person(0),
      action: 'api-client-changed',
      operation: 'changeApiClient',
      changes: change('scopes', 'directory:read', 'appointments:read directory:read'),
    },
    { actorKind: 'public', action: 'appointment-booked', operation: 'confirmBooking', recordId: newId() },
    { actorKind: 'recado', address: null, action: 'appointment-cancelled', recordId: newId() },
    { ...person(0), action: 'patients-exported', operation: 'exportPatients' },
  ];
  world.auditEntries = rows.map((row, index) => ({
    id: newId(),
    at: plus(at('2026-11-24', '10:33'), -19 * index),
    actorKind: 'person',
    actor: null,
    actorName: null,
    address: '203.0.113.7',
    operation: null,
    recordId: null,
    changes: [],
    chained: index > 0,
    ...row,
  }));
}
