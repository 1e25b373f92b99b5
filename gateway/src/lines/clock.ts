/** What time it is, and being called later. */
export interface Clock {
  /** Milliseconds. */
  now(): number
  after(ms: number, call: () => void): void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  // Whoever waits for nothing else need not wait for this.
  after: (ms, call) => void setTimeout(call, ms).unref(),
}
