import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { inLine, type LineTransaction } from '../db/line-transaction.ts'
import { placeOf } from './credential-store.ts'
import { CredentialsUnreadable, type Vault } from './vault.ts'

const BATCH = 100
const BREATH_MS = 20

interface Row {
  type: string
  key_id: string
  sealed: Buffer
}

/** Seals again, with the present key, what an older one sealed, a few rows at a time and while lines stay linked. */
export class Resealing {
  #pool: Pool
  #vault: Vault
  #owner: string
  #stopped = false

  /** @param owner this process, as leases name it */
  constructor(pool: Pool, vault: Vault, owner: string) {
    this.#pool = pool
    this.#vault = vault
    this.#owner = owner
  }

  /** How many rows another key than the present one sealed. */
  async left(): Promise<number> {
    const { rows } = await this.#pool.query<{ count: string }>(
      `select (select count(*) from gateway.credential)
            - (select count(*) from gateway.credential where substring(sealed from 1 for 5) = $1) as count`,
      [this.#vault.prefix],
    )
    return Number(rows[0]?.count ?? 0)
  }

  /**
   * Goes once through the lines that are this process's, or nobody's. Rows that do not open stay as they are: they
   * halt their line when it needs them, and no other.
   */
  async run(): Promise<void> {
    const { rows } = await this.#pool.query<{ line_id: string }>(
      `select distinct line_id from gateway.credential
        where substring(sealed from 1 for 5) < $1 or substring(sealed from 1 for 5) > $1`,
      [this.#vault.prefix],
    )
    for (const { line_id } of rows) await this.#line(line_id)
  }

  stop(): void {
    this.#stopped = true
  }

  async #line(lineId: string): Promise<void> {
    let after: [string, string] | null = ['', '']
    while (after && !this.#stopped) {
      const from: [string, string] = after
      after = await inLine(this.#pool, lineId, (transaction) => this.#batch(transaction, from))
      await pause(BREATH_MS)
    }
  }

  /** @returns where the next batch begins, or null when there is none */
  async #batch({ client, line }: LineTransaction, after: [string, string]): Promise<[string, string] | null> {
    // The row lock keeps the owner's own writes out; another process's line is left to that process and its keys.
    const { rows } = await client.query<Row>(
      `select type, key_id, sealed from gateway.credential
        where line_id = $1 and (type, key_id) > ($2, $3) and substring(sealed from 1 for 5) <> $4
          and exists (select 1 from gateway.line l where l.id = $1
                       and (l.lease_owner = $5 or l.lease_until is null or l.lease_until <= clock_timestamp()))
        order by type, key_id limit $6`,
      [line.id, ...after, this.#vault.prefix, this.#owner, BATCH],
    )
    const sealed = rows.flatMap((row) => this.#sealedAnew(line.id, row))
    await client.query(
      `update gateway.credential c set sealed = n.sealed
         from unnest($2::text[], $3::text[], $4::bytea[]) as n(type, key_id, sealed)
        where c.line_id = $1 and c.type = n.type and c.key_id = n.key_id`,
      [
        line.id,
        sealed.map(({ type }) => type),
        sealed.map(({ key_id }) => key_id),
        sealed.map((row) => row.sealed),
      ],
    )
    const last = rows.at(-1)
    return last && rows.length === BATCH ? [last.type, last.key_id] : null
  }

  #sealedAnew(lineId: string, row: Row): Row[] {
    const place = placeOf(lineId, row.type, row.key_id)
    try {
      return [{ ...row, sealed: this.#vault.seal(place, this.#vault.open(place, row.sealed)) }]
    } catch (error) {
      if (error instanceof CredentialsUnreadable) return []
      throw error
    }
  }
}
