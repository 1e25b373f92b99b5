import type { SelfTest, TestMessage, WhatsAppLine } from '../src/api/types.ts';
import { approvedAt } from './approved.ts';
import { type Area, type Call, found, ok, once, Refusal, seen } from './call.ts';
import { credentialsAt, lineNamed } from './lineWorld.ts';
import { newId, plus } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

const asked: Record<string, (line: WhatsAppLine, call: Call, world: World) => void> = {
  start: (line, call, world) => {
    world.typed.delete(line.id);
    if (!line.capabilities.qr) {
      if (!world.credentials.has(line.id)) throw new Refusal(409, 'line-credentials-missing');
      Object.assign(line, { state: 'linked', cause: 'none', since: NOW, phone: '+5493515550180' });
      return;
    }
    const asBefore = line.phone !== null && line.cause === 'stopped-here';
    const dead = world.scenario === 'pairing-expired';
    Object.assign(line, {
      state: dead ? 'needs-pairing' : asBefore || line.state === 'halted' ? 'linked' : 'pairing',
      cause: dead ? 'qr-expired' : 'none',
      otherPhone: null,
      ...(call.body.replacePhone ? { phone: null } : {}),
    });
  },
  'pairing-code': (line, call, world) => {
    if (line.state === 'linked') throw new Refusal(409, 'line-not-in-that-state');
    if (!/\d{6}/.test(String(call.body.phone).replace(/\D/g, '')))
      throw new Refusal(422, 'invalid-fields', [{ pointer: '/phone', code: 'phone-invalid', detail: '' }]);
    const dead = world.scenario === 'pairing-expired';
    world.typed.add(line.id);
    Object.assign(line, { state: dead ? 'needs-pairing' : 'pairing', cause: dead ? 'qr-expired' : 'none' });
  },
  stop: (line) => Object.assign(line, { state: 'stopped', cause: 'stopped-here' }),
  'log-out': (line) => Object.assign(line, { state: 'stopped', cause: 'logged-out-here', phone: null }),
};

function create(call: Call, world: World) {
  const name = String(call.body.name);
  if (world.lines.some((one) => one.name.toLowerCase() === name.toLowerCase()))
    throw new Refusal(409, 'line-name-taken', [{ pointer: '/name', code: 'line-name-taken', detail: '' }]);
  const line = lineNamed(name, {
    engine: (call.body.engine as WhatsAppLine['engine'] | undefined) ?? 'linked-device',
    defaultLine: world.lines.length === 0,
  });
  world.lines.push(line);
  world.hint('whatsapp-line', line.id);
  return { status: 201, body: line };
}

export const lines: Area = (call, world, [id, what, testId, language]) => {
  if (!id) return call.method === 'GET' ? ok({ items: world.lines }) : once(call, world, () => create(call, world));
  const line = found(world.lines.find((one) => one.id === id));
  if (what === 'history') return ok({ items: world.lineHistory.get(line.id) ?? [] });
  if (what === 'credentials') return credentialsOf(call, world, line);
  if (what === 'templates') return approvedAt(call, world, line, testId, language);
  if (what === 'self-test') return ok(selfTestOf(world, line));
  if (call.method === 'PUT') {
    seen(call, line, world);
    Object.assign(line, { name: call.body.name, typing: call.body.typing, version: line.version + 1 });
    world.hint('whatsapp-line', line.id);
    return ok(line);
  }
  if (what === 'make-default') {
    seen(call, line, world);
    for (const one of world.lines) one.defaultLine = one === line;
    world.lines.sort((a, b) => Number(b.defaultLine) - Number(a.defaultLine));
    line.version += 1;
    world.hint('whatsapp-line', line.id);
    return ok(line);
  }
  if (what === 'test-messages') return testOf(call, world, line, testId);
  const act = asked[what ?? ''];
  if (act) {
    if (!line.gatewayReachable) throw new Refusal(503, 'gateway-unavailable');
    act(line, call, world);
    line.version += 1;
    world.hint('whatsapp-line', line.id);
    return ok(line);
  }
  return ok({ ...line, ...codesOf(line, world) });
};

function credentialsOf(call: Call, world: World, line: WhatsAppLine) {
  if (call.method === 'PUT') {
    seen(call, line, world);
    const [engine, given] = Object.entries(call.body)[0] as [string, Record<string, string>];
    const token = given.accessToken ?? given.authToken ?? given.apiKey ?? '';
    if (token.length < 16)
      throw new Refusal(422, 'invalid-fields', [{ pointer: `/${engine}/accessToken`, code: 'invalid-format', detail: '' }]);
    world.credentials.set(line.id, credentialsAt(line.id, token.slice(-4), NOW));
    world.hint('whatsapp-line', line.id);
  }
  return ok(world.credentials.get(line.id) ?? { set: false, last4: null, setAt: null, webhookUrl: null, fallbackUrl: null });
}

function selfTestOf(world: World, line: WhatsAppLine): SelfTest {
  if (!world.credentials.has(line.id)) {
    return {
      ok: false,
      checks: [
        { name: 'credentials', ok: false, code: 'credentials-missing', fix: 'Enter the credentials.', about: null },
        { name: 'public-address', ok: true, code: 'ok', fix: '', about: null },
      ],
    };
  }
  return {
    ok: false,
    checks: [
      { name: 'credentials', ok: true, code: 'ok', fix: '', about: null },
      { name: 'provider', ok: true, code: 'ok', fix: '', about: null },
      { name: 'public-address', ok: true, code: 'ok', fix: '', about: null },
      { name: 'webhook', ok: false, code: 'webhook-refused', fix: 'The proxy must pass everything on.', about: null },
    ],
  };
}

/** A test takes a moment for each step, as it does on the network. */
function testOf(call: Call, world: World, line: WhatsAppLine, testId: string | undefined) {
  if (call.method === 'GET') return ok(found(world.tests.get(testId ?? '')));
  if (line.state !== 'linked') throw new Refusal(503, 'line-down');
  return once(call, world, () => {
    const test: TestMessage = { id: newId(), to: String(call.body.to), state: 'accepted', reason: null, at: NOW };
    world.tests.set(test.id, test);
    for (const [wait, state] of [
      [500, 'sent'],
      [1_000, 'delivered'],
    ] as const) {
      setTimeout(() => {
        test.state = state;
        world.hint('whatsapp-line', line.id);
      }, wait);
    }
    return { status: 202, body: { ...test } };
  });
}

function codesOf(line: WhatsAppLine, world: World): Pick<WhatsAppLine, 'qr' | 'pairingCode'> {
  if (line.state !== 'pairing') return { qr: null, pairingCode: null };
  if (world.typed.has(line.id)) return { qr: null, pairingCode: { value: 'K7MR4TWP', expiresAt: plus(NOW, 2.5) } };
  const value = `2@${line.version}mockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmock,pairing,code,for,pictures,only==`;
  return { qr: { value, expiresAt: plus(NOW, 0.64) }, pairingCode: null };
}
