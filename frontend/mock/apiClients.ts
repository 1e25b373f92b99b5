import type { ApiClient, ApiClientScope } from '../src/api/types.ts';
import { type Area, type Call, found, ok, once, Refusal, seen } from './call.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

/** Programs that call the API; nobody can sign in here. */
export const apiClients: Area = (call, world, [id, part]) => {
  if (id === undefined) return call.method === 'POST' ? created(call, world) : ok({ items: world.apiClients });
  const client = found(world.apiClients.find((one) => one.id === id));
  if (call.method === 'GET') return ok(client);
  seen(call, client, world);
  if (part === 'keys') return issued(call, client);
  if (call.method === 'DELETE') {
    world.apiClients = world.apiClients.filter((one) => one !== client);
    return { status: 204 };
  }
  return ok(Object.assign(client, said(call), { version: client.version + 1 }));
};

function created(call: Call, world: World) {
  return once(call, world, () => {
    const client: ApiClient = { id: newId(), ...said(call), keys: [], createdAt: NOW, version: 0 };
    world.apiClients.push(client);
    return { status: 201, body: client };
  });
}

function issued(call: Call, client: ApiClient) {
  const hours = Number(call.body.overlapHours);
  const ends = new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();
  const former = hours === 0 ? [] : client.keys.map((key) => ({ ...key, endsAt: key.endsAt ?? ends }));
  const made = key({});
  Object.assign(client, { keys: [made, ...former], version: client.version + 1 });
  return ok({
    clientId: made.clientId,
    clientSecret: 'q0Z4V2oYh7mJ1cX8sT5rN3wKdL9uBfGe6aPiQyHtRzE',
    tokenUrl: 'https://identity.recado.example/realms/recado/protocol/openid-connect/token',
  });
}

function said({ body }: Call) {
  const addresses = body.addresses as string[];
  const wrong = addresses.findIndex((one) => !/^[0-9a-f.:]+(\/\d+)?$/i.test(one));
  if (wrong >= 0) {
    throw new Refusal(422, 'invalid-fields', [{ pointer: `/addresses/${wrong}`, code: 'invalid-format', detail: 'An address' }]);
  }
  return {
    name: String(body.name),
    scopes: body.scopes as ApiClientScope[],
    addresses,
    expiresAt: (body.expiresAt as string | undefined) ?? null,
  };
}

const key = (more: Partial<ApiClient['keys'][number]>): ApiClient['keys'][number] => ({
  clientId: `recado-client-${newId()}`,
  endsAt: null,
  lastUsedAt: null,
  createdAt: NOW,
  ...more,
});

/** One that is used while its key is replaced, one that has none yet, and one that has expired. */
export function mockApiClients(): ApiClient[] {
  const hours = (n: number) => new Date(Date.parse(NOW) + n * 3_600_000).toISOString();
  const client = (name: string, more: Partial<ApiClient>): ApiClient => ({
    id: newId(),
    name,
    scopes: ['directory:read'],
    addresses: [],
    expiresAt: null,
    keys: [],
    createdAt: NOW,
    version: 0,
    ...more,
  });
  return [
    client('Sitio web', {
      scopes: ['appointments:read', 'appointments:write', 'patients:write', 'directory:read'],
      keys: [key({ lastUsedAt: hours(-1) }), key({ lastUsedAt: hours(-3), endsAt: hours(20), createdAt: hours(-4_000) })],
    }),
    client('Facturación', { scopes: ['appointments:read', 'patients:read'], addresses: ['203.0.113.0/24'] }),
    client('Campaña de verano', { expiresAt: hours(-500), keys: [key({ createdAt: hours(-3_000) })] }),
  ];
}
