import type { MessageState, PlatformHealth } from '../../api/types';

/** A message is due for a worker within seconds; later than this somebody should look. */
const LATE = 2 * 60_000;

export type OutboxMood = 'clear' | 'moving' | 'late';
/** Whether messages leave when they are due. */
export function outboxMood({ at, outbox }: Pick<PlatformHealth, 'at' | 'outbox'>): OutboxMood {
  if (outbox.depth === 0 || outbox.oldestDueAt === null) return 'clear';
  return Date.parse(at) - Date.parse(outbox.oldestDueAt) > LATE ? 'late' : 'moving';
}

/** How many messages came into any of these states. */
export const countOf = (health: Pick<PlatformHealth, 'messages'>, ...states: MessageState[]): number =>
  health.messages.filter((one) => states.includes(one.state)).reduce((sum, one) => sum + one.count, 0);
