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
  /** While true, no new connection is accepted. */
  refuseConnections: boolean
}

export const noFaults = (): Faults => ({
  nextAckError: null,
  swallowAck: 0,
  delayAckMs: 0,
  duplicateDeliveries: 0,
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
