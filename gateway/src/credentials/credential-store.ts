import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { inLine, type Lease, LeaseLost, type LineTransaction } from '../db/line-transaction.ts'
import { RecentKeys } from './recent-keys.ts'
import type { Vault } from './vault.ts'

/** After which what failed because a database connection ended is tried once more, on another one. */
const AGAIN_MS = 200

/** Values by id; null deletes. Texts are the protocol library's own serialisation. */
export type Values = Record<string, string | null>

/** Where a credential belongs; it opens nowhere else. */
export const placeOf = (lineId: string, type: string, id: string): string =>
  JSON.stringify([lineId, type, id])

/** The connection these credentials were used for has ended. */
export class StoreRetired extends Error {
  override name = 'StoreRetired'
}

/** One line's credentials, for one connection: one sealed row per key, written in the order they were changed, by the line's owner only. */
export class CredentialStore {
  #pool: Pool
  #vault: Vault
  #lease: Lease
  #last: Promise<unknown> = Promise.resolve()
  #retired = false
  #recent = new RecentKeys()
  /** How many writes were asked for. */
  #writes = 0

  constructor(pool: Pool, vault: Vault, lease: Lease) {
    this.#pool = pool
    this.#vault = vault
    this.#lease = lease
  }

  /**
   * Reads what the last write left: a key that was given away is asked for before its own write may be done.
   * Throws `CredentialsUnreadable` when a row does not open.
   */
  async read(type: string, ids: string[]): Promise<Map<string, string>> {
    await this.#last
    const missing = ids.filter((id) => !this.#recent.has(type, id))
    const found = missing.length > 0 ? await this.#fetched(type, missing) : new Map<string, string>()
    for (const id of ids) {
      const recent = this.#recent.get(type, id)
      if (recent != null) found.set(id, recent)
    }
    return found
  }

  async #fetched(type: string, ids: string[]): Promise<Map<string, string>> {
    const before = this.#writes
    const { rows } = await twice(() =>
      this.#pool.query<{ key_id: string; sealed: Buffer }>(
        'select key_id, sealed from gateway.credential where line_id = $1 and type = $2 and key_id = any($3)',
        [this.#lease.lineId, type, ids],
      ),
    )
    const found = new Map(
      rows.map(({ key_id, sealed }) => [key_id, this.#vault.open(this.#place(type, key_id), sealed)]),
    )
    // What was asked to be written meanwhile may be newer than this.
    if (this.#writes === before) for (const id of ids) this.#recent.set(type, id, found.get(id) ?? null)
    return found
  }

  /**
   * Takes no more writes, and resolves when those asked for before are done. A connection that ended may still have
   * some on their way; they must not come after the next connection has read, or after the device was forgotten.
   */
  async retire(): Promise<void> {
    this.#retired = true
    await this.#last
  }

  /**
   * Writes all values in one transaction, together with what `along` does. Should the database connection end, both
   * are done once more, so doing them twice must come to the same. Throws `LeaseLost` when the line has another owner,
   * and `StoreRetired` after the connection ended; then nothing was written.
   */
  async write(
    changes: Record<string, Values>,
    along: (transaction: LineTransaction) => Promise<void> = async () => undefined,
    beforeCommit?: () => void,
  ): Promise<void> {
    if (this.#retired) throw new StoreRetired()
    this.#writes += 1
    const run = this.#last.then(() =>
      twice(() =>
        inLine(
          this.#pool,
          this.#lease,
          async (transaction) => {
            for (const [type, values] of Object.entries(changes)) await this.#put(transaction, type, values)
            await along(transaction)
          },
          beforeCommit,
        ),
      ),
    )
    this.#last = run.then(
      () => this.#recent.written(changes),
      () => this.#recent.forget(changes),
    )
    await run
    await this.#last
  }

  /** Forgets the linked device; inside a transaction that records why. */
  static async forget(transaction: LineTransaction): Promise<void> {
    await transaction.client.query('delete from gateway.credential where line_id = $1', [transaction.line.id])
  }

  async #put({ client }: LineTransaction, type: string, values: Values): Promise<void> {
    const kept = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null)
    const dropped = Object.keys(values).filter((id) => values[id] === null)
    if (dropped.length > 0) {
      await client.query(
        'delete from gateway.credential where line_id = $1 and type = $2 and key_id = any($3)',
        [this.#lease.lineId, type, dropped],
      )
    }
    if (kept.length === 0) return
    await client.query(
      `insert into gateway.credential (line_id, type, key_id, sealed)
       select $1, $2, * from unnest($3::text[], $4::bytea[])
       on conflict (line_id, type, key_id) do update set sealed = excluded.sealed`,
      [
        this.#lease.lineId,
        type,
        kept.map(([id]) => id),
        kept.map(([id, value]) => this.#vault.seal(this.#place(type, id), value)),
      ],
    )
  }

  #place(type: string, id: string): string {
    return placeOf(this.#lease.lineId, type, id)
  }
}

/** A database that restarts or cuts a connection is no reason to drop a patient's message or a line's connection. */
async function twice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LeaseLost) throw error
    await pause(AGAIN_MS)
    return work()
  }
}
