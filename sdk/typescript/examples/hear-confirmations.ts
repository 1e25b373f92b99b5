import { getAppointment } from '@recado/client';
import { receive } from './receive.ts';
import { client, clinic } from './setup.ts';

await receive(async (event) => {
  if (event.type !== 'appointment.answered') return;
  // The event says which visit; what was said stands there, and may have changed since.
  const { data: visit } = await getAppointment({ client, path: { ...clinic, id: event.data.id } });
  console.log(JSON.stringify({ visit: visit.id, participation: visit.participation }));
});
console.log('listening');
