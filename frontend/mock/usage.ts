import type { PlanInput, Usage } from '../src/api/types.ts';
import { type Answer, type Area, type Call, ok } from './call.ts';
import type { World } from './world.ts';

function usageOf(world: World, lines: number, members: number): Usage {
  const { plan } = world;
  return {
    plan: plan?.plan ?? null,
    items: [
      { limit: 'lines', used: lines, most: plan?.lines ?? null },
      { limit: 'messages-per-day', used: 213, most: plan?.messagesPerDay ?? null },
      { limit: 'members', used: members, most: plan?.members ?? null },
      { limit: 'storage-megabytes', used: 142, most: plan?.storageMegabytes ?? null },
    ],
  };
}

export const usage: Area = (_, world) => ok(usageOf(world, world.lines.length, world.members.length));

/** What the platform sees of a clinic, and the plan it gives it. */
export function planning(call: Call, world: World): Answer {
  if (call.method === 'PUT') world.plan = call.body as unknown as PlanInput;
  return ok(usageOf(world, 2, 5));
}
