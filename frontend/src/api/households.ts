import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, ifMatch, settle } from './client';
import { keys } from './keys';
import type { Household, HouseholdInput } from './types';

export const householdsQuery = (organizationId: string, patientId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'households', patientId),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/patients/{id}/households`, { params: { path: { organizationId, id: patientId } }, signal }))).items,
    staleTime: FRESH,
  });

export const householdQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'household', id),
    queryFn: ({ signal }) => settle(api.GET(`${T}/households/{id}`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

export const createHousehold = (organizationId: string, body: HouseholdInput, key: string): Promise<Household> =>
  settle(api.POST(`${T}/households`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const updateHousehold = (organizationId: string, seen: Household, body: HouseholdInput): Promise<Household> =>
  settle(api.PUT(`${T}/households/{id}`, { params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) }, body }));

export const deleteHousehold = (organizationId: string, seen: Household): Promise<void> =>
  settle(
    api.DELETE(`${T}/households/{id}`, { params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) } }),
  ) as Promise<void>;
