import type { ChatwootBridge, ChatwootCheck } from '../src/api/chatwoot.ts';
import { type Area, type Call, found, ok, once, Refusal, seen } from './call.ts';
import { RECEPTION } from './lineWorld.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

/** Lines that stand in Chatwoot, too; nobody is told here. */
export const chatwootBridges: Area = (call, world, [id, part]) => {
  if (id === undefined) return call.method === 'POST' ? created(call, world) : ok({ items: world.bridges });
  const bridge = found(world.bridges.find((one) => one.id === id));
  if (part === 'test') return ok({ items: checks(bridge) });
  if (call.method === 'GET') return ok(bridge);
  seen(call, bridge, world);
  if (call.method === 'DELETE') {
    world.bridges = world.bridges.filter((one) => one !== bridge);
    return { status: 204 };
  }
  return ok(Object.assign(bridge, said(call), { version: bridge.version + 1 }));
};

function created(call: Call, world: World) {
  return once(call, world, () => {
    if (world.bridges.some((one) => one.lineId === call.body.lineId)) {
      throw new Refusal(422, 'invalid-fields', [{ pointer: '/lineId', code: 'line-taken', detail: 'This line has a bridge' }]);
    }
    const bridge = made({ ...said(call), deliveredAt: null });
    world.bridges.push(bridge);
    return { status: 201, body: bridge };
  });
}

const said = ({ body }: Call) => ({
  lineId: String(body.lineId),
  baseUrl: String(body.baseUrl),
  accountId: Number(body.accountId),
  inboxId: Number(body.inboxId),
  active: Boolean(body.active),
});

function made(more: Partial<ChatwootBridge>): ChatwootBridge {
  const id = newId();
  return {
    id,
    lineId: RECEPTION,
    baseUrl: 'https://chat.clinica.example',
    accountId: 1,
    inboxId: 7,
    active: true,
    webhookUrl: `https://recado.example.com/webhooks/v1/chatwoot/01937f3e-0000-7000-8000-000000000001/${id}`,
    deliveredAt: NOW,
    lastCause: null,
    waiting: 0,
    version: 0,
    ...more,
  };
}

/** Everything is fine where Chatwoot delivered before; a new one lacks its address. */
function checks(bridge: ChatwootBridge): ChatwootCheck[] {
  const heard = bridge.deliveredAt !== null;
  return [
    { name: 'reachable', result: 'ok', cause: null },
    { name: 'token', result: 'ok', cause: null },
    { name: 'inbox', result: 'ok', cause: null },
    heard ? { name: 'address', result: 'ok', cause: null } : { name: 'address', result: 'failed', cause: 'not-set' },
    { name: 'signature', result: heard ? 'ok' : 'unknown', cause: null },
  ];
}

export const mockBridges = (): ChatwootBridge[] => [made({})];
