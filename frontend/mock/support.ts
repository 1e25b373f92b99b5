import { type Area, ok, once } from './call.ts';
import { plus } from './made.ts';
import { CLINIC, NOW } from './names.ts';

/** Whether support may look; everybody's own clinics say so, too. */
export const supportAccess: Area = (call, world, [what]) => {
  if (call.method === 'GET') return ok(world.support);
  return once(call, world, () => {
    const until = what === 'grant' ? plus(NOW, Number(call.body.hours) * 60) : null;
    world.support = { until, grantedBy: until && world.me.name, lastUsedAt: null };
    for (const mine of world.me.organizations) if (mine.id === CLINIC.id) mine.supportUntil = until;
    return ok(world.support);
  });
};
