import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { settleInterrupted } from '../commands/command-store.ts'
import { inLine, type Lease } from '../db/line-transaction.ts'
import type { Line, Network } from './states.ts'

/**
 * Who acts for a line. One owner at a time; the epoch rises at every takeover, and every write checks it, so that an
 * owner that was paused or cut off cannot write anything after another took over.
 */
export class Leases {
  readonly owner = randomUUID()
  #pool: Pool
  #own: Pool
  #network: Network
  #ms: number

  /**
   * @param own for renewing only: it may not wait behind messages for a connection, or a busy process would lose every
   * line it has
   */
  constructor(pool: Pool, own: Pool, network: Network, ms: number) {
    this.#pool = pool
    this.#own = own
    this.#network = network
    this.#ms = ms
  }

  /**
   * Takes one line, or answers null when it has an owner or needs none. What its last owner was sending becomes
   * unknown.
   */
  async take(lineId: string): Promise<Lease | null> {
    return inLine(this.#pool, lineId, async (transaction) => {
      const askedAt = Date.now()
      const { rows } = await transaction.client.query<{ lease_epoch: string; ran_out: boolean }>(
        `update gateway.line
            set heard_until = case when state = 'linked' then coalesce(lease_until, heard_until) else heard_until end,
                lease_owner = $2, lease_epoch = lease_epoch + 1, lease_until = clock_timestamp() + $3 * interval '1 ms'
          where id = $1 and network = $4 and desired <> 'rest'
            and (lease_until is null or lease_until <= clock_timestamp())
        returning lease_epoch, old.lease_until is not null as ran_out`,
        [lineId, this.owner, this.#ms, this.#network],
      )
      if (!rows[0]) return null
      await settleInterrupted(transaction, 'found-sending-at-start')
      const { organizationId } = transaction.line
      const { lease_epoch: epoch, ran_out: ranOut } = rows[0]
      return { lineId, organizationId, owner: this.owner, epoch, ms: this.#ms, askedAt, ranOut }
    })
  }

  /**
   * Prolongs what this process owns and acts for. A lease of which it does not know, because the answer to its taking
   * was lost, runs out, so that somebody takes it again. A line that is being worked on at this moment is passed over:
   * one slow piece of work must not keep the others from being prolonged.
   * @returns the lines that are still its own, what each should do, and for how many milliseconds at least it has it
   */
  async renew(lineIds: string[]): Promise<Map<string, { desired: Line['desired']; ms: number }>> {
    const { rows } = await this.#own.query<{ id: string; desired: Line['desired']; ms: number }>(
      `with mine as (
         select id, desired, extract(epoch from lease_until - clock_timestamp()) * 1000 as ms from gateway.line
          where id = any($3) and lease_owner = $1 and lease_until > clock_timestamp()
       ), free as (
         select id from gateway.line
          where id = any($3) and lease_owner = $1 and lease_until > clock_timestamp()
            for no key update skip locked
       ), renewed as (
         update gateway.line l set lease_until = clock_timestamp() + $2 * interval '1 ms'
           from free where l.id = free.id returning l.id
       )
       select mine.id, mine.desired, case when renewed.id is null then mine.ms else $2 end::float8 as ms
         from mine left join renewed using (id)`,
      [this.owner, this.#ms, lineIds],
    )
    return new Map(rows.map(({ id, ...renewed }) => [id, renewed]))
  }

  /** Gives a line back at once, so that another process need not wait. */
  async release(lease: Lease): Promise<void> {
    await this.#pool.query(
      `update gateway.line
          set lease_until = null, lease_owner = null,
              heard_until = case when state = 'linked' then clock_timestamp() else heard_until end
        where id = $1 and lease_owner = $2 and lease_epoch = $3`,
      [lease.lineId, lease.owner, lease.epoch],
    )
  }
}
