import type { Values } from './credential-store.ts'

/** Of the few people somebody writes with at the moment. */
const MOST = 48
const LONGEST = 8_192
/** Each is used once. */
const NEVER = new Set(['pre-key', 'creds'])

/**
 * Keys as they were last read or written, in memory: one message asks for the same ones many times. Only a line's owner
 * writes them, and it alone keeps this, so what is here is what the database holds.
 */
export class RecentKeys {
  /** The longest unused come first; null for what is not there. */
  #values = new Map<string, string | null>()

  has(type: string, id: string): boolean {
    return this.#values.has(nameOf(type, id))
  }

  /** @returns null when it is known that there is none, undefined when nothing is known */
  get(type: string, id: string): string | null | undefined {
    const name = nameOf(type, id)
    const value = this.#values.get(name)
    if (value === undefined) return undefined
    this.#values.delete(name)
    this.#values.set(name, value)
    return value
  }

  set(type: string, id: string, value: string | null): void {
    const name = nameOf(type, id)
    this.#values.delete(name)
    if (NEVER.has(type) || (value?.length ?? 0) > LONGEST) return
    this.#values.set(name, value)
    if (this.#values.size <= MOST) return
    const [oldest] = this.#values.keys()
    if (oldest !== undefined) this.#values.delete(oldest)
  }

  written(changes: Record<string, Values>): void {
    for (const [type, values] of Object.entries(changes))
      for (const [id, value] of Object.entries(values)) this.set(type, id, value)
  }

  /** It is not known whether these were written. */
  forget(changes: Record<string, Values>): void {
    for (const [type, values] of Object.entries(changes))
      for (const id of Object.keys(values)) this.#values.delete(nameOf(type, id))
  }
}

const nameOf = (type: string, id: string): string => `${type} ${id}`
