import type { OrganizationDeletion } from '../src/api/types.ts';
import { type Answer, type Call, found, ok, once, Refusal } from './call.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

/** Thirty days after the mock's now. */
const DUE = new Date(Date.parse(NOW) + 30 * 86_400_000).toISOString().replace('.000Z', 'Z');

type Standing = World['platform'][number]['suspension'];

const view = (suspension: Standing): OrganizationDeletion => ({
  dueAt: suspension?.deletionDueAt ?? null,
  requestedAs: suspension?.deletionDueAt ? 'owner' : null,
  begun: false,
  dueIfRequestedNow: DUE,
});

/** Changes how a clinic stands: as the platform lists it, or as its people find it. */
function decide(call: Call, world: World, clinic: { name: string; suspension: Standing }): Answer {
  if (call.method === 'GET') return ok(view(clinic.suspension));
  return once(call, world, () => {
    const asks = call.path.endsWith('/request');
    if (asks && call.body.name !== clinic.name)
      throw new Refusal(422, 'invalid-fields', [{ pointer: '/name', code: 'other-name', detail: 'Another name' }]);
    clinic.suspension = asks ? { reason: 'deletion', since: NOW, deletionDueAt: DUE } : null;
    return ok(view(clinic.suspension));
  });
}

/** An owner has the clinic deleted, or keeps it. */
export const deletion = (call: Call, world: World): Answer =>
  decide(call, world, found(world.me.organizations.find((one) => call.path.includes(one.id))));

/** The platform does. */
export function platformDeletion(call: Call, world: World): Answer {
  const clinic = found(world.platform.find((one) => call.path.includes(one.id)));
  const answer = decide(call, world, clinic);
  clinic.state = clinic.suspension ? 'suspended' : 'active';
  return answer;
}
