import { T } from './asking';
import { api, settle } from './client';

/** Everything the clinic has; held in memory only until it is saved. */
export const exportClinic = (organizationId: string): Promise<Blob> =>
  settle(api.GET(`${T}/export`, { params: { path: { organizationId } }, parseAs: 'blob' })) as unknown as Promise<Blob>;
