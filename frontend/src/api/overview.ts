import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { FRESH } from './asking';
import { api, settle } from './client';
import { keys } from './keys';
import type { ClinicOrder } from './types';

export const clinicOrders: readonly ClinicOrder[] = ['name', 'created', 'plan-use', 'members', 'lines-down', 'messages', 'storage'];

/** All clinics with what they use, page after page. */
export const clinicOverviewsQuery = (sort: ClinicOrder, search: string) =>
  infiniteQueryOptions({
    queryKey: keys.platformOverview(sort, search),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.GET('/api/v1/platform/organizations', {
          params: { query: { sort, ...(search ? { search } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: FRESH,
  });
