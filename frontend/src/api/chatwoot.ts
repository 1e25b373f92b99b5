import { queryOptions } from '@tanstack/react-query';
import { api, idempotent, ifMatch, settle } from './client';
import type { components } from './generated';
import { keys } from './keys';

type Schemas = components['schemas'];
export type ChatwootBridge = Schemas['ChatwootBridge'];
export type ChatwootBridgeInput = Schemas['ChatwootBridgeInput'];
export type ChatwootCheck = Schemas['ChatwootCheck'];

const T = '/api/v1/organizations/{organizationId}';
type Seen = { id: string; version: number };
const seen = (organizationId: string, one: Seen) => ({ path: { organizationId, id: one.id }, header: ifMatch(one.version) });

export const chatwootBridgesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'chatwoot-bridges'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/chatwoot-bridges`, { params: { path: { organizationId } }, signal }))).items,
  });

export const createChatwootBridge = (organizationId: string, body: ChatwootBridgeInput, key: string): Promise<ChatwootBridge> =>
  settle(api.POST(`${T}/chatwoot-bridges`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const changeChatwootBridge = (organizationId: string, one: Seen, body: ChatwootBridgeInput): Promise<ChatwootBridge> =>
  settle(api.PUT(`${T}/chatwoot-bridges/{id}`, { params: seen(organizationId, one), body }));
export const removeChatwootBridge = (organizationId: string, one: Seen) =>
  settle(api.DELETE(`${T}/chatwoot-bridges/{id}`, { params: seen(organizationId, one) }));
export const testChatwootBridge = async (organizationId: string, id: string): Promise<ChatwootCheck[]> =>
  (await settle(api.POST(`${T}/chatwoot-bridges/{id}/test`, { params: { path: { organizationId, id } } }))).items;
