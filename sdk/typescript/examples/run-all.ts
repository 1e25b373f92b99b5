import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  type ApiClientScope,
  answerAppointment,
  cancelAppointment,
  createApiClient,
  createWebhookEndpoint,
  etagOf,
  getApiClient,
  getAppointment,
  getMe,
  getWebhookSecret,
  issueApiClientKey,
  listAppointmentsOfPatient,
  recado,
  removeWebhookEndpoint,
  revokeApiClient,
} from '@recado/client';

/**
 * Runs every recipe of docs/developers.md against a running Recado, each with an API client that has the scopes that the guide
 * names and no more, and looks as the clinic's owner at what came of it.
 *
 * RECADO_URL is the server, RECADO_TOKEN an owner's access token, RECADO_CLINIC the clinic's alias.
 */
const baseUrl = required('RECADO_URL');
const token = required('RECADO_TOKEN');
const owner = recado({ baseUrl, credentials: { token: async () => token, refused: () => {} } });
const { data: me } = await getMe({ client: owner });
const organizationId = me.organizations.find(({ alias }) => alias === process.env.RECADO_CLINIC)?.id ?? missing('this clinic');
const clinic = { organizationId };
const key = () => ({ 'Idempotency-Key': randomUUID() });

/** What is undone at the end, the last first. */
const undo: (() => unknown)[] = [];
/** Others may run the recipes on the same data. */
const phone = `+5731${String(Date.now()).slice(-8)}`;

try {
  const site = await program('directory:read', 'patients:read', 'patients:read-contact', 'patients:write', 'appointments:write');
  const booked = await result('book-from-a-site', site, 'Lucía', 'de la Guía', phone);
  const { data: visits } = await listAppointmentsOfPatient({ client: owner, path: { ...clinic, patientId: String(booked.patient) } });
  assert.deepEqual(
    visits.items.map(({ id }) => id),
    [booked.booked],
  );
  const again = await result('book-from-a-site', site, 'Lucía', 'de la Guía', phone);
  assert.equal(again.patient, booked.patient, 'whoever is known is not registered again');
  assert.notEqual(again.booked, booked.booked, 'another press of the button is another visit');
  const visit = { ...clinic, id: String(booked.booked) };

  const folder = await mkdtemp(join(tmpdir(), 'recado-recipes-'));
  undo.push(() => rm(folder, { recursive: true }));
  const register = await program('patients:read', 'patients:read-contact');
  const first = await result('sync-patients', register, join(folder, 'patients.json'));
  assert.ok(Number(first.patients) > 1 && first.changed === first.patients);
  const second = await result('sync-patients', register, join(folder, 'patients.json'));
  assert.deepEqual(second, { ...first, changed: 0, gone: 0 });

  const laboratory = await program('messages:send', 'messages:read');
  const resultId = randomUUID();
  const told = await result('send-a-result-notice', laboratory, String(booked.patient), resultId);
  assert.ok(told.message);
  const repeated = await result('send-a-result-notice', laboratory, String(booked.patient), resultId);
  assert.equal(repeated.message, told.message, 'one result, one message');

  const reader = await program('appointments:read');
  const hearing = listen('hear-confirmations', { ...reader, ...(await endpoint('appointment.answered')) });
  const mirroring = listen('mirror-the-agenda', { ...reader, ...(await endpoint('appointment.answered', 'appointment.cancelled')) });
  await hearing.says((line) => line === 'listening');
  const mirror = await mirroring.says((line) => line.includes('mirrored'));
  assert.ok(JSON.parse(mirror).mirrored >= 2);

  const shown = await getAppointment({ client: owner, path: visit });
  const answered = await answerAppointment({
    client: owner,
    path: visit,
    headers: { 'If-Match': etagOf(shown) },
    body: { participation: 'accepted' },
  });
  assert.deepEqual(JSON.parse(await hearing.says((line) => line.includes(visit.id))), { visit: visit.id, participation: 'accepted' });
  await cancelAppointment({ client: owner, path: visit, headers: { 'If-Match': etagOf(answered) }, body: {} });
  await mirroring.says((line) => line.includes(visit.id) && line.includes('cancelled'));
  const forged = await fetch(hearing.url, { method: 'POST', body: '{"type":"appointment.answered"}' });
  assert.equal(forged.status, 400, 'what Recado did not sign is refused');

  console.log('TypeScript: booked from a site, synced patients, sent a notice, heard a confirmation, mirrored the agenda');
} finally {
  for (const step of undo.reverse()) await step();
}

/** The environment of a program that the clinic lets in with these scopes. */
async function program(...scopes: ApiClientScope[]): Promise<Record<string, string>> {
  const created = await createApiClient({
    client: owner,
    path: clinic,
    headers: key(),
    body: { name: `Receta ${scopes.length}-${phone.slice(-4)}`, scopes, addresses: [] },
  });
  const path = { ...clinic, id: created.data.id };
  const issued = await issueApiClientKey({ client: owner, path, headers: { 'If-Match': etagOf(created) }, body: { overlapHours: 0 } });
  undo.push(async () => {
    const headers = { 'If-Match': etagOf(await getApiClient({ client: owner, path })) };
    await revokeApiClient({ client: owner, path, headers });
  });
  return {
    RECADO_CLINIC: organizationId,
    RECADO_TOKEN_URL: issued.data.tokenUrl,
    RECADO_CLIENT_ID: issued.data.clientId,
    RECADO_CLIENT_SECRET: issued.data.clientSecret,
  };
}

/** The environment of a receiver of these events. */
async function endpoint(...eventTypes: ('appointment.answered' | 'appointment.cancelled')[]): Promise<Record<string, string>> {
  const port = await freePort();
  const body = { url: `http://127.0.0.1:${port}/recado`, description: 'Receta', eventTypes, active: true };
  const created = await createWebhookEndpoint({ client: owner, path: clinic, headers: key(), body });
  const path = { ...clinic, id: created.data.id };
  undo.push(() => removeWebhookEndpoint({ client: owner, path, headers: { 'If-Match': etagOf(created) } }));
  const { data: secret } = await getWebhookSecret({ client: owner, path });
  return { RECADO_WEBHOOK_PORT: String(port), RECADO_WEBHOOK_SECRET: secret.secret };
}

/** What a recipe that ends prints last. */
async function result(recipe: string, environment: Record<string, string>, ...args: string[]): Promise<Record<string, unknown>> {
  const child = start(recipe, environment, args);
  const lines: string[] = [];
  createInterface(child.stdout!).on('line', (line) => lines.push(line));
  const code = await new Promise((ended) => child.once('close', ended));
  assert.equal(code, 0, `${recipe} ended with ${code}`);
  return JSON.parse(lines.at(-1) ?? missing(`an answer of ${recipe}`));
}

/** A recipe that goes on, and what it prints. */
function listen(recipe: string, environment: Record<string, string>) {
  const child = start(recipe, environment, []);
  undo.push(() => child.kill());
  const lines: string[] = [];
  let heard = () => {};
  createInterface(child.stdout!).on('line', (line) => {
    lines.push(line);
    heard();
  });
  return {
    url: `http://127.0.0.1:${environment.RECADO_WEBHOOK_PORT}/recado`,
    says: (matches: (line: string) => boolean) =>
      new Promise<string>((found, failed) => {
        const late = setTimeout(() => failed(new Error(`${recipe} only said ${lines.join(' ')}`)), 30_000);
        heard = () => {
          const line = lines.find(matches);
          if (line === undefined) return;
          clearTimeout(late);
          found(line);
        };
        heard();
      }),
  };
}

function start(recipe: string, environment: Record<string, string>, args: string[]): ChildProcess {
  const file = new URL(`${recipe}.ts`, import.meta.url).pathname;
  const { RECADO_TOKEN: _, ...inherited } = process.env;
  return spawn(process.execPath, [file, ...args], { env: { ...inherited, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

function required(name: string): string {
  return process.env[name] || missing(`a setting ${name}`);
}

function missing(what: string): never {
  throw new Error(`There is not even ${what}`);
}
