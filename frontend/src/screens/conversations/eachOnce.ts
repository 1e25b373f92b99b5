interface Listed {
  id: string;
  version: number;
}

/**
 * Lists and their pages are answered one by one: a conversation that moves between them stands for a moment in two, or twice in
 * one. It is shown once, where its newest version is; of the same version, where the list was read last.
 */
export function eachOnce<T extends Listed>(lists: readonly { items: readonly T[]; at: number }[]): T[][] {
  const kept = new Map<string, { item: T; at: number }>();
  for (const { items, at } of lists) {
    for (const item of items) {
      const known = kept.get(item.id);
      if (!known || item.version > known.item.version || (item.version === known.item.version && at > known.at)) {
        kept.set(item.id, { item, at });
      }
    }
  }
  return lists.map(({ items }) => items.filter((item) => kept.get(item.id)?.item === item));
}
