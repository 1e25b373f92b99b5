import { queryOptions } from '@tanstack/react-query';
import { api, idempotent, settle } from './client';
import type { components } from './generated';
import { keys } from './keys';

type Schemas = components['schemas'];
export type MaintenanceNotice = Schemas['MaintenanceNotice'];
export type MaintenanceNoticeInput = Schemas['MaintenanceNoticeInput'];

/** No hint tells of work on Recado: hints are of one clinic. */
const FIVE_MINUTES = 300_000;

export const maintenanceQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'maintenance'),
    queryFn: async ({ signal }) =>
      (
        await settle(
          api.GET('/api/v1/organizations/{organizationId}/maintenance-notices', { params: { path: { organizationId } }, signal }),
        )
      ).items,
    staleTime: FIVE_MINUTES,
    refetchInterval: FIVE_MINUTES,
  });

export const announcedQuery = queryOptions({
  queryKey: keys.platformMaintenance,
  queryFn: async ({ signal }) => (await settle(api.GET('/api/v1/platform/maintenance-notices', { signal }))).items,
});

export const announceMaintenance = (body: MaintenanceNoticeInput, key: string): Promise<MaintenanceNotice> =>
  settle(api.POST('/api/v1/platform/maintenance-notices', { params: { header: idempotent(key) }, body }));

export const withdrawMaintenance = (id: string): Promise<void> =>
  settle(api.DELETE('/api/v1/platform/maintenance-notices/{id}', { params: { path: { id } } }));
