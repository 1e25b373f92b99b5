import assert from 'node:assert/strict';
import { test } from 'node:test';
import { items, listAppointments, recado } from '../src/index.ts';
import { always, json, Network, path } from './support.ts';

test('a list is walked page by page, and no further than somebody reads', async () => {
  const pages = () => [
    json(200, { items: [{ id: '1' }, { id: '2' }], nextCursor: 'a/b' }),
    json(200, { items: [{ id: '3' }], nextCursor: null }),
  ];
  const walk = (network: Network) => {
    const client = recado({ baseUrl: 'https://recado.example', credentials: always, fetch: network.fetch });
    return items((cursor) => listAppointments({ client, path, query: { from: '2026-12-01', to: '2026-12-02', cursor } }));
  };
  const all = new Network(...pages());
  assert.deepEqual(
    (await Array.fromAsync(walk(all))).map(({ id }) => id),
    ['1', '2', '3'],
  );
  assert.deepEqual(
    all.asked.map(({ url }) => new URL(url).searchParams.get('cursor')),
    [null, 'a/b'],
  );

  const some = new Network(...pages());
  for await (const { id } of walk(some)) if (id === '2') break;
  assert.equal(some.asked.length, 1);
});
