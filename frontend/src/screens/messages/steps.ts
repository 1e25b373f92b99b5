import type { Message, MessageState } from '../../api/types';

/** What machines tell each other on the way; people see planned, sent, delivered, read, and what went wrong. */
const betweenMachines: ReadonlySet<MessageState> = new Set(['queued', 'handed', 'accepted', 'sending']);

/** The steps a person needs: those between machines only while nothing has come after them. */
export function humanSteps<Step extends { state: MessageState | string | null }>(steps: readonly Step[]): Step[] {
  return steps.filter((step, index) => !betweenMachines.has(step.state as MessageState) || index === steps.length - 1);
}

/** Whether the message has yet to leave. */
export const isAhead = (message: Pick<Message, 'state'>): boolean => message.state === 'planned' || message.state === 'queued';

/** When it leaves, or when something last happened to it. */
export const momentOf = (message: Pick<Message, 'state' | 'dueAt' | 'updatedAt'>): string =>
  isAhead(message) ? message.dueAt : message.updatedAt;

/** Where a step belongs when two happened in the same second: an answer comes after the message it answers. */
const order = [
  'appointment-requested',
  'appointment-booked',
  'appointment-imported',
  'planned',
  'queued',
  'handed',
  'accepted',
  'sending',
  'sent',
  'delivered',
  'read',
  'answer',
];
export function inOrder<Item extends { at: string; kind: string; state: string | null }>(items: readonly Item[]): Item[] {
  const rank = (item: Item) => {
    const place = order.indexOf(item.kind === 'message' ? (item.state ?? '') : item.kind);
    return place === -1 ? order.length : place;
  };
  const second = (item: Item) => item.at.slice(0, 19);
  return [...items].sort((a, b) => second(a).localeCompare(second(b)) || rank(a) - rank(b));
}
