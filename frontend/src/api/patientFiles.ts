import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, settle } from './client';
import { keys } from './keys';

/** Pictures and documents of a patient, the latest first. */
export const patientFilesQuery = (organizationId: string, patientId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'files', patientId),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/patients/{id}/files`, { params: { path: { organizationId, id: patientId } }, signal }))).items,
    staleTime: FRESH,
  });

/** The bytes of one; never kept. */
export const patientFile = (organizationId: string, patientId: string, fileId: string): Promise<Blob> =>
  settle(api.GET(`${T}/patients/{id}/files/{fileId}`, { params: { path: { organizationId, id: patientId, fileId } }, parseAs: 'blob' }));
