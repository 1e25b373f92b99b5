import type { PatientRead, PrivacyRequest } from '../src/api/types.ts';
import { type Area, found, ok, once, page, Refusal, seen } from './call.ts';
import { at, newId, plus } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

/** Who looked at whom, the latest first; days are the clinic's, which is three hours behind UTC. */
export const patientReads: Area = (call, world) => {
  const wanted = (name: string) => call.query.get(name);
  const [from, to] = ['from', 'to'].map((name) => wanted(name) && at(wanted(name) as string, '00:00'));
  return page(
    world.patientReads.filter(
      (read) =>
        (!wanted('patientId') || read.patient?.id === wanted('patientId')) &&
        (!wanted('reader') || read.reader.subject === wanted('reader')) &&
        (!from || read.at >= from) &&
        (!to || read.at < to),
    ),
  );
};

/** What patients asked; the mock counts ten days for everything. */
export const privacyRequests: Area = (call, world, [id, what]) => {
  if (call.method === 'POST' && !id) {
    return once(call, world, () => {
      const patient = world.patients.find((one) => one.id === call.body.patientId);
      if (!patient) throw new Refusal(422, 'patient-unknown');
      const made = request(patient, call.body.kind as PrivacyRequest['kind'], String(call.body.receivedOn), '2026-12-04');
      made.note = (call.body.note as string | undefined) ?? null;
      world.privacyRequests.push(made);
      world.hint('privacy-request', made.id);
      return { status: 201, body: made };
    });
  }
  if (!id) {
    const closed = call.query.get('closed') === 'true';
    const patientId = call.query.get('patientId');
    return page(world.privacyRequests.filter((one) => (one.state !== 'open') === closed && (!patientId || one.patient.id === patientId)));
  }
  const one = found(world.privacyRequests.find((each) => each.id === id));
  if (call.method === 'GET') return ok(one);
  seen(call, one, world);
  if (one.state !== 'open') throw new Refusal(409, 'privacy-request-closed');
  if (what === 'complete' && (one.kind === 'erasure' || (one.kind === 'restriction' && !one.patient.restricted)))
    throw new Refusal(409, 'privacy-request-not-carried-out');
  Object.assign(one, {
    state: what === 'refuse' ? 'refused' : 'done',
    overdue: false,
    reason: (call.body.reason as string | undefined) ?? null,
    closedAt: NOW,
    closedBy: world.me.name,
    version: one.version + 1,
  });
  world.hint('privacy-request', one.id);
  return ok(one);
};

const request = (
  patient: { id: string; displayName: string },
  kind: PrivacyRequest['kind'],
  receivedOn: string,
  dueOn: string,
): PrivacyRequest => ({
  id: newId(),
  patient: { id: patient.id, displayName: patient.displayName, restricted: false },
  kind,
  state: 'open',
  receivedOn,
  dueOn,
  term:
    kind === 'access' ? { days: 10, working: false, law: 'Ley 25.326, art. 14' } : { days: 5, working: true, law: 'Ley 25.326, art. 16' },
  overdue: dueOn < NOW.slice(0, 10),
  note: null,
  reason: null,
  closedAt: null,
  closedBy: null,
  createdAt: at(receivedOn, '10:05'),
  version: 0,
});

/** One that is late, one that is due, one that was refused. */
export function fillRequests(world: World): void {
  const [one, other, third] = ['Camila Roldán', 'Julián Ledesma', 'Emilia Toranzo'].map((name) =>
    world.patients.find((each) => each.displayName === name),
  );
  if (!one || !other || !third) return;
  world.privacyRequests = [
    { ...request(one, 'correction', '2026-11-13', '2026-11-20'), note: 'Cambió de apellido' },
    { ...request(other, 'access', '2026-11-23', '2026-12-03'), note: 'Pide una copia para otro profesional' },
    {
      ...request(third, 'erasure', '2026-11-09', '2026-11-16'),
      state: 'refused',
      overdue: false,
      reason: 'La historia clínica se conserva diez años',
      closedAt: at('2026-11-12', '11:40'),
      closedBy: 'Andrea Molina',
      version: 1,
    },
  ];
}

/** A morning at the desk. */
export function fillReads(world: World): void {
  const [andrea, rocio, lucia] = world.members.map((member) => ({ subject: member.id, name: member.name }));
  const whom = (name: string) => {
    const patient = world.patients.find((one) => one.displayName === name);
    return patient ? { id: patient.id, displayName: patient.displayName } : null;
  };
  const rows: [PatientRead['reader'] | undefined, PatientRead['part'], PatientRead['patient']][] = [
    [rocio, 'record', whom('Rosa Benítez')],
    [rocio, 'visits', whom('Rosa Benítez')],
    [rocio, 'messages', whom('Rosa Benítez')],
    [rocio, 'search-results', whom('Rosa Benítez')],
    [lucia, 'record', whom('Camila Roldán')],
    [lucia, 'visits', whom('Emilia Toranzo')],
    [{ subject: 'integration', name: null }, 'register', null],
    [andrea, 'register-export', null],
    [andrea, 'record', { id: '0197a000-0000-7000-8000-0000000000d1', displayName: null }],
  ];
  world.patientReads = rows.flatMap(([reader, part, patient], index) =>
    reader ? [{ at: plus(at('2026-11-24', '10:31'), -17 * index), part, patient, reader }] : [],
  );
}
