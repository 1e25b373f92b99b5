import type { Pool } from 'pg'
import { placeOf } from '../credentials/credential-store.ts'
import type { Vault } from '../credentials/vault.ts'
import { inLine, type Lease, type LineTransaction } from '../db/line-transaction.ts'

/** A part of the phone's history that was announced and is still to be read. */
export interface Part {
  providerMessageId: string
  announcement: string
  /** Only what was written since then is of interest. */
  since: Date
  recordedAt: Date
  attempts: number
}

const KIND = 'history'
/** Message ids are remembered for longer, so that nothing is reported twice. */
const MOST_DAYS = 14
/** Clocks differ, and a lease is taken over after its owner died. */
const MARGIN_MINUTES = 60

/**
 * What one line must still read of its phone's history. After pairing again with the same phone, what was written since
 * the line went down is there and nowhere else.
 */
export class HistoryStore {
  #pool: Pool
  #vault: Vault
  #lease: Lease

  constructor(pool: Pool, vault: Vault, lease: Lease) {
    this.#pool = pool
    this.#vault = vault
    this.#lease = lease
  }

  /**
   * A device is being linked: from when its phone's history is read, if at all.
   * @param phone E.164 of the phone that links it
   */
  async begin({ client, line }: LineTransaction, phone: string | null): Promise<void> {
    await client.query('delete from gateway.history_part where line_id = $1', [line.id])
    await client.query(
      `update gateway.line
          set history_since = case when phone = $2 and heard_until is not null
                then greatest(heard_until - $3 * interval '1 minute', clock_timestamp() - $4 * interval '1 day') end
        where id = $1`,
      [line.id, phone, MARGIN_MINUTES, MOST_DAYS],
    )
  }

  /** Keeps an announced part, with whatever else is committed now. */
  async keep(
    { client, line }: LineTransaction,
    providerMessageId: string,
    announcement: string,
  ): Promise<void> {
    if (line.historySince === null) return
    await client.query(
      `insert into gateway.history_part (line_id, provider_message_id, sealed, recorded_at, next_attempt_at)
       values ($1, $2, $3, clock_timestamp(), clock_timestamp()) on conflict do nothing`,
      [line.id, providerMessageId, this.#vault.seal(this.#place(providerMessageId), announcement)],
    )
  }

  /** The next part that is due, the oldest first; null when there is none. Throws `CredentialsUnreadable`. */
  async next(): Promise<Part | null> {
    const { rows } = await this.#pool.query(
      `select p.*, l.history_since from gateway.history_part p join gateway.line l on l.id = p.line_id
        where p.line_id = $1 and p.next_attempt_at <= clock_timestamp() and l.history_since is not null
        order by p.recorded_at limit 1`,
      [this.#lease.lineId],
    )
    const [row] = rows
    if (!row) return null
    return {
      providerMessageId: row.provider_message_id,
      announcement: this.#vault.open(this.#place(row.provider_message_id), row.sealed),
      since: row.history_since,
      recordedAt: row.recorded_at,
      attempts: row.attempts,
    }
  }

  /** Inside the transaction that records its messages. @param isLast nothing older or newer is wanted after it */
  async done({ client, line }: LineTransaction, { providerMessageId }: Part, isLast: boolean): Promise<void> {
    await client.query('delete from gateway.history_part where line_id = $1 and provider_message_id = $2', [
      line.id,
      providerMessageId,
    ])
    if (!isLast) return
    await client.query(
      `update gateway.line set history_since = null
        where id = $1 and not exists (select 1 from gateway.history_part where line_id = $1)`,
      [line.id],
    )
  }

  async tryAgainIn({ providerMessageId }: Part, ms: number): Promise<void> {
    await this.#pool.query(
      `update gateway.history_part
          set attempts = attempts + 1, next_attempt_at = clock_timestamp() + $3 * interval '1 ms'
        where line_id = $1 and provider_message_id = $2`,
      [this.#lease.lineId, providerMessageId, ms],
    )
  }

  async giveUp(part: Part): Promise<void> {
    await inLine(this.#pool, this.#lease, (transaction) => this.done(transaction, part, false))
  }

  #place(providerMessageId: string): string {
    return placeOf(this.#lease.lineId, KIND, providerMessageId)
  }
}
