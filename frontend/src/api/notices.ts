import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, settle } from './client';
import { keys } from './keys';
import type { CallAttempt, CallAttemptInput, UnansweredVisit } from './types';

/** Visits of the coming days whose patients were told and have not answered; those to be called again first. */
export const unansweredQuery = (organizationId: string, days: number) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'appointments', 'unanswered', days),
    queryFn: async ({ signal }): Promise<UnansweredVisit[]> =>
      (await settle(api.GET(`${T}/unanswered-visits`, { params: { path: { organizationId }, query: { days } }, signal }))).items,
    staleTime: FRESH,
  });

export const noteCall = (organizationId: string, id: string, body: CallAttemptInput, key: string): Promise<CallAttempt> =>
  settle(api.POST(`${T}/appointments/{id}/call-attempts`, { params: { path: { organizationId, id }, header: idempotent(key) }, body }));

export type ProofFormat = 'pdf' | 'csv';
/** Of one visit, or of everything said to somebody in some days; held in memory only until it is saved. */
export const exportProof = (
  organizationId: string,
  of: { appointmentId: string } | { patientId: string; from: string; to: string },
  format: ProofFormat,
): Promise<Blob> =>
  ('appointmentId' in of
    ? settle(
        api.GET(`${T}/appointments/{id}/notice-proof/export`, {
          params: { path: { organizationId, id: of.appointmentId }, query: { format } },
          parseAs: 'blob',
        }),
      )
    : settle(
        api.GET(`${T}/patients/{id}/notice-proof/export`, {
          params: { path: { organizationId, id: of.patientId }, query: { format, from: of.from, to: of.to } },
          parseAs: 'blob',
        }),
      )) as unknown as Promise<Blob>;
