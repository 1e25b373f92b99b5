import { queryOptions } from '@tanstack/react-query';
import { T } from './asking';
import { api, settle } from './client';
import { keys } from './keys';
import type { PlanInput, Usage } from './types';

/** What the clinic's plan includes and how much of it is used. */
export const usageQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'usage'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/usage`, { params: { path: { organizationId } }, signal })),
  });

const P = '/api/v1/platform/organizations/{organizationId}';

/** The same of any clinic, for the platform. */
export const platformUsageQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.platformUsage(organizationId),
    queryFn: ({ signal }) => settle(api.GET(`${P}/usage`, { params: { path: { organizationId } }, signal })),
  });

export const setPlan = (organizationId: string, body: PlanInput): Promise<Usage> =>
  settle(api.PUT(`${P}/plan`, { params: { path: { organizationId } }, body }));
