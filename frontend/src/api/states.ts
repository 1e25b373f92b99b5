import type { CallOutcome, CancellationCode, LineCause, LineState, MessageState, NoShowCode } from './types';

/** Why visits are cancelled, the most frequent reasons first. */
export const cancellationCodes: readonly CancellationCode[] = ['pat', 'prov', 'pat-fb', 'oth-err', 'oth-weath', 'other'];

/** Why people do not come, the most frequent reasons first. */
export const noShowCodes: readonly NoShowCode[] = ['forgot', 'occupied', 'ill', 'travel', 'not-told', 'other'];

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

/** Every state of a line, the ones that need somebody first. */
export const lineStates: readonly LineState[] = ['halted', 'needs-pairing', 'pairing', 'stopped', 'reconnecting', 'starting', 'linked'];

/** Every reason a line may give for its state. */
export const lineCauses: readonly LineCause[] = [
  'none',
  'never-started',
  'stopped-here',
  'logged-out-here',
  'logged-out-on-phone',
  'device-removed',
  'qr-expired',
  'network',
  'server-restart',
  'server-unavailable',
  'timed-out',
  'opened-elsewhere',
  'banned',
  'client-outdated',
  'credentials-unreadable',
  'network-mismatch',
  'wrong-number',
  'gateway-away',
  'authorization-failed',
  'sender-paused',
  'not-configured',
  'number-unknown',
  'instance-unknown',
  'address-refused',
];

/** What becomes of a planned message, as things stand; in the order in which it is told. */
export const outlooks = [
  'left',
  'leaves',
  'waits-for-quiet-hours',
  'lost-to-quiet-hours',
  'opted-out',
  'restricted',
  'no-phone',
  'declined',
  'answered',
  'visit-booked',
  'no-marketing-consent',
] as const;

/** States of a waitlist entry that waits no more. */
/** What came of a call, in the order in which it is offered. */
export const callOutcomes: readonly CallOutcome[] = ['no-answer', 'busy', 'left-message', 'reached', 'wrong-number'];

export const waitlistClosed = ['booked', 'withdrawn', 'expired'] as const;
