import type { ServiceStatus } from '../src/api/types.ts';
import { type Area, ok } from './call.ts';
import { at } from './made.ts';
import { NOW } from './names.ts';

/** Whether things work: as the scenario's lines stand, with one bad morning behind. */
export const serviceStatus: Area = (_, world) => {
  const waiting = world.lines.reduce((sum, line) => sum + line.waitingMessages, 0);
  const status: ServiceStatus = {
    at: NOW,
    recado: world.scenario === 'gateway-down' ? 'slow' : 'works',
    whatsApp: world.scenario === 'reconnecting' ? 'trouble' : 'works',
    lines: world.lines.map(({ id, name, state }) => ({ id, name, state, works: state === 'linked' })),
    waiting,
    oldestWaitingAt: waiting > 0 ? at('2026-11-24', '10:21') : null,
    late: world.scenario === 'empty' ? [] : [{ day: '2026-11-20', held: 12, tooLate: 1, longestMinutes: 94 }],
  };
  return ok(status);
};
