import type { WebhookDelivery, WebhookEndpoint, WebhookEventType } from '../src/api/types.ts';
import { type Area, type Call, found, ok, once, page, Refusal, seen } from './call.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

/** The same for each: nobody signs here. */
const PUBLIC_KEY = 'whpk_bE7FN0iDLX3IQ+fMQTXJ6uyqJ4nJ9bD1PDQdMqQ/5Fg=';

/** Endpoints that are told of what happens; nobody is told here. */
export const webhookEndpoints: Area = (call, world, [id, part, eventId]) => {
  if (id === undefined) return call.method === 'POST' ? created(call, world) : ok({ items: world.webhooks.map((one) => one.endpoint) });
  const webhook = found(world.webhooks.find((one) => one.endpoint.id === id));
  switch (part) {
    case 'deliveries':
      return eventId === undefined ? page(webhook.deliveries) : again(call, world, webhook, eventId);
    case 'secret':
      return ok({ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' });
    case 'rotate-secret':
      seen(call, webhook.endpoint, world);
      return ok(Object.assign(webhook.endpoint, { version: webhook.endpoint.version + 1 }));
    case 'replay':
      return ok({ events: webhook.deliveries.length });
    case 'test': {
      if (webhook.endpoint.state === 'paused') throw new Refusal(409, 'webhook-endpoint-paused');
      const made = delivery('webhook.test', 'pending');
      webhook.deliveries.unshift(made);
      return ok(made);
    }
    default:
      return one(call, world, webhook);
  }
};

export interface MockWebhook {
  endpoint: WebhookEndpoint;
  deliveries: WebhookDelivery[];
}

function one(call: Call, world: World, webhook: MockWebhook) {
  if (call.method === 'GET') return ok(webhook.endpoint);
  seen(call, webhook.endpoint, world);
  if (call.method === 'DELETE') {
    world.webhooks = world.webhooks.filter((each) => each !== webhook);
    return { status: 204 };
  }
  const version = webhook.endpoint.version + 1;
  return ok(Object.assign(webhook.endpoint, said(call), { version, cause: null, failingSince: null }));
}

function created(call: Call, world: World) {
  return once(call, world, () => {
    if (String(call.body.url).includes('10.0.0.')) {
      throw new Refusal(422, 'invalid-fields', [{ pointer: '/url', code: 'address-not-public', detail: 'This address cannot be called' }]);
    }
    const endpoint: WebhookEndpoint = {
      id: newId(),
      ...said(call),
      cause: null,
      failingSince: null,
      formerSecretUntil: null,
      createdAt: NOW,
      version: 0,
    };
    world.webhooks.push({ endpoint, deliveries: [] });
    return { status: 201, body: endpoint };
  });
}

function again(_call: Call, _world: World, webhook: MockWebhook, eventId: string) {
  const told = found(webhook.deliveries.find((each) => each.eventId === eventId));
  return ok(Object.assign(told, { state: 'pending', attempts: 0, nextAttemptAt: NOW }));
}

const said = ({ body }: Call) => ({
  url: String(body.url),
  description: String(body.description),
  eventTypes: body.eventTypes as WebhookEventType[],
  state: body.active ? ('active' as const) : ('paused' as const),
  publicKey: body.asymmetric === true ? PUBLIC_KEY : null,
});

function delivery(type: WebhookEventType, state: WebhookDelivery['state'], more: Partial<WebhookDelivery> = {}): WebhookDelivery {
  return {
    eventId: newId(),
    type,
    resourceId: newId(),
    sequence: 1,
    state,
    attempts: 0,
    nextAttemptAt: state === 'pending' ? NOW : null,
    lastStatus: null,
    lastCause: null,
    lastAttemptAt: null,
    occurredAt: NOW,
    ...more,
  };
}

/** One that takes what it is told, one that does not, and one that was given up. */
export function mockWebhooks(): MockWebhook[] {
  const endpoint = (description: string, more: Partial<WebhookEndpoint>): WebhookEndpoint => ({
    id: newId(),
    url: 'https://ehr.example.com/recado',
    description,
    eventTypes: [],
    state: 'active',
    cause: null,
    failingSince: null,
    publicKey: null,
    formerSecretUntil: null,
    createdAt: NOW,
    version: 0,
    ...more,
  });
  const minutes = (n: number) => new Date(Date.parse(NOW) + n * 60_000).toISOString();
  return [
    {
      endpoint: endpoint('Historia clínica', { publicKey: PUBLIC_KEY }),
      deliveries: [
        delivery('appointment.booked', 'delivered', { attempts: 1, lastStatus: 200, occurredAt: minutes(-2) }),
        delivery('appointment.cancelled', 'pending', {
          attempts: 2,
          lastStatus: 503,
          occurredAt: minutes(-6),
          nextAttemptAt: minutes(4),
        }),
        delivery('message.changed', 'failed', { attempts: 10, lastCause: 'timeout', occurredAt: minutes(-4_400) }),
      ],
    },
    {
      endpoint: endpoint('Facturación', {
        eventTypes: ['appointment.status_changed', 'appointment.cancelled'],
        failingSince: minutes(-190),
      }),
      deliveries: [],
    },
    { endpoint: endpoint('Sitio web', { state: 'disabled', cause: 'gone' }), deliveries: [] },
  ];
}
