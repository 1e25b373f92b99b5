import { DoubtingQueryClient } from '../api/doubt';
import { Problem } from '../api/problems';

/** Answers stay until a live hint or a resume makes them doubtful; nothing is polled and nothing is persisted. */
export const queryClient = new DoubtingQueryClient({
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
