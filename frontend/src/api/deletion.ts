import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, settle } from './client';
import { keys } from './keys';
import type { OrganizationDeletion } from './types';

const P = '/api/v1/platform/organizations/{organizationId}';

/** Whether a clinic is to be deleted, as its owner asks. */
export const deletionQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'deletion'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/deletion`, { params: { path: { organizationId } }, signal })),
    staleTime: FRESH,
  });

/** The same, as the platform asks. */
export const platformDeletionQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.platformDeletion(organizationId),
    queryFn: ({ signal }) => settle(api.GET(`${P}/deletion`, { params: { path: { organizationId } }, signal })),
    staleTime: FRESH,
  });

const params = (organizationId: string, key: string) => ({ path: { organizationId }, header: idempotent(key) });

export const requestDeletion = (organizationId: string, name: string, key: string): Promise<OrganizationDeletion> =>
  settle(api.POST(`${T}/deletion/request`, { params: params(organizationId, key), body: { name } }));
export const withdrawDeletion = (organizationId: string, key: string): Promise<OrganizationDeletion> =>
  settle(api.POST(`${T}/deletion/withdraw`, { params: params(organizationId, key) }));
export const requestPlatformDeletion = (organizationId: string, name: string, key: string): Promise<OrganizationDeletion> =>
  settle(api.POST(`${P}/deletion/request`, { params: params(organizationId, key), body: { name } }));
export const withdrawPlatformDeletion = (organizationId: string, key: string): Promise<OrganizationDeletion> =>
  settle(api.POST(`${P}/deletion/withdraw`, { params: params(organizationId, key) }));
