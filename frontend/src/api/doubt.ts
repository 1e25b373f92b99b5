import { type InvalidateOptions, type InvalidateQueryFilters, QueryClient, type QueryKey } from '@tanstack/react-query';

/**
 * A client that loses no doubt. The library lets a first answer that is still on its way count as fresh: what moved after it
 * was read would stay unseen until it moves again. Here such a question is asked once more when it is answered.
 */
export class DoubtingQueryClient extends QueryClient {
  /** Questions that will be asked once more, however often they were doubted meanwhile. */
  #doubted = new Set<string>();

  override invalidateQueries<TaggedQueryKey extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<TaggedQueryKey>,
    options?: InvalidateOptions,
  ): Promise<void> {
    for (const query of this.getQueryCache().findAll(filters)) {
      const { queryHash, queryKey } = query;
      if (query.state.fetchStatus !== 'fetching' || query.state.data !== undefined || this.#doubted.has(queryHash)) continue;
      this.#doubted.add(queryHash);
      // After the answer has found its place; before, this would be taken for the same question.
      const again = () =>
        setTimeout(() => {
          this.#doubted.delete(queryHash);
          void super.invalidateQueries({ queryKey, exact: true });
        });
      query.promise?.then(again, again);
    }
    return super.invalidateQueries(filters, options);
  }
}
