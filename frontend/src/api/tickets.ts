import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, idempotent, ifMatch, settle } from './client';
import type { components } from './generated';
import { keys } from './keys';

type Schemas = components['schemas'];
export type Ticket = Schemas['Ticket'];
export type TicketCategory = NonNullable<Ticket['category']>;
export type TicketState = Ticket['state'];
export type TicketSettings = Schemas['TicketSettings'];
export type TicketStatistics = Schemas['TicketStatistics'];

export const ticketStates = ['open', 'in-progress', 'closed'] as const satisfies readonly TicketState[];
export const ticketCategories = [
  'appointment',
  'complaint',
  'documents',
  'information',
  'order',
  'payment',
  'urgency',
] as const satisfies readonly TicketCategory[];

export interface TicketFilter {
  state?: TicketState;
  category?: TicketCategory;
  from?: string;
  to?: string;
}

const T = '/api/v1/organizations/{organizationId}';
const FRESH = 30_000;
type Seen = { id: string; version: number };
const seen = (organizationId: string, one: Seen) => ({ path: { organizationId, id: one.id }, header: ifMatch(one.version) });

export const ticketsQuery = (organizationId: string, filter: TicketFilter) =>
  infiniteQueryOptions({
    queryKey: keys.of(organizationId, 'tickets', 'list', filter),
    queryFn: ({ pageParam, signal }) =>
      settle(api.GET(`${T}/tickets`, { params: { path: { organizationId }, query: { ...filter, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: FRESH,
  });

/** By its number or by what was said. Never part of an address: what is looked for is about patients. */
export const foundTicketsQuery = (organizationId: string, text: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'tickets', 'found', text),
    queryFn: async ({ signal }) =>
      (await settle(api.POST(`${T}/tickets/search`, { params: { path: { organizationId } }, body: { text }, signal }))).items,
    gcTime: 0,
  });

/** The newest of a conversation; null when it has none. */
export const ticketOfQuery = (organizationId: string, conversationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'tickets', 'of', conversationId),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/tickets`, { params: { path: { organizationId }, query: { conversationId, limit: 1 } }, signal })))
        .items[0] ?? null,
    staleTime: FRESH,
  });

export const ticketStatisticsQuery = (organizationId: string, days: { from: string; to: string }) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'tickets', 'statistics', days),
    queryFn: ({ signal }) => settle(api.GET(`${T}/ticket-statistics`, { params: { path: { organizationId }, query: days }, signal })),
    staleTime: FRESH,
  });

export const ticketSettingsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'tickets', 'settings'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/ticket-settings`, { params: { path: { organizationId } }, signal })),
    staleTime: 300_000,
  });

export const changeTicketSettings = (
  organizationId: string,
  version: number,
  body: Pick<TicketSettings, 'openedFor' | 'rules'>,
): Promise<TicketSettings> =>
  settle(api.PUT(`${T}/ticket-settings`, { params: { path: { organizationId }, header: ifMatch(version) }, body }));

export const openTicket = (organizationId: string, conversationId: string, key: string): Promise<Ticket> =>
  settle(
    api.POST(`${T}/conversations/{id}/tickets`, {
      params: { path: { organizationId, id: conversationId }, header: idempotent(key) },
      body: { category: null },
    }),
  );

export const changeTicket = (
  organizationId: string,
  one: Seen,
  body: { state: TicketState; category: TicketCategory | null },
): Promise<Ticket> => settle(api.PUT(`${T}/tickets/{id}`, { params: seen(organizationId, one), body }));

/** One sentence to the patient with its number; refused while the line is down. */
export const acknowledgeTicket = (organizationId: string, one: Seen): Promise<Ticket> =>
  settle(api.POST(`${T}/tickets/{id}/acknowledge`, { params: seen(organizationId, one) }));

export const exportTickets = (organizationId: string, query: { from: string; to: string; format: 'csv' | 'xlsx' }) =>
  settle(api.GET(`${T}/tickets/export`, { params: { path: { organizationId }, query }, parseAs: 'blob' })) as Promise<Blob>;
