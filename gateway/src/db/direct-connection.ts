import { Client } from 'pg'
import { type Logger, named } from '../log.ts'
import { CHANNEL } from './line-transaction.ts'

const AGAIN_MS = 1000
/** Distinguishes these locks from others in the same database. */
const DELIVERIES = 40_901

/**
 * One connection of this process's own, not from the pool: for notifications, and for locks that the database gives
 * up by itself when the process dies. It reconnects for ever; locks are then taken anew.
 */
export class DirectConnection {
  #url: string
  #log: Logger
  #client: Client | null = null
  #stopped = false
  #notified: (payload: string) => void

  constructor(url: string, log: Logger, notified: (payload: string) => void) {
    this.#url = url
    this.#log = log
    this.#notified = notified
  }

  async open(): Promise<void> {
    const client = new Client({ connectionString: this.#url, keepAlive: true })
    client.on('notification', ({ payload = '' }) => this.#notified(payload))
    client.on('error', () => this.#lost(client))
    client.on('end', () => this.#lost(client))
    await client.connect()
    await client.query(`listen ${CHANNEL}`)
    this.#client = client
  }

  /** @returns whether this process alone may now deliver the line's events */
  async lockDelivery(lineId: string): Promise<boolean> {
    const result = await this.#client?.query<{ locked: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as locked',
      [DELIVERIES, lineId],
    )
    return result?.rows[0]?.locked ?? false
  }

  async unlockDelivery(lineId: string): Promise<void> {
    await this.#client?.query('select pg_advisory_unlock($1, hashtext($2))', [DELIVERIES, lineId])
  }

  async close(): Promise<void> {
    this.#stopped = true
    await this.#client?.end().catch(() => undefined)
  }

  #lost(client: Client): void {
    if (this.#stopped || this.#client !== client) return
    this.#client = null
    this.#log.warn('the connection for notifications was lost')
    this.#openAgain()
  }

  #openAgain(): void {
    setTimeout(() => {
      if (this.#stopped) return
      this.open().catch((error) => {
        this.#log.warn(named(error), 'the database cannot be reached')
        this.#openAgain()
      })
    }, AGAIN_MS).unref()
  }
}
