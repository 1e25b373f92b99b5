import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientCredentials, listAppointments, recado, SignInError } from '../src/index.ts';
import { json, Network, noAnswer, noted, path, token } from './support.ts';

const credentials = { tokenUrl: 'https://identity.example/token', clientId: 'recado-client-1', clientSecret: 'se cret' };
const query = { from: '2026-12-01', to: '2026-12-02' };
const page = () => json(200, { items: [], nextCursor: null });

test('many requests at once ask for one token together, as the key of the client', async () => {
  const network = new Network(token('first'));
  const tokens = new ClientCredentials(credentials, { fetch: network.fetch });
  assert.deepEqual(await Promise.all([tokens.token(), tokens.token(), tokens.token()]), ['first', 'first', 'first']);
  assert.equal(network.asked.length, 1);
  assert.equal(network.asked[0]!.body, 'grant_type=client_credentials&scope=organization%3A*');
  assert.equal(atob(network.asked[0]!.headers.get('Authorization')!.slice('Basic '.length)), 'recado-client-1:se%20cret');
});

test('a token is replaced before it ends', async () => {
  let now = 0;
  const network = new Network(token('first'), token('second'));
  const tokens = new ClientCredentials(credentials, { fetch: network.fetch, now: () => now });
  assert.equal(await tokens.token(), 'first');
  now = 269_000;
  assert.equal(await tokens.token(), 'first');
  now = 271_000;
  assert.equal(await tokens.token(), 'second');
});

test('a token that is refused is replaced once; a key that is revoked ends at the identity server', async () => {
  const unauthenticated = () => json(401, { status: 401, code: 'unauthenticated' });
  const network = new Network(token('first'), unauthenticated(), token('second'), page());
  await listAppointments({ client: recado({ baseUrl: 'https://recado.example', credentials, fetch: network.fetch }), path, query });
  assert.deepEqual(
    network.asked.filter(({ url }) => url.includes('/appointments')).map(({ headers }) => headers.get('Authorization')),
    ['Bearer first', 'Bearer second'],
  );

  const revoked = new Network(token('first'), unauthenticated(), json(401, { error: 'invalid_client' }));
  await assert.rejects(
    listAppointments({ client: recado({ baseUrl: 'https://recado.example', credentials, fetch: revoked.fetch }), path, query }),
    (reason: unknown) => reason instanceof SignInError && reason.code === 'invalid_client' && !reason.message.includes('se cret'),
  );
  assert.equal(revoked.asked.length, 3);
});

test('an identity server that does not answer is asked again', async () => {
  const network = new Network(noAnswer(), json(503, {}), token('first'));
  const tokens = new ClientCredentials(credentials, { fetch: network.fetch, repeat: noted().repeat });
  assert.equal(await tokens.token(), 'first');
});
