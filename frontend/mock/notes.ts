import type { ClinicalNote } from '../src/api/types.ts';
import { type Answer, type Area, found, ok, once, page, Refusal, seen } from './call.ts';
import { at, newId } from './made.ts';
import { CLINIC, NOW } from './names.ts';
import type { World } from './world.ts';

const mustBePractitioner = (world: World) => {
  if (!world.me.organizations.some((one) => one.id === CLINIC.id && one.roles.includes('practitioner')))
    throw new Refusal(403, 'forbidden');
};

const listed = ({ former: _, ...note }: ClinicalNote): ClinicalNote => ({ ...note, former: null });

/** Of one patient: all of them for a practitioner, their number for everybody. */
export function notesOf(world: World, patientId: string, what?: string): Answer {
  const notes = world.clinicalNotes.filter((note) => note.patientId === patientId).sort((a, b) => b.writtenAt.localeCompare(a.writtenAt));
  if (what === 'summary') return ok({ count: notes.length, latestAt: notes[0]?.writtenAt ?? null });
  mustBePractitioner(world);
  return page(notes.map(listed));
}

export const clinicalNotes: Area = (call, world, [id]) => {
  mustBePractitioner(world);
  if (!id) {
    return once(call, world, () => {
      const made = note(String(call.body.patientId), String(call.body.text), NOW, world.me.name ?? '');
      world.clinicalNotes.push(made);
      return { status: 201, body: listed(made) };
    });
  }
  const one = found(world.clinicalNotes.find((each) => each.id === id));
  if (call.method === 'GET') return ok(one);
  seen(call, one, world);
  const former = { text: one.text, author: one.correctedBy ?? one.author, writtenAt: one.correctedAt ?? one.writtenAt };
  return ok(
    Object.assign(one, {
      text: String(call.body.text),
      correctedAt: NOW,
      correctedBy: world.me.name,
      former: [former, ...(one.former ?? [])],
      version: one.version + 1,
    }),
  );
};

const note = (patientId: string, text: string, writtenAt: string, author: string): ClinicalNote => ({
  id: newId(),
  patientId,
  appointmentId: null,
  text,
  author,
  writtenAt,
  correctedAt: null,
  correctedBy: null,
  former: [],
  version: 0,
});

/** Two about one patient, one of them corrected. */
export function fillNotes(world: World): void {
  const rosa = world.patients.find((one) => one.displayName === 'Rosa Benítez');
  if (!rosa) return;
  const before = { text: 'Alergia a la amoxicilina.', author: 'Dra. Valentina Sosa', writtenAt: at('2026-06-02', '10:20') };
  world.clinicalNotes = [
    {
      ...note(rosa.id, 'Alergia a la penicilina, no solo a la amoxicilina.', before.writtenAt, before.author),
      correctedAt: at('2026-06-09', '11:05'),
      correctedBy: before.author,
      former: [before],
      version: 1,
    },
    note(rosa.id, 'Bruxismo. Placa nocturna entregada.\nControl en seis meses.', at('2026-09-14', '12:40'), 'Dra. Lucía Ferreyra'),
  ];
}
