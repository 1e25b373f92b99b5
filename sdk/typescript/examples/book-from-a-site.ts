import { randomUUID } from 'node:crypto';
import { createAppointment, createPatient, findSlots, listHealthcareServices, RecadoProblem, searchPatients } from '@recado/client';
import { client, clinic, day } from './setup.ts';

// What somebody filled in on the site, and one key for each time they press the button: a page that is sent twice books once.
const [givenName = '', familyName = '', phone = ''] = process.argv.slice(2);
const key = { 'Idempotency-Key': randomUUID() };

const { data: services } = await listHealthcareServices({ client, path: clinic });
const service = services.items.find(({ active }) => active);
if (!service) throw new Error('The clinic offers nothing');

const query = { healthcareServiceId: service.id, from: day(7), to: day(14) };
const { data: free } = await findSlots({ client, path: clinic, query });
const slot = free.items[0];
if (!slot) throw new Error('Nothing is free next week');

const patient = await patientOf();
const visit = await book(slot);
console.log(JSON.stringify({ booked: visit.id, patient: patient.id, start: visit.start }));

/** Whoever the clinic knows already is not registered again. */
async function patientOf() {
  const { data: found } = await searchPatients({ client, path: clinic, body: { text: phone } });
  const known = found.items.find((one) => one.phone === phone && one.familyName === familyName);
  if (known) return known;
  const { data: registered } = await createPatient({ client, path: clinic, headers: key, body: { givenName, familyName, phone } });
  return registered;
}

/** A free time is nobody's until it is booked: when somebody was faster, the refusal names the nearest ones. */
async function book({ practitionerId, start }: { practitionerId: string; start: string }) {
  const body = { patientId: patient.id, healthcareServiceId: query.healthcareServiceId, practitionerId, start };
  try {
    const { data } = await createAppointment({ client, path: clinic, headers: key, body });
    return data;
  } catch (refusal) {
    if (refusal instanceof RecadoProblem && refusal.code === 'slot-taken') {
      console.error('Taken meanwhile; offer these:', refusal.problem?.freeSlots);
    }
    throw refusal;
  }
}
