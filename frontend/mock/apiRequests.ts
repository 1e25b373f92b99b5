import type { ApiRequest, ApiUse } from '../src/api/types.ts';
import { type Area, ok, page } from './call.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';

const minutes = (n: number) => new Date(Date.parse(NOW) - n * 60_000).toISOString();

const request = (more: Partial<ApiRequest>): ApiRequest => ({
  id: newId(),
  at: minutes(1),
  clientId: null,
  method: 'GET',
  operation: 'listFreeSlots',
  status: 200,
  problem: null,
  millis: 18,
  address: '203.0.113.7',
  traceId: '4f9c21ab77e0c35d4f9c21ab77e0c35d',
  skipped: 0,
  ...more,
});

/** One that went well, one that lost a race, one that came too often and one of a key that is gone. */
export const apiRequests: Area = (call, world) => {
  const site = world.apiClients[0]?.id ?? null;
  const all = [
    request({ clientId: site }),
    request({
      clientId: site,
      at: minutes(2),
      method: 'POST',
      operation: 'createAppointment',
      status: 409,
      problem: 'slot-taken',
      millis: 41,
    }),
    request({ clientId: site, at: minutes(9), operation: null, status: 429, problem: 'too-many-requests', millis: 1, skipped: 212 }),
    request({
      at: minutes(70),
      operation: 'searchPatients',
      method: 'POST',
      status: 401,
      problem: 'unauthenticated',
      address: '198.51.100.24',
    }),
  ];
  const client = call.query.get('clientId');
  const refused = call.query.get('refused') === 'true';
  return page(all.filter((one) => (!client || one.clientId === client) && (!refused || one.status >= 400)));
};

export const apiUse: Area = (_call, world) => {
  const use: ApiUse = {
    items: [
      { clientId: world.apiClients[0]?.id ?? null, lastMinute: 12, requests: 1840, refused: 214, limited: 213, failed: 0 },
      { clientId: null, lastMinute: 0, requests: 3, refused: 3, limited: 0, failed: 0 },
    ],
    perMinute: 1200,
    perMinuteOfAKey: 600,
  };
  return ok(use);
};
