import { randomUUID } from 'node:crypto';
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/recado.d.ts';

/**
 * Books a visit at a free time, moves it, reads it again, and meets the two refusals that every client must know: the
 * time is taken (`slot-taken`), and somebody else changed the visit since it was read (`stale`).
 *
 * RECADO_URL is the server, RECADO_TOKEN an access token, RECADO_CLINIC the clinic's alias.
 */

type Problem = components['schemas']['Problem'];

/** An answer of openapi-fetch: one of the two is there. */
interface Answer<T> {
  data?: T;
  error?: Problem;
  response: Response;
}

const api = createClient<paths>({
  baseUrl: setting('RECADO_URL'),
  headers: { Authorization: `Bearer ${setting('RECADO_TOKEN')}` },
});
const clinics = '/api/v1/organizations/{organizationId}';

const alias = setting('RECADO_CLINIC');
const me = await accepted(api.GET('/api/v1/me'));
const organizationId = me.body.organizations.find((mine) => mine.alias === alias)?.id;
if (!organizationId) throw new Error(`The token does not open the clinic ${alias}`);
const inClinic = { organizationId };

const services = await accepted(api.GET(`${clinics}/healthcare-services`, { params: { path: inClinic } }));
const healthcareServiceId = services.body.items[0]?.id ?? missing('a service');
const patient = await accepted(
  api.POST(`${clinics}/patients`, {
    params: { path: inClinic, header: { 'Idempotency-Key': randomUUID() } },
    body: { givenName: 'Paciente', familyName: 'de Prueba' },
  }),
);

const free = await accepted(
  api.GET(`${clinics}/slots`, {
    params: { path: inClinic, query: { healthcareServiceId, from: day(50), to: day(57), limit: 50 } },
  }),
);
const first = free.body.items[0] ?? missing('a free time');
const later =
  free.body.items.find((slot) => slot.practitionerId === first.practitionerId && slot.start >= first.end) ?? missing('a later free time');

const booking = { patientId: patient.body.id, healthcareServiceId, practitionerId: first.practitionerId, start: first.start };
const book = (key: string) =>
  api.POST(`${clinics}/appointments`, { params: { path: inClinic, header: { 'Idempotency-Key': key } }, body: booking });
const key = randomUUID();
const booked = await accepted(book(key));

// A repetition under the same key, as after a lost answer, is the same visit.
require((await accepted(book(key))).body.id === booked.body.id, 'a repetition books nothing more');

const taken = await refused(409, book(randomUUID()));
require(taken.code === 'slot-taken', 'the time is taken');
require(taken.conflicts?.[0]?.appointmentId === booked.body.id, 'by this visit');

const visit = { ...inClinic, id: booked.body.id };
const move = (etag: string) =>
  api.POST(`${clinics}/appointments/{id}/reschedule`, { params: { path: visit, header: { 'If-Match': etag } }, body: { start: later.start } });
const moved = await accepted(move(booked.etag));
require(moved.body.start === later.start, 'moved');

const stale = await refused(412, move(booked.etag));
require(stale.code === 'stale', 'what was read before the move changes nothing');

const read = await accepted(api.GET(`${clinics}/appointments/{id}`, { params: { path: visit } }));
require(read.body.start === later.start && read.etag === moved.etag, 'read as it was moved');
console.log(`TypeScript: booked ${first.start}, moved to ${read.body.start}`);

/** The body, and the ETag that `If-Match` wants to change exactly what was read. */
async function accepted<T>(call: Promise<Answer<T>>): Promise<{ body: T; etag: string }> {
  const { data, error, response } = await call;
  if (data === undefined) throw new Error(`${response.url} answered ${response.status} ${error?.code}: ${error?.detail}`);
  return { body: data, etag: response.headers.get('etag') ?? '' };
}

async function refused(status: number, call: Promise<Answer<unknown>>): Promise<Problem> {
  const { error, response } = await call;
  if (!error || response.status !== status) throw new Error(`Answered ${response.status}, not ${status}`);
  return error;
}

function day(ahead: number): string {
  return new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
}

function require(holds: boolean, what: string): void {
  if (!holds) throw new Error(`Does not hold: ${what}`);
}

function missing(what: string): never {
  throw new Error(`There is not even ${what}`);
}

function setting(name: string): string {
  return process.env[name] || missing(`a setting ${name}`);
}
