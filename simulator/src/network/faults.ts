/** Misbehaviour that a test or a person asks of the network. */
export interface Faults {
  /** Code with which the next message is refused, once; null for none. */
  nextAckError: string | null
  /** How many of the next acknowledgements are never sent. */
  swallowAck: number
  /** Milliseconds by which acknowledgements are late. */
  delayAckMs: number
  /** Milliseconds by which every frame is late, both ways; up to half as much again by chance. */
  latencyMs: number
  /** So many messages to a device are held back and delivered last first; below 2 none. */
  reorderDeliveries: number
  /** Milliseconds by which patients' receipts are late. */
  receiptDelayMs: number
  /** How many of the next receipts of patients never arrive. */
  loseReceipts: number
  /** How many extra times each message to a companion is delivered. */
  duplicateDeliveries: number
  /** How many of the next messages to patients seem unreadable: their phones ask to get them again. */
  askAgain: number
  /** How many of the next downloads of media fail. */
  failMedia: number
  /** While true, the network has no media any more. */
  loseMedia: boolean
  /** While true, no new connection is accepted. */
  refuseConnections: boolean
  /** How many of the next questions who has a number are answered with 429. */
  limitQuestions: number
  /** To how many people who never had to do with it an account may write at once; more is refused with 463. */
  strangersAtOnce: number
  /** How many of those an account regains in a minute. */
  strangersPerMinute: number
}

export const noFaults = (): Faults => ({
  nextAckError: null,
  swallowAck: 0,
  delayAckMs: 0,
  latencyMs: 0,
  reorderDeliveries: 0,
  receiptDelayMs: 0,
  loseReceipts: 0,
  duplicateDeliveries: 0,
  askAgain: 0,
  failMedia: 0,
  loseMedia: false,
  refuseConnections: false,
  limitQuestions: 0,
  strangersAtOnce: 40,
  strangersPerMinute: 60,
})

export const DROP_MODES = [
  'close',
  'stream',
  'replaced',
  'failure',
  'blackhole',
  'xmlstreamend',
  'garbage',
  'malformed',
  'truncated',
] as const
export type DropMode = (typeof DROP_MODES)[number]
