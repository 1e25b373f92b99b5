import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, idempotent, ifMatch, settle } from './client';
import type { components } from './generated';
import { keys } from './keys';

type Schemas = components['schemas'];
export type AssistantSettings = Schemas['AssistantSettings'];
export type AssistantSettingsChange = Schemas['AssistantSettingsChange'];
export type AssistantFact = Schemas['AssistantFact'];
export type AssistantFactInput = Schemas['AssistantFactInput'];
export type AssistantFactTexts = Schemas['AssistantFactTexts'];
export type AssistantFactImport = Schemas['AssistantFactImport'];
export type AssistantFactImportInput = Schemas['AssistantFactImportInput'];
export type AssistantTurn = Schemas['AssistantTurn'];
export type AssistantVerdict = NonNullable<AssistantTurn['verdict']>;
export type AssistantFigures = Schemas['AssistantFigures'];

const T = '/api/v1/organizations/{organizationId}';
const PAGE = 50;
type Seen = { id: string; version: number };
const seen = (organizationId: string, one: Seen) => ({ path: { organizationId, id: one.id }, header: ifMatch(one.version) });

export const assistantSettingsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'assistant', 'settings'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/assistant-settings`, { params: { path: { organizationId } }, signal })),
  });

export const assistantFactsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'assistant', 'facts'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/assistant-facts`, { params: { path: { organizationId } }, signal }))).items,
  });

export const assistantFiguresQuery = (organizationId: string, days: number) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'assistant', 'figures', days),
    queryFn: ({ signal }) => settle(api.GET(`${T}/assistant-figures`, { params: { path: { organizationId }, query: { days } }, signal })),
  });

/** Under what a hint of the conversation makes doubtful. */
export const conversationTurnsQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'conversation-entries', 'assistant', id),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/conversations/{id}/assistant-turns`, { params: { path: { organizationId, id } }, signal }))).items,
  });

export const assistantTurnsQuery = (organizationId: string) =>
  infiniteQueryOptions({
    queryKey: keys.of(organizationId, 'assistant', 'turns'),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.GET(`${T}/assistant-turns`, {
          params: { path: { organizationId }, query: { limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export const changeAssistantSettings = (
  organizationId: string,
  version: number,
  body: AssistantSettingsChange,
): Promise<AssistantSettings> =>
  settle(api.PUT(`${T}/assistant-settings`, { params: { path: { organizationId }, header: ifMatch(version) }, body }));

export const createAssistantFact = (organizationId: string, body: AssistantFactInput, key: string): Promise<AssistantFact> =>
  settle(api.POST(`${T}/assistant-facts`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const importAssistantFacts = (organizationId: string, body: AssistantFactImportInput, key: string): Promise<AssistantFactImport> =>
  settle(api.POST(`${T}/assistant-fact-imports`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const changeAssistantFact = (organizationId: string, one: Seen, body: AssistantFactInput): Promise<AssistantFact> =>
  settle(api.PUT(`${T}/assistant-facts/{id}`, { params: seen(organizationId, one), body }));

export const deleteAssistantFact = (organizationId: string, one: Seen): Promise<unknown> =>
  settle(api.DELETE(`${T}/assistant-facts/{id}`, { params: seen(organizationId, one) }));

export const judgeAssistantTurn = (organizationId: string, id: string, verdict: AssistantVerdict | null): Promise<AssistantTurn> =>
  settle(api.PUT(`${T}/assistant-turns/{id}/verdict`, { params: { path: { organizationId, id } }, body: { verdict } }));
