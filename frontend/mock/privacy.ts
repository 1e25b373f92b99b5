import type { PatientRead } from '../src/api/types.ts';
import { type Area, page } from './call.ts';
import { at, plus } from './made.ts';
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
