import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, ifMatch, settle } from './client';
import { keys } from './keys';
import type { Patient, PrivacyRequest, PrivacyRequestInput } from './types';

/** What patients asked about their data: open ones, due first, or those that were answered. */
export const privacyRequestsQuery = (organizationId: string, closed: boolean) =>
  infiniteQueryOptions({
    queryKey: keys.of(organizationId, 'privacy-requests', 'list', closed),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.GET(`${T}/privacy-requests`, {
          params: { path: { organizationId }, query: { closed, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    staleTime: FRESH,
  });

/** Open ones of a patient. */
export const privacyRequestsOfPatientQuery = (organizationId: string, patientId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'privacy-requests', 'of-patient', patientId),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/privacy-requests`, { params: { path: { organizationId }, query: { patientId } }, signal }))).items,
    staleTime: FRESH,
  });

export const createPrivacyRequest = (organizationId: string, body: PrivacyRequestInput, key: string): Promise<PrivacyRequest> =>
  settle(api.POST(`${T}/privacy-requests`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export interface PrivacyAnswer {
  outcome: 'done' | 'refused';
  reason: string;
}

export const answerPrivacyRequest = (
  organizationId: string,
  seen: PrivacyRequest,
  { outcome, reason }: PrivacyAnswer,
): Promise<PrivacyRequest> => {
  const params = { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) };
  return settle(
    outcome === 'refused'
      ? api.POST(`${T}/privacy-requests/{id}/refuse`, { params, body: { reason } })
      : api.POST(`${T}/privacy-requests/{id}/complete`, { params, body: reason ? { reason } : {} }),
  );
};

/** Takes a person out of the clinic's records; cannot be undone. */
export const erasePatient = (organizationId: string, seen: Patient): Promise<void> =>
  settle(
    api.POST(`${T}/patients/{id}/erase`, { params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) } }),
  ) as Promise<void>;

/** What is kept of them is not used until it is lifted. */
export const restrictPatient = (organizationId: string, seen: Patient, reason: string): Promise<Patient> =>
  settle(
    api.POST(`${T}/patients/{id}/restrict`, {
      params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) },
      body: reason ? { reason } : {},
    }),
  );

export const liftRestriction = (organizationId: string, seen: Patient): Promise<Patient> =>
  settle(
    api.POST(`${T}/patients/{id}/lift-restriction`, {
      params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) },
    }),
  );

/** All that is kept of a patient; held in memory only until it is saved. */
export const exportPersonalData = (organizationId: string, id: string): Promise<Blob> =>
  settle(
    api.GET(`${T}/patients/{id}/personal-data`, { params: { path: { organizationId, id } }, parseAs: 'blob' }),
  ) as unknown as Promise<Blob>;
