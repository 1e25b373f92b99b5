/** States of one outgoing message, and why it is in one that needs a reason. */
export type CommandState =
  | 'accepted'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'unknown'
  | 'withdrawn'
  | 'expired'

export type Reason =
  | 'not-on-whatsapp'
  | 'recipient-not-allowed'
  | 'rejected-by-network'
  | 'rate-limited'
  | 'line-logged-out'
  | 'no-acknowledgement'
  | 'found-sending-at-start'
  | 'too-late'
  | 'media-missing'
  | 'restored-from-backup'

/**
 * From which states the network's news may move a command. News comes in any order and more than once, so a state is
 * only ever left for a later one; a refusal counts only while nothing better is known.
 */
export const MOVED_BY: Record<'sent' | 'delivered' | 'read' | 'failed' | 'unknown', readonly CommandState[]> =
  {
    sent: ['sending', 'unknown'],
    delivered: ['sending', 'unknown', 'sent'],
    read: ['sending', 'unknown', 'sent', 'delivered'],
    failed: ['sending', 'unknown'],
    unknown: ['sending'],
  }

/** From which states a message goes that its recipient's phone asked for again and did not get. */
export const LOST_AGAIN: readonly CommandState[] = ['sending', 'unknown', 'sent']
