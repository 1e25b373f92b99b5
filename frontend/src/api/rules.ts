import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, ifMatch, settle } from './client';
import { keys } from './keys';
import type { NotificationOutlook, NotificationRule, NotificationRuleInput, ReleasePolicy, UnconfirmedVisit } from './types';

/** What the clinic tells its patients: notices first, then reminders from the earliest to the latest, then what follows. */
export const rulesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'rules', 'list'),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/notification-rules`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

export const createRule = (organizationId: string, body: NotificationRuleInput, key: string): Promise<NotificationRule> =>
  settle(api.POST(`${T}/notification-rules`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const changeRule = (organizationId: string, seen: NotificationRule, body: NotificationRuleInput): Promise<NotificationRule> =>
  settle(
    api.PUT(`${T}/notification-rules/{id}`, { params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) }, body }),
  );

export const deleteRule = (organizationId: string, seen: NotificationRule): Promise<void> =>
  settle(
    api.DELETE(`${T}/notification-rules/{id}`, { params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) } }),
  ) as Promise<void>;

/** What the reminder of a rule changes, as far as it can be said. */
export const ruleEffectQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'rules', 'effect', id),
    queryFn: ({ signal }) => settle(api.GET(`${T}/notification-rules/{id}/effect`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

/** What would go out in the week that begins today. */
export const forecastQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'rules', 'forecast'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/notification-forecast`, { params: { path: { organizationId } }, signal })),
    staleTime: FRESH,
  });

export interface ForecastFilter {
  outlook?: NotificationOutlook;
  ruleId?: string;
  date?: string;
}

/** The same message by message. */
export const forecastMessagesQuery = (organizationId: string, filter: ForecastFilter) =>
  infiniteQueryOptions({
    queryKey: keys.of(organizationId, 'rules', 'forecast-messages', filter.outlook ?? '', filter.ruleId ?? '', filter.date ?? ''),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.GET(`${T}/notification-forecast/messages`, {
          params: { path: { organizationId }, query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    staleTime: FRESH,
  });

/** What each rule did for a visit. */
export const explanationQuery = (organizationId: string, appointmentId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'timeline', appointmentId, 'rules'),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/appointments/{id}/notifications`, { params: { path: { organizationId, id: appointmentId } }, signal })))
        .items,
    staleTime: FRESH,
  });

/** What the clinic does with hours that nobody confirms. */
export const releasePolicyQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'rules', 'release'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/release-policy`, { params: { path: { organizationId } }, signal })),
    staleTime: FRESH,
  });

export const changeReleasePolicy = (organizationId: string, { version, ...body }: ReleasePolicy): Promise<ReleasePolicy> =>
  settle(api.PUT(`${T}/release-policy`, { params: { path: { organizationId }, header: ifMatch(version) }, body }));

export const unconfirmedQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'rules', 'unconfirmed'),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/unconfirmed-visits`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

export const offerHour = async (organizationId: string, id: string, key: string): Promise<UnconfirmedVisit[]> =>
  (await settle(api.POST(`${T}/appointments/{id}/offer`, { params: { path: { organizationId, id }, header: idempotent(key) } }))).items;
