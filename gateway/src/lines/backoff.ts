const LONGEST_MS = 60_000
/** A connection that lasted this many first pauses counts as good again. */
const STABLE = 10

/** Pauses between attempts: doubling, jittered, bounded, and short again once a connection has lasted. */
export class Backoff {
  #baseMs: number
  #attempts = 0
  #openedAt: number | null = null
  #restartedAt = 0

  constructor(baseMs: number) {
    this.#baseMs = baseMs
  }

  /** The connection is open. */
  succeeded(): void {
    this.#openedAt = Date.now()
  }

  next(): number {
    if (this.#openedAt !== null && Date.now() - this.#openedAt >= STABLE * this.#baseMs) this.#attempts = 0
    this.#openedAt = null
    const full = Math.min(this.#baseMs * 2 ** this.#attempts, LONGEST_MS)
    this.#attempts += 1
    return Math.round(full * (0.5 + Math.random() / 2))
  }

  /** The network asked to reconnect at once; doing so again and again would be a storm. */
  restart(): number {
    const soon = Date.now() - this.#restartedAt < this.#baseMs
    this.#restartedAt = Date.now()
    return soon ? this.next() : 0
  }
}
