import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, ifMatch, settle } from './client';
import { keys } from './keys';
import type {
  Campaign,
  CampaignAudience,
  CampaignAudienceCount,
  CampaignInput,
  CampaignResults,
  CustomTemplate,
  PatientConsent,
} from './types';

/** Campaigns, the newest first. */
export const campaignsQuery = (organizationId: string) =>
  infiniteQueryOptions({
    queryKey: keys.of(organizationId, 'campaigns', 'list'),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.GET(`${T}/campaigns`, {
          params: { path: { organizationId }, query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    staleTime: FRESH,
  });

export const campaignQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'campaigns', 'one', id),
    queryFn: ({ signal }): Promise<Campaign> =>
      settle(api.GET(`${T}/campaigns/{id}`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

export const campaignResultsQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'campaigns', 'results', id),
    queryFn: ({ signal }): Promise<CampaignResults> =>
      settle(api.GET(`${T}/campaigns/{id}/results`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

/** How many an audience has now, and what messages to them would cost on a line; a purpose of null asks nothing. */
export const audienceCountQuery = (
  organizationId: string,
  audience: CampaignAudience,
  purpose: CustomTemplate['purpose'] | null,
  lineId: string | null,
) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'campaigns', 'count', audience, purpose, lineId),
    queryFn: ({ signal }): Promise<CampaignAudienceCount> =>
      settle(
        api.POST(`${T}/campaigns/audience-count`, {
          params: { path: { organizationId } },
          body: { audience, purpose: purpose ?? 'marketing', ...(lineId ? { lineId } : {}) },
          signal,
        }),
      ),
    enabled: purpose !== null,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });

export const createCampaign = (organizationId: string, body: CampaignInput, key: string): Promise<Campaign> =>
  settle(api.POST(`${T}/campaigns`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

const one = (organizationId: string, seen: Campaign) => ({ path: { organizationId, id: seen.id }, header: ifMatch(seen.version) });
export const changeCampaign = (organizationId: string, seen: Campaign, body: CampaignInput): Promise<Campaign> =>
  settle(api.PUT(`${T}/campaigns/{id}`, { params: one(organizationId, seen), body }));
/** `recipients` is what the person was told. */
export const startCampaign = (organizationId: string, seen: Campaign, recipients: number): Promise<Campaign> =>
  settle(api.POST(`${T}/campaigns/{id}/start`, { params: one(organizationId, seen), body: { recipients } }));
export const pauseCampaign = (organizationId: string, seen: Campaign): Promise<Campaign> =>
  settle(api.POST(`${T}/campaigns/{id}/pause`, { params: one(organizationId, seen) }));
export const resumeCampaign = (organizationId: string, seen: Campaign): Promise<Campaign> =>
  settle(api.POST(`${T}/campaigns/{id}/resume`, { params: one(organizationId, seen) }));
export const cancelCampaign = (organizationId: string, seen: Campaign): Promise<Campaign> =>
  settle(api.POST(`${T}/campaigns/{id}/cancel`, { params: one(organizationId, seen) }));

/** What was said about being written to, of a patient's number, the latest first. */
export const consentsQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'consents', id),
    queryFn: async ({ signal }): Promise<PatientConsent[]> =>
      (await settle(api.GET(`${T}/patients/{id}/consents`, { params: { path: { organizationId, id } }, signal }))).items,
    staleTime: FRESH,
  });
export const recordMarketing = async (
  organizationId: string,
  id: string,
  body: { allowed: boolean; evidence: string },
  key: string,
): Promise<PatientConsent[]> =>
  (await settle(api.POST(`${T}/patients/{id}/consents`, { params: { path: { organizationId, id }, header: idempotent(key) }, body })))
    .items;
