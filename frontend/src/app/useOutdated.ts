import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';

/** The oldest of what is on screen and could not be read again, as an instant in milliseconds; null when all is fresh. */
export function outdatedSince(client: QueryClient): number | null {
  const times = client
    .getQueryCache()
    .getAll()
    .filter((query) => query.isActive() && query.state.status === 'error' && query.state.data !== undefined)
    .map((query) => query.state.dataUpdatedAt);
  return times.length > 0 ? Math.min(...times) : null;
}

/** Loaded data stays on screen when it cannot be read again; this says since when it stands there. */
export function useOutdated(): { since: number | null; again: () => void } {
  const client = useQueryClient();
  const subscribe = useCallback((changed: () => void) => client.getQueryCache().subscribe(changed), [client]);
  const since = useSyncExternalStore(subscribe, () => outdatedSince(client));
  const again = useCallback(
    () => void client.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' }),
    [client],
  );
  return { since, again };
}
