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
  #network: Network
  #ms: number

  constructor(pool: Pool, network: Network, ms: number) {
    this.#pool = pool
    this.#network = network
    this.#ms = ms
  }

  /** Takes the lines that need an owner and have none. What their last owner was sending becomes unknown. */
  async claim(): Promise<Lease[]> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `select id from gateway.line
        where desired <> 'rest' and network = $1 and (lease_until is null or lease_until <= clock_timestamp())
        order by due_at nulls last, lease_until nulls first limit 200`,
      [this.#network],
    )
    const leases = await Promise.all(rows.map(({ id }) => this.take(id)))
    return leases.filter((lease) => lease !== null)
  }

  /** Takes one line, or answers null when it has an owner or needs none. */
  async take(lineId: string): Promise<Lease | null> {
    return inLine(this.#pool, lineId, async (transaction) => {
      const { rows } = await transaction.client.query<{ lease_epoch: string }>(
        `update gateway.line
            set lease_owner = $2, lease_epoch = lease_epoch + 1, lease_until = clock_timestamp() + $3 * interval '1 ms'
          where id = $1 and network = $4 and desired <> 'rest'
            and (lease_until is null or lease_until <= clock_timestamp())
        returning lease_epoch`,
        [lineId, this.owner, this.#ms, this.#network],
      )
      if (!rows[0]) return null
      await settleInterrupted(transaction, 'found-sending-at-start')
      const { organizationId } = transaction.line
      return { lineId, organizationId, owner: this.owner, epoch: rows[0].lease_epoch }
    })
  }

  /** Prolongs what this process owns. @returns the lines that are still its own, and what each should do */
  async renew(): Promise<Map<string, Line['desired']>> {
    const { rows } = await this.#pool.query<{ id: string; desired: Line['desired'] }>(
      `update gateway.line set lease_until = clock_timestamp() + $2 * interval '1 ms'
        where lease_owner = $1 and lease_until > clock_timestamp() returning id, desired`,
      [this.owner, this.#ms],
    )
    return new Map(rows.map(({ id, desired }) => [id, desired]))
  }

  /** Gives a line back at once, so that another process need not wait. */
  async release(lease: Lease): Promise<void> {
    await this.#pool.query(
      `update gateway.line set lease_until = null, lease_owner = null
        where id = $1 and lease_owner = $2 and lease_epoch = $3`,
      [lease.lineId, lease.owner, lease.epoch],
    )
  }
}
