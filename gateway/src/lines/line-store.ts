import type { Pool } from 'pg'
import { inLine, type Lease, type LineTransaction, LineUnknown, lineOf } from '../db/line-transaction.ts'
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
  /** Another QR code, or typed code, is on offer. */
  anotherQr?: boolean
  pairingPhone?: string | null
  replacePhone?: boolean
  otherPhone?: string | null
  hasDevice?: boolean
  /** Somebody asked for another way or another attempt to pair. */
  askedAgain?: boolean
  /** Until now everything sent to the line was received. */
  heard?: boolean
  /** Nothing of what comes is the same number's any more. */
  forgetHeard?: boolean
}

/** Moves a line to another state and reports it, inside a transaction that holds the line. */
export async function change(transaction: LineTransaction, to: Change): Promise<Line> {
  const { client, line, report } = transaction
  if (!mayBecome(line.state, to.state)) throw new Error(`a line cannot go from ${line.state} to ${to.state}`)
  const kept = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value)
  // A wish to pair by code ends with the attempt: linked, or nobody is asked to try any more.
  const over = to.state === 'linked' || to.desired === 'rest'
  const { rows } = await client.query(
    `update gateway.line
        set state = $2, cause = $3, since = case when state = $2 and cause = $3 then since else clock_timestamp() end,
            next_attempt_at = $4, phone = $5, profile_name = $6, platform = $7, desired = $8,
            qr_generation = qr_generation + $9, pairing_phone = $10, replace_phone = $11, other_phone = $12,
            has_device = $13, pairing_asked = pairing_asked + $14,
            heard_until = case when $16 then null when $15 then clock_timestamp() else heard_until end
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
      over ? null : kept(to.pairingPhone, line.pairingPhone),
      kept(to.replacePhone, line.replacePhone),
      kept(to.otherPhone, line.otherPhone),
      kept(to.hasDevice, line.hasDevice),
      to.askedAgain ? 1 : 0,
      to.heard === true,
      to.forgetHeard === true,
    ],
  )
  const changed = lineOf(rows[0])
  report('line.state', { ...lineStatus(changed), qrGeneration: changed.qrGeneration })
  return changed
}

export type Refusal = 'network-mismatch' | 'organization-mismatch' | 'line-linked'

const isRefusal = (value: unknown): value is Refusal => typeof value === 'string'

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

  /**
   * Creates the line or asks for it to run again, pairing by QR code if it has no device. Another network's or
   * organization's line is refused, and another phone for a line that is linked.
   * @param replacePhone whether the next device that pairs may have another phone than the remembered one
   */
  async start(lineId: string, organizationId: string, replacePhone = false): Promise<Line | Refusal> {
    await this.#create(lineId, organizationId)
    return inLine(this.#pool, lineId, async (transaction) => {
      const { line, announce } = transaction
      const refusal =
        this.#refusal(line, organizationId) ?? (replacePhone && line.hasDevice ? 'line-linked' : null)
      if (isRefusal(refusal)) return refusal
      announce('line')
      if (line.desired === 'run' && line.pairingPhone === null) {
        await transaction.client.query('update gateway.line set replace_phone = $2 where id = $1', [
          lineId,
          replacePhone,
        ])
        return line
      }
      // What was offered before belongs to a connection that is gone.
      for (const topic of ['qr', 'code'] as const) announce(topic)
      return change(transaction, {
        state: 'starting',
        cause: 'none',
        desired: 'run',
        replacePhone,
        otherPhone: null,
        pairingPhone: null,
        askedAgain: true,
      })
    })
  }

  /**
   * Asks for an eight-letter code to type on this phone, starting the line if needed; each call makes another code.
   * Throws `LineUnknown`.
   */
  async pairByCode(lineId: string, phone: string): Promise<Line | Refusal> {
    return inLine(this.#pool, lineId, async (transaction) => {
      const { line, announce } = transaction
      const refusal = this.#refusal(line, line.organizationId) ?? (line.hasDevice ? 'line-linked' : null)
      if (isRefusal(refusal)) return refusal
      for (const topic of ['qr', 'code', 'line'] as const) announce(topic)
      return change(transaction, {
        state: 'starting',
        cause: 'none',
        desired: 'run',
        pairingPhone: phone,
        otherPhone: null,
        askedAgain: true,
      })
    })
  }

  /** Remembers when lines have something to send next; ids that are not known are ignored. */
  async due(items: { lineId: string; dueAt: Date }[]): Promise<void> {
    await this.#pool.query(
      `update gateway.line l set due_at = d.at
         from unnest($1::uuid[], $2::timestamptz[]) as d(id, at) where l.id = d.id and l.due_at is distinct from d.at`,
      [items.map(({ lineId }) => lineId), items.map(({ dueAt }) => dueAt)],
    )
  }

  /** How the line writes from now on. Throws `LineUnknown`. */
  async configure(lineId: string, { typing }: { typing: boolean }): Promise<Line> {
    return inLine(this.#pool, lineId, async ({ line, client, announce }) => {
      await client.query('update gateway.line set typing = $2 where id = $1', [lineId, typing])
      announce('line')
      return { ...line, typing }
    })
  }

  async #create(lineId: string, organizationId: string): Promise<void> {
    await this.#pool.query(
      `insert into gateway.line (id, organization_id, network, desired, state, cause, since)
       values ($1, $2, $3, 'rest', 'stopped', 'never-started', clock_timestamp()) on conflict (id) do nothing`,
      [lineId, organizationId, this.#network],
    )
  }

  #refusal(line: Line, organizationId: string): Refusal | null {
    if (line.organizationId !== organizationId) return 'organization-mismatch'
    return line.network === this.#network ? null : 'network-mismatch'
  }

  /** Asks the owner to close the connection, or to unlink the device as well. Throws `LineUnknown`. */
  async rest(lineId: string, how: 'stop' | 'log-out'): Promise<Line> {
    return inLine(this.#pool, lineId, async ({ line, client, announce }) => {
      await client.query('update gateway.line set desired = $2 where id = $1', [lineId, how])
      announce('line')
      return { ...line, desired: how }
    })
  }

  /**
   * Keeps nothing of the line any more: its clinic is deleted. Refused while a device is linked, which would stay in the
   * phone's list; done when there is no such line. Whoever owns it finds its lease lost.
   */
  async forget(lineId: string): Promise<'line-linked' | null> {
    try {
      return await inLine(this.#pool, lineId, async ({ line, client, announce }) => {
        if (line.hasDevice) return 'line-linked'
        await client.query('delete from gateway.line where id = $1', [lineId])
        announce('line')
        return null
      })
    } catch (error) {
      if (error instanceof LineUnknown) return null
      throw error
    }
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
