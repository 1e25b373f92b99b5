import { infiniteQueryOptions } from '@tanstack/react-query';
import { T } from './asking';
import { api, settle } from './client';
import { keys } from './keys';

export interface AuditFilter {
  actor?: string;
  action?: string;
  recordId?: string;
  from?: string;
  /** The day after the last. */
  to?: string;
}

/** Who did and read what, the latest first. Asked anew each time: somebody does something all day. */
export const auditQuery = (organizationId: string, filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: keys.of(organizationId, 'audit-entries', filter),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.GET(`${T}/audit-entries`, {
          params: { path: { organizationId }, query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
    gcTime: 60_000,
  });

export const exportAudit = (organizationId: string, filter: AuditFilter, format: 'csv' | 'xlsx') =>
  settle(
    api.GET(`${T}/audit-entries/export`, { params: { path: { organizationId }, query: { ...filter, format } }, parseAs: 'blob' }),
  ) as Promise<Blob>;
