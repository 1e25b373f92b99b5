import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, ifMatch, settle } from './client';
import { keys } from './keys';
import type { MessageBudget, MessageBudgetInput, MessagePrice } from './types';

/** What messages cost by month, line and category. */
export const consumptionQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'reports', 'consumption'),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/message-consumption`, { params: { path: { organizationId }, query: { months: 6 } }, signal }))).months,
    staleTime: FRESH,
  });

/** How much the clinic wants to spend in a month, and how much it did. */
export const budgetQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'reports', 'budget'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/message-budget`, { params: { path: { organizationId } }, signal })),
    staleTime: FRESH,
  });

export const changeBudget = (organizationId: string, version: number, body: MessageBudgetInput): Promise<MessageBudget> =>
  settle(api.PUT(`${T}/message-budget`, { params: { path: { organizationId }, header: ifMatch(version) }, body }));

/** What the messages would cost that a rule has planned. */
export const ruleCostQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'rules', 'cost', id),
    queryFn: ({ signal }) => settle(api.GET(`${T}/notification-rules/{id}/cost`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

/** The platform's price table, by market and category. */
export const pricesQuery = queryOptions({
  queryKey: keys.platformPrices,
  queryFn: async ({ signal }) => (await settle(api.GET('/api/v1/platform/message-prices', { signal }))).items,
  staleTime: FRESH,
});

export const writePrices = (items: MessagePrice[], key: string): Promise<void> =>
  settle(api.POST('/api/v1/platform/message-prices', { params: { header: idempotent(key) }, body: { items } })) as Promise<void>;
