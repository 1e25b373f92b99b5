/** Something was heard so lately that the connection needs no proof; in milliseconds. */
const FRESH_MS = 1000

/**
 * Knows whether a connection lives. What is written to a dead one looks sent and is lost without a word, so it is asked
 * first when nothing was heard for a moment.
 */
export class Pulse {
  #heardAt = Date.now()
  #asking: Promise<boolean> | null = null
  #ask: () => Promise<boolean>

  /** @param ask a question that any network answers; false when no answer came in time */
  constructor(ask: () => Promise<boolean>) {
    this.#ask = ask
  }

  heard(): void {
    this.#heardAt = Date.now()
  }

  /** Several who want to know at once share one question. */
  async isThere(): Promise<boolean> {
    if (Date.now() - this.#heardAt < FRESH_MS) return true
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null
    })
    return this.#asking
  }
}
