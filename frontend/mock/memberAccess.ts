import type { MemberPermissionRule, MemberPermissions, MySession } from '../src/api/types.ts';
import { type Answer, type Area, type Call, found, ok, seen } from './call.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

/** What the people of the clinic may do beside their roles. */
export const memberPermissions: Area = (call, world) => {
  if (call.method === 'PUT') {
    seen(call, world.memberPermissions, world);
    const said = call.body.items as MemberPermissionRule[];
    world.memberPermissions = {
      items: usualPermissions().items.map((usual) => said.find((one) => one.permission === usual.permission) ?? usual),
      secondFactorRequired: call.body.secondFactorRequired === true,
      version: world.memberPermissions.version + 1,
    };
  }
  return ok(world.memberPermissions);
};

/** Where the person is signed in. */
export function mySessions(call: Call, world: World, id: string | undefined): Answer {
  if (call.method !== 'DELETE') return ok({ items: world.sessions });
  if (id) found(world.sessions.find((one) => one.id === id));
  world.sessions = id ? world.sessions.filter((one) => one.id !== id) : [];
  return { status: 204 };
}

export const usualPermissions = (): MemberPermissions => ({
  items: [
    { permission: 'clinical-notes', roles: ['practitioner'], grantedTo: [], withheldFrom: [] },
    { permission: 'exports', roles: [], grantedTo: [], withheldFrom: [] },
    { permission: 'campaigns', roles: [], grantedTo: [], withheldFrom: [] },
  ],
  secondFactorRequired: false,
  version: 0,
});

export function mockSessions(): MySession[] {
  const hours = (n: number) => new Date(Date.parse(NOW) + n * 3_600_000).toISOString();
  return [
    { id: newId(), address: '203.0.113.7', startedAt: hours(-3), lastUsedAt: NOW, current: true },
    { id: newId(), address: '198.51.100.24', startedAt: hours(-50), lastUsedAt: hours(-20), current: false },
  ];
}
