import { MutationCache, QueryCache } from '@tanstack/react-query';
import { DoubtingQueryClient } from '../api/doubt';
import { keys } from '../api/keys';
import { hasCode, Problem } from '../api/problems';

/** A clinic that was suspended meanwhile refuses everything; the person's own clinics say why. */
const whenRefused = (error: unknown) => {
  if (hasCode(error, 'organization-suspended')) void queryClient.invalidateQueries({ queryKey: keys.me });
};

/** Answers stay until a live hint or a resume makes them doubtful; nothing is polled and nothing is persisted. */
export const queryClient = new DoubtingQueryClient({
  queryCache: new QueryCache({ onError: whenRefused }),
  mutationCache: new MutationCache({ onError: whenRefused }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && (!(error instanceof Problem) || error.worthRetrying),
      retryDelay: (attempt) => 400 * 2 ** attempt,
      refetchOnWindowFocus: false,
      refetchOnReconnect: true,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
