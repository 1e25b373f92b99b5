import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, settle } from './client';
import { keys } from './keys';

/** What the clinic still lacks before its first message. Asked no more once nothing is lacking, however many hints come. */
export const setupQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'setup'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/setup`, { params: { path: { organizationId } }, signal })),
    staleTime: (query) => (query.state.data?.complete ? Number.POSITIVE_INFINITY : FRESH),
    enabled: (query) => !query.state.data?.complete,
  });
