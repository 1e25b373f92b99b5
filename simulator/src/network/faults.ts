/** Misbehaviour that a test or a person asks of the network. */
export interface Faults {
  /** Code with which the next message is refused, once; null for none. */
  nextAckError: string | null
  /** How many of the next acknowledgements are never sent. */
  swallowAck: number
  /** Milliseconds by which acknowledgements are late. */
  delayAckMs: number
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
}

export const noFaults = (): Faults => ({
  nextAckError: null,
  swallowAck: 0,
  delayAckMs: 0,
  duplicateDeliveries: 0,
  askAgain: 0,
  failMedia: 0,
  loseMedia: false,
  refuseConnections: false,
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
] as const
export type DropMode = (typeof DROP_MODES)[number]
