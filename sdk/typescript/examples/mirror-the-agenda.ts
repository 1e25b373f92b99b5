import { type Appointment, getAppointment, items, listAppointments } from '@recado/client';
import { receive } from './receive.ts';
import { client, clinic, day } from './setup.ts';

const agenda = new Map<string, Appointment>();

// Listening comes first: what changes while the agenda is read is heard, and the newer version stays.
await receive(async (event) => {
  if (!event.type.startsWith('appointment.')) return;
  const { data: visit } = await getAppointment({ client, path: { ...clinic, id: event.data.id } });
  keep(visit);
  console.log(JSON.stringify({ visit: visit.id, status: visit.status, start: visit.start }));
});

const query = { from: day(0), to: day(42), limit: 200 };
for await (const visit of items((cursor) => listAppointments({ client, path: clinic, query: { ...query, cursor } }))) keep(visit);
console.log(JSON.stringify({ mirrored: agenda.size }));

function keep(visit: Appointment): void {
  const known = agenda.get(visit.id);
  if (!known || known.version < visit.version) agenda.set(visit.id, visit);
}
