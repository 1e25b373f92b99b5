import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, settle } from './client';
import { keys } from './keys';
import type { PatientFile } from './types';

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

/** Keeps a picture or a PDF; what it is, the server finds out. Its name travels in a header: addresses are written to logs. */
export const attachFile = (organizationId: string, patientId: string, file: File, key: string): Promise<PatientFile> =>
  settle(
    api.POST(`${T}/patients/{id}/files`, {
      params: {
        path: { organizationId, id: patientId },
        header: { ...idempotent(key), 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` },
      },
      // The generator calls bytes a string.
      body: file as unknown as string,
      bodySerializer: (bytes) => bytes,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  );

/** Its bytes go, too. */
export const removeFile = (organizationId: string, patientId: string, fileId: string) =>
  settle(api.DELETE(`${T}/patients/{id}/files/{fileId}`, { params: { path: { organizationId, id: patientId, fileId } } }));
