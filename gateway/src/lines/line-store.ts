import type { Pool } from 'pg'
import { inLine, type Lease, type LineTransaction, lineOf } from '../db/line-transaction.ts'
import { type Cause, type Line, type LineState, lineStatus, mayBecome, type Network } from './states.ts'

/** A change of state and what comes with it; what is left out stays as it is. */
export interface Change {
  state: LineState
  cause: Cause
  nextAttemptAt?: Date | null
  phone?: string | null
  profileName?: string | null
  platform?: string | null
  desired?: Line['desired']
  /** Another QR code is on offer. */
  anotherQr?: boolean
}

/** Moves a line to another state and reports it, inside a transaction that holds the line. */
export async function change(transaction: LineTransaction, to: Change): Promise<Line> {
  const { client, line, report } = transaction
  if (!mayBecome(line.state, to.state)) throw new Error(`a line cannot go from ${line.state} to ${to.state}`)
  const kept = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value)
  const { rows } = await client.query(
    `update gateway.line
        set state = $2, cause = $3, since = case when state = $2 and cause = $3 then since else clock_timestamp() end,
            next_attempt_at = $4, phone = $5, profile_name = $6, platform = $7, desired = $8,
            qr_generation = qr_generation + $9
      where id = $1 returning *`,
    [
      line.id,
      to.state,
      to.cause,
      to.nextAttemptAt ?? null,
      kept(to.phone, line.phone),
      kept(to.profileName, line.profileName),
      kept(to.platform, line.platform),
      kept(to.desired, line.desired),
      to.anotherQr ? 1 : 0,
    ],
  )
  const changed = lineOf(rows[0])
  report('line.state', { ...lineStatus(changed), qrGeneration: changed.qrGeneration })
  return changed
}

export type Refusal = 'network-mismatch' | 'organization-mismatch'

/** Lines as people ask for them. What happens next is the work of whoever owns the line. */
export class LineStore {
  #pool: Pool
  #network: Network

  constructor(pool: Pool, network: Network) {
    this.#pool = pool
    this.#network = network
  }

  async find(lineId: string): Promise<Line | null> {
    const { rows } = await this.#pool.query('select * from gateway.line where id = $1', [lineId])
    return rows[0] ? lineOf(rows[0]) : null
  }

  async all(): Promise<Line[]> {
    const { rows } = await this.#pool.query('select * from gateway.line order by id')
    return rows.map(lineOf)
  }

  /** Creates the line or asks for it to run again. Another network's or organization's line is refused. */
  async start(lineId: string, organizationId: string): Promise<Line | Refusal> {
    await this.#pool.query(
      `insert into gateway.line (id, organization_id, network, desired, state, cause, since)
       values ($1, $2, $3, 'rest', 'stopped', 'never-started', clock_timestamp()) on conflict (id) do nothing`,
      [lineId, organizationId, this.#network],
    )
    return inLine(this.#pool, lineId, async (transaction) => {
      const { line } = transaction
      if (line.organizationId !== organizationId) return 'organization-mismatch'
      if (line.network !== this.#network) return 'network-mismatch'
      transaction.announce('line')
      if (line.desired === 'run') return line
      return change(transaction, { state: 'starting', cause: 'none', desired: 'run' })
    })
  }

  /** Asks the owner to close the connection, or to unlink the device as well. Throws `LineUnknown`. */
  async rest(lineId: string, how: 'stop' | 'log-out'): Promise<Line> {
    return inLine(this.#pool, lineId, async ({ line, client, announce }) => {
      await client.query('update gateway.line set desired = $2 where id = $1', [lineId, how])
      announce('line')
      return { ...line, desired: how }
    })
  }

  async change(lease: Lease, to: Change): Promise<Line> {
    return inLine(this.#pool, lease, (transaction) => change(transaction, to))
  }

  /** Lines of another network must not be opened here: they are halted until they are started where they belong. */
  async haltForeign(): Promise<number> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `select id from gateway.line where network <> $1 and desired <> 'rest'`,
      [this.#network],
    )
    for (const { id } of rows) {
      await inLine(this.#pool, id, (transaction) =>
        change(transaction, { state: 'halted', cause: 'network-mismatch', desired: 'rest' }),
      )
    }
    return rows.length
  }
}
