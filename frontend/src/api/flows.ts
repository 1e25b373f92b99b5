import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, ifMatch, settle } from './client';
import type { Flow, FlowBundleInput, FlowDocument, FlowImportInput, FlowInput, FlowTrial } from './flowTypes';
import { keys } from './keys';

/** The clinic's flows, the oldest first. */
export const flowsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'flows', 'list'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/flows`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

export const flowQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'flows', 'one', id),
    queryFn: async ({ signal }) => await settle(api.GET(`${T}/flows/{id}`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

/** What was published of a flow, the newest first. */
export const flowVersionsQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'flows', 'versions', id),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/flows/{id}/versions`, { params: { path: { organizationId, id } }, signal }))).items,
    staleTime: FRESH,
  });

/** How many people pass which step, in the last thirty days. */
export const flowFiguresQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'flows', 'figures', id),
    queryFn: async ({ signal }) => await settle(api.GET(`${T}/flows/{id}/figures`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

/** A flow to be taken to another clinic. */
export const exportFlow = async (organizationId: string, id: string) =>
  await settle(api.GET(`${T}/flows/{id}/bundle`, { params: { path: { organizationId, id } } }));

/** What another clinic exported; a dry run keeps nothing. */
export const importFlowBundle = async (organizationId: string, body: FlowBundleInput, key: string) =>
  await settle(api.POST(`${T}/flow-bundles`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

/** Flows that Recado brings along. */
export const starterFlowsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'flows', 'starters'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/starter-flows`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

/** What stands in the way of publishing a flow as it is written now. */
export const flowFaultsQuery = (organizationId: string, document: FlowDocument) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'flows', 'faults', document),
    queryFn: async ({ signal }) =>
      (await settle(api.POST(`${T}/flow-checks`, { params: { path: { organizationId } }, body: { document }, signal }))).items,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });

/** What flows did in a conversation, the newest first. */
export const flowSessionsQuery = (organizationId: string, conversationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'conversation-entries', conversationId, 'flows'),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/conversations/{id}/flow-sessions`, { params: { path: { organizationId, id: conversationId } }, signal })))
        .items,
    staleTime: FRESH,
  });

export const createFlow = async (organizationId: string, body: FlowInput, key: string) =>
  await settle(api.POST(`${T}/flows`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

const one = (organizationId: string, seen: Flow) => ({ path: { organizationId, id: seen.id }, header: ifMatch(seen.version) });
export const changeFlow = async (organizationId: string, seen: Flow, body: FlowInput) =>
  await settle(api.PUT(`${T}/flows/{id}`, { params: one(organizationId, seen), body }));

export const publishFlow = async (organizationId: string, seen: Flow) =>
  await settle(api.POST(`${T}/flows/{id}/publish`, { params: one(organizationId, seen) }));
export const archiveFlow = async (organizationId: string, seen: Flow) =>
  await settle(api.POST(`${T}/flows/{id}/archive`, { params: one(organizationId, seen) }));
export const restoreFlow = async (organizationId: string, seen: Flow) =>
  await settle(api.POST(`${T}/flows/{id}/restore`, { params: one(organizationId, seen) }));

/** An older bot's menus; a dry run keeps nothing. */
export const importFlow = async (organizationId: string, body: FlowImportInput, key: string) =>
  await settle(api.POST(`${T}/flow-imports`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

/** One turn of a trial: nothing is kept, sent or changed. */
export const tryFlow = async (organizationId: string, body: FlowTrial) =>
  await settle(api.POST(`${T}/flow-trials`, { params: { path: { organizationId } }, body }));
