import type { MessageState } from './types';

/** Every state of a message, in the order of its life. */
export const messageStates: readonly MessageState[] = [
  'planned',
  'queued',
  'handed',
  'accepted',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
  'withdrawn',
  'superseded',
  'expired',
  'suppressed',
];
