import { infiniteQueryOptions } from '@tanstack/react-query';
import { T } from './asking';
import { api, settle } from './client';
import { keys } from './keys';

export interface ReadsFilter {
  patientId?: string;
  reader?: string;
  from?: string;
  /** The day after the last. */
  to?: string;
}

/** Who looked at patients, the latest first. Asked anew each time: somebody looks all day. */
export const patientReadsQuery = (organizationId: string, filter: ReadsFilter) =>
  infiniteQueryOptions({
    queryKey: keys.of(organizationId, 'patient-reads', filter),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.GET(`${T}/patient-reads`, {
          params: { path: { organizationId }, query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
    gcTime: 60_000,
  });
