import type { Page } from './types';

/** Milliseconds for which an answer is kept, unless a live hint makes it doubtful before. */
export const FRESH = 5 * 60_000;

/** Where everything of a clinic stands. */
export const T = '/api/v1/organizations/{organizationId}';
/** Records that are asked for at once. */
export const PAGE = 200;

/** Follows the cursors to the end: a day or a month must be complete to be looked at. */
export async function everyPage<Item>(page: (cursor: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const answer = await page(cursor);
    items.push(...answer.items);
    cursor = answer.nextCursor ?? undefined;
  } while (cursor);
  return items;
}
