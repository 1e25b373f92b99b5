import { type Area, found, ok, once, Refusal } from './call.ts';
import { NOW } from './names.ts';
import { newId, plus } from './world.ts';

export const lines: Area = (call, world, [id, what]) => {
  if (!id) {
    if (call.method === 'GET') return ok({ items: world.line ? [world.line] : [] });
    return once(call, world, () => {
      world.line = {
        id: newId(),
        name: String(call.body.name),
        state: 'stopped',
        cause: 'never-started',
        since: NOW,
        nextAttemptAt: null,
        phone: null,
        profileName: null,
        gatewayReachable: true,
        qr: null,
        waitingMessages: 0,
        version: 1,
      };
      return { status: 201, body: world.line };
    });
  }
  const line = found(world.line ?? undefined);
  if (what === 'history') return ok({ items: world.lineHistory });
  if (what === 'start' || what === 'stop' || what === 'log-out') {
    if (!line.gatewayReachable) throw new Refusal(503, 'gateway-unavailable');
    if (what === 'start')
      Object.assign(line, {
        state: world.scenario === 'pairing-expired' ? 'needs-pairing' : line.phone && line.cause === 'stopped-here' ? 'linked' : 'pairing',
        cause: 'none',
      });
    if (what === 'stop') Object.assign(line, { state: 'stopped', cause: 'stopped-here' });
    if (what === 'log-out') Object.assign(line, { state: 'stopped', cause: 'logged-out-here', phone: null });
    line.version += 1;
    world.hint('whatsapp-line', line.id);
    return ok(line);
  }
  const qr =
    line.state === 'pairing'
      ? {
          value: `2@${line.version}mockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmockmock,pairing,code,for,pictures,only==`,
          expiresAt: plus(NOW, 0.64),
        }
      : null;
  return ok({ ...line, qr });
};
