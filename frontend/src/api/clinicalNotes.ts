import { queryOptions } from '@tanstack/react-query';
import { everyPage, FRESH, T } from './asking';
import { api, idempotent, ifMatch, settle } from './client';
import { keys } from './keys';
import type { ClinicalNote, ClinicalNoteInput } from './types';

/** Whether there are notes: all that those who are no practitioners may know. */
export const notesSummaryQuery = (organizationId: string, patientId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'clinical-notes', patientId, 'summary'),
    queryFn: ({ signal }) =>
      settle(api.GET(`${T}/patients/{id}/clinical-notes/summary`, { params: { path: { organizationId, id: patientId } }, signal })),
    staleTime: FRESH,
  });

/** What they say, the latest first. Each look is recorded, so it is asked only when somebody wants to read. */
export const clinicalNotesQuery = (organizationId: string, patientId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'clinical-notes', patientId),
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        settle(
          api.GET(`${T}/patients/{id}/clinical-notes`, {
            params: { path: { organizationId, id: patientId }, query: { limit: 200, ...(cursor ? { cursor } : {}) } },
            signal,
          }),
        ),
      ),
    gcTime: 60_000,
  });

export const clinicalNoteQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'clinical-notes', 'one', id),
    queryFn: ({ signal }) => settle(api.GET(`${T}/clinical-notes/{id}`, { params: { path: { organizationId, id } }, signal })),
    gcTime: 60_000,
  });

export const createClinicalNote = (organizationId: string, body: ClinicalNoteInput, key: string): Promise<ClinicalNote> =>
  settle(api.POST(`${T}/clinical-notes`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const correctClinicalNote = (organizationId: string, seen: ClinicalNote, text: string): Promise<ClinicalNote> =>
  settle(
    api.PUT(`${T}/clinical-notes/{id}`, {
      params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) },
      body: { text },
    }),
  );
