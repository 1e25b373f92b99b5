import { queryOptions } from '@tanstack/react-query';
import { T } from './asking';
import { api, idempotent, settle } from './client';
import { keys } from './keys';
import type { SupportAccess } from './types';

/** Whether the platform's support may look into the clinic. */
export const supportQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'support'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/support-access`, { params: { path: { organizationId } }, signal })),
  });

export const grantSupport = (organizationId: string, hours: number, key: string): Promise<SupportAccess> =>
  settle(api.POST(`${T}/support-access/grant`, { params: { path: { organizationId }, header: idempotent(key) }, body: { hours } }));

export const revokeSupport = (organizationId: string, key: string): Promise<SupportAccess> =>
  settle(api.POST(`${T}/support-access/revoke`, { params: { path: { organizationId }, header: idempotent(key) } }));
