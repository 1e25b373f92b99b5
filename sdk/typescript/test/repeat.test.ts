import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createPatient, listAppointments, RecadoProblem, recado, rescheduleAppointment, searchPatients } from '../src/index.ts';
import { always, json, Network, noAnswer, noted, path } from './support.ts';

const baseUrl = 'https://recado.example';
const days = { from: '2026-12-01', to: '2026-12-02' };
const problem = (status: number, code: string, headers = {}) => json(status, { status, code, title: 'No' }, headers);
const patient = () => json(201, { id: 'p-1' });

test('a request that was too many is sent again when the server says so', async () => {
  const { pauses, repeat } = noted();
  const network = new Network(problem(429, 'too-many-requests', { 'Retry-After': '7' }), json(200, { items: [], nextCursor: null }));
  const client = recado({ baseUrl, credentials: always, fetch: network.fetch, repeat });
  await listAppointments({ client, path, query: days });
  assert.deepEqual(pauses, [7000]);
  assert.equal(network.asked.length, 2);
});

test('a date in Retry-After is waited for, and a longer pause than wanted is handed on', async () => {
  const { pauses, repeat } = noted();
  const soon = new Date(Date.now() + 20_000).toUTCString();
  const network = new Network(
    problem(429, 'too-many-requests', { 'Retry-After': soon }),
    problem(503, 'internal', { 'Retry-After': '3600' }),
  );
  const client = recado({ baseUrl, credentials: always, fetch: network.fetch, repeat });
  await assert.rejects(listAppointments({ client, path, query: days }), { status: 503 });
  assert.equal(pauses.length, 1);
  assert.ok(pauses[0]! > 15_000 && pauses[0]! <= 20_000);
});

test('what was not answered is repeated with the same key and body, with growing pauses', async () => {
  const { pauses, repeat } = noted();
  const network = new Network(noAnswer(), problem(503, 'internal'), problem(409, 'request-in-progress', { 'Retry-After': '1' }), patient());
  const client = recado({ baseUrl, credentials: always, fetch: network.fetch, repeat });
  const { data } = await createPatient({ client, path, headers: { 'Idempotency-Key': 'one-wish' }, body: { givenName: 'Ana' } });
  assert.equal(data.id, 'p-1');
  assert.deepEqual(pauses, [500, 1000, 1000]);
  assert.deepEqual(new Set(network.asked.map((asked) => asked.headers.get('Idempotency-Key'))), new Set(['one-wish']));
  assert.deepEqual(new Set(network.asked.map((asked) => asked.body)), new Set(['{"givenName":"Ana"}']));
});

test('a change without a key is not repeated when nobody knows what became of it', async () => {
  const change = { path: { ...path, id: 'v-1' }, headers: { 'If-Match': '"v1"' }, body: { start: '2026-12-01T12:00:00Z' } };
  for (const answer of [noAnswer(), problem(503, 'internal')]) {
    const network = new Network(answer);
    const client = recado({ baseUrl, credentials: always, fetch: network.fetch, repeat: noted().repeat });
    await assert.rejects(rescheduleAppointment({ client, ...change }));
    assert.equal(network.asked.length, 1);
  }
  // Refused before anything was done.
  const network = new Network(problem(429, 'too-many-requests', { 'Retry-After': '1' }), json(200, { id: 'v-1' }));
  await rescheduleAppointment({
    client: recado({ baseUrl, credentials: always, fetch: network.fetch, repeat: noted().repeat }),
    ...change,
  });
  assert.equal(network.asked.length, 2);
});

test('a search changes nothing and is repeated', async () => {
  const network = new Network(noAnswer(), json(200, { items: [], nextCursor: null }));
  await searchPatients({
    client: recado({ baseUrl, credentials: always, fetch: network.fetch, repeat: noted().repeat }),
    path,
    body: { text: 'sosa' },
  });
  assert.equal(network.asked.length, 2);
});

test('after the last try the refusal is thrown, with its code and nothing that a log must not hold', async () => {
  const network = new Network(problem(429, 'too-many-requests'), problem(429, 'too-many-requests'));
  const client = recado({ baseUrl, credentials: always, fetch: network.fetch, repeat: { ...noted().repeat, attempts: 2 } });
  await assert.rejects(
    createPatient({ client, path, headers: { 'Idempotency-Key': 'one-wish' }, body: { givenName: 'Ana' } }),
    (refusal: unknown) => {
      assert.ok(refusal instanceof RecadoProblem);
      assert.equal(refusal.code, 'too-many-requests');
      assert.equal(refusal.problem?.title, 'No');
      assert.equal(refusal.message, `/api/v1/organizations/${path.organizationId}/patients answered 429 too-many-requests`);
      return true;
    },
  );
});

test('whoever no longer waits ends the pauses too', async () => {
  const network = new Network(noAnswer());
  const client = recado({ baseUrl, credentials: always, fetch: network.fetch, repeat: { random: () => 1 } });
  const stop = new AbortController();
  const asked = listAppointments({ client, path, query: days, signal: stop.signal });
  setImmediate(() => stop.abort(new Error('enough')));
  await assert.rejects(asked, /enough/);
});

test('over a real connection: an answer that was lost and one that never comes are asked for again', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(String(request.headers['idempotency-key']));
    request.resume().on('end', () => {
      if (asked.length === 1) request.socket.destroy();
      else if (asked.length > 2) response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"id":"p-1"}');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const client = recado({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: always,
    repeat: { ...noted().repeat, timeout: 200 },
  });
  const { data } = await createPatient({ client, path, headers: { 'Idempotency-Key': 'one-wish' }, body: { givenName: 'Ana' } });
  server.closeAllConnections();
  server.close();
  assert.equal(data.id, 'p-1');
  assert.deepEqual(asked, ['one-wish', 'one-wish', 'one-wish']);
});
