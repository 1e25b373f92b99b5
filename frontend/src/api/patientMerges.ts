import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, ifMatch, settle } from './client';
import { keys } from './keys';
import type { MergedPatient, MergeField, UnmergedPatients } from './types';

/** Pairs that are shown at once; a page of the server may hold fewer and yet not be the last. */
const PAIRS = 20;

type Seen = { id: string; version: number };

export const patientPairsQuery = (organizationId: string) =>
  infiniteQueryOptions({
    queryKey: keys.of(organizationId, 'patients', 'pairs'),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.GET(`${T}/patients/duplicate-pairs`, {
          params: { path: { organizationId }, query: { limit: PAIRS, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    gcTime: 60_000,
  });

export const mergePreviewQuery = (organizationId: string, id: string, otherId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'merge', id, otherId),
    queryFn: ({ signal }) =>
      settle(api.GET(`${T}/patients/{id}/merge/{otherId}`, { params: { path: { organizationId, id, otherId } }, signal })),
  });

/** Merges into a patient that can be undone. */
export const patientMergesQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'merges', id),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/patients/{id}/merges`, { params: { path: { organizationId, id } }, signal }))).items,
    staleTime: FRESH,
  });

/** Whether two patients are two people, or may be one after all. */
export const distinguish = (organizationId: string, id: string, otherId: string, distinct: boolean): Promise<void> => {
  const params = { path: { organizationId, id, otherId } };
  return settle(
    distinct
      ? api.PUT(`${T}/patients/{id}/distinct-from/{otherId}`, { params })
      : api.DELETE(`${T}/patients/{id}/distinct-from/{otherId}`, { params }),
  ) as Promise<void>;
};

export const mergePatients = (
  organizationId: string,
  survivor: Seen,
  replaced: Seen,
  take: MergeField[],
  takeCustomFields: string[],
  key: string,
): Promise<MergedPatient> =>
  settle(
    api.POST(`${T}/patients/{id}/merge`, {
      params: { path: { organizationId, id: survivor.id }, header: { ...ifMatch(survivor.version), ...idempotent(key) } },
      body: { patientId: replaced.id, version: replaced.version, take, takeCustomFields },
    }),
  );

export const undoMerge = (organizationId: string, survivor: Seen, mergeId: string): Promise<UnmergedPatients> =>
  settle(
    api.POST(`${T}/patients/{id}/merges/{mergeId}/undo`, {
      params: { path: { organizationId, id: survivor.id, mergeId }, header: ifMatch(survivor.version) },
    }),
  );
