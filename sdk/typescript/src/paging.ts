/** One page of a list. */
export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
}

/**
 * All records of a list, page after page; the next page is asked for when the one before is used up.
 *
 * @param page asks for the page at a cursor, or for the first one
 *
 * @example
 * for await (const visit of items((cursor) => listAppointments({ client, path, query: { from, to, cursor } }))) …
 */
export async function* items<T>(page: (cursor: string | undefined) => Promise<{ data: Page<T> }>): AsyncGenerator<T, void, undefined> {
  let cursor: string | undefined;
  do {
    const { data } = await page(cursor);
    yield* data.items;
    cursor = data.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
