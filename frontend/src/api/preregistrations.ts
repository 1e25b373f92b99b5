import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, ifMatch, settle } from './client';
import { keys } from './keys';
import type { Coverage, CoverageInput, Preregistration, PreregistrationDetail } from './types';

/** The newest first. */
export const preregistrationsQuery = (organizationId: string, patientId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'preregistrations', patientId),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/preregistrations`, { params: { path: { organizationId }, query: { patientId } }, signal }))).items,
    staleTime: FRESH,
  });

export const createPreregistration = (
  organizationId: string,
  body: { patientId: string; send: boolean },
  key: string,
): Promise<Preregistration> =>
  settle(api.POST(`${T}/preregistrations`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const sendPreregistration = (organizationId: string, id: string, key: string): Promise<Preregistration> =>
  settle(api.POST(`${T}/preregistrations/{id}/send`, { params: { path: { organizationId, id }, header: idempotent(key) } }));

export const revokePreregistration = (organizationId: string, seen: Preregistration): Promise<Preregistration> =>
  settle(
    api.POST(`${T}/preregistrations/{id}/revoke`, { params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) } }),
  );

export const resolvePreregistration = (
  organizationId: string,
  seen: Preregistration,
  accept: PreregistrationDetail[],
): Promise<Preregistration> =>
  settle(
    api.POST(`${T}/preregistrations/{id}/resolve`, {
      params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) },
      body: { accept },
    }),
  );

export const coverageQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'coverage', id),
    queryFn: ({ signal }) => settle(api.GET(`${T}/patients/{id}/coverage`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

export const replaceCoverage = (organizationId: string, id: string, seen: Coverage, body: CoverageInput): Promise<Coverage> =>
  settle(api.PUT(`${T}/patients/{id}/coverage`, { params: { path: { organizationId, id }, header: ifMatch(seen.version) }, body }));
