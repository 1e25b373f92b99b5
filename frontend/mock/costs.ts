import type { MessageBudget, MessageConsumptionMonth, MessagePrice, NotificationRuleCost } from '../src/api/types.ts';
import { type Answer, type Area, type Call, ok, once, seen } from './call.ts';
import type { World } from './world.ts';

const charged: MessageConsumptionMonth[] = [
  {
    month: '2026-11',
    totals: [{ currency: 'USD', amount: 13.5 }],
    rows: [
      {
        lineId: '0197a100-0000-7000-8000-0000000000c1',
        lineName: 'Campañas',
        category: 'marketing',
        messages: 40,
        unpriced: 0,
        cost: { currency: 'USD', amount: 2.5 },
      },
      {
        lineId: '0197a100-0000-7000-8000-0000000000c1',
        lineName: 'Campañas',
        category: 'utility',
        messages: 423,
        unpriced: 0,
        cost: { currency: 'USD', amount: 11 },
      },
      { lineId: '0197a100-0000-7000-8000-0000000000c1', lineName: 'Campañas', category: 'service', messages: 61, unpriced: 0, cost: null },
    ],
  },
];

/** Kept per session, as everything of the mock is. */
const budgets = new WeakMap<World, MessageBudget>();
const prices = new WeakMap<World, MessagePrice[]>();

export const messageConsumption: Area = (_, world) => ok({ months: world.scenario === 'official' ? charged : [] });

export const messageBudget: Area = (call, world) => {
  const budget = budgets.get(world) ?? {
    monthly: null,
    currency: 'USD',
    spent: world.scenario === 'official' ? 13.5 : 0,
    reached: false,
    version: 0,
  };
  budgets.set(world, budget);
  if (call.method === 'PUT') {
    seen(call, budget, world);
    const { monthly, currency } = call.body as Pick<MessageBudget, 'monthly' | 'currency'>;
    Object.assign(budget, { monthly, currency, reached: monthly !== null && budget.spent >= monthly, version: budget.version + 1 });
  }
  return ok({ ...budget });
};

export const ruleCost = (world: World): NotificationRuleCost => ({
  days: 30,
  messages: 412,
  charged: world.scenario === 'official',
  category: 'utility',
  unpriced: 0,
  amounts: [{ currency: 'USD', amount: 10.712 }],
});

export function messagePrices(call: Call, world: World): Answer {
  const utility: MessagePrice = { market: 'AR', category: 'utility', validFrom: '2026-10-01', currency: 'USD', price: 0.026 };
  const written = prices.get(world) ?? (world.scenario === 'empty' ? [] : [utility]);
  prices.set(world, written);
  if (call.method !== 'POST') return ok({ items: written });
  return once(call, world, () => {
    written.push(...(call.body.items as MessagePrice[]));
    return { status: 204 };
  });
}
