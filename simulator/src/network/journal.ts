/** What happened on the simulated network, for tests and for the page's live updates. */
export interface Entry {
  /** Position, from 0, without gaps. */
  seq: number
  at: string
  type: string
  [detail: string]: unknown
}

const KEPT = 20_000

export class Journal {
  #entries: Entry[] = []
  #dropped = 0
  #listeners = new Set<(entry: Entry) => void>()

  record(type: string, details: Record<string, unknown> = {}): void {
    const entry: Entry = {
      ...details,
      seq: this.#dropped + this.#entries.length,
      at: new Date().toISOString(),
      type,
    }
    this.#entries.push(entry)
    if (this.#entries.length > KEPT) {
      this.#entries.shift()
      this.#dropped += 1
    }
    for (const listener of this.#listeners) listener(entry)
  }

  since(seq: number): Entry[] {
    return this.#entries.slice(Math.max(0, seq - this.#dropped))
  }

  /** @returns a function that stops listening */
  listen(listener: (entry: Entry) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
