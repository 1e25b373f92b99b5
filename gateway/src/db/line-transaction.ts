import { randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { Cause, Line, LineState, Network } from '../lines/states.ts'

/** The right to act for a line, until another process takes it. */
export interface Lease {
  lineId: string
  organizationId: string
  owner: string
  epoch: string
}

/** Another process owns the line now, or nobody does: whatever was about to be written is void. */
export class LeaseLost extends Error {
  override name = 'LeaseLost'
}

export class LineUnknown extends Error {
  override name = 'LineUnknown'
}

interface NewEvent {
  type: 'line.state' | 'message.status' | 'message.inbound' | 'message.media'
  data: object
  messageId: string | null
}

interface LineRow {
  id: string
  organization_id: string
  network: Network
  desired: Line['desired']
  state: LineState
  cause: Cause
  since: Date
  next_attempt_at: Date | null
  phone: string | null
  profile_name: string | null
  platform: string | null
  qr_generation: number
  pairing_phone: string | null
  pairing_asked: number
  replace_phone: boolean
  other_phone: string | null
  has_device: boolean
  typing: boolean
  due_at: Date | null
}

export const lineOf = (row: LineRow): Line => ({
  id: row.id,
  organizationId: row.organization_id,
  network: row.network,
  desired: row.desired,
  state: row.state,
  cause: row.cause,
  since: row.since,
  nextAttemptAt: row.next_attempt_at,
  phone: row.phone,
  profileName: row.profile_name,
  platform: row.platform,
  qrGeneration: row.qr_generation,
  pairingPhone: row.pairing_phone,
  pairingAsked: row.pairing_asked,
  replacePhone: row.replace_phone,
  otherPhone: row.other_phone,
  hasDevice: row.has_device,
  typing: row.typing,
  dueAt: row.due_at,
})

/** Work on one line while its row is locked. Events reported here are committed with what they report. */
export interface LineTransaction {
  readonly line: Line
  readonly client: PoolClient
  report(type: NewEvent['type'], data: object, messageId?: string): void
  /** Tells every gateway once this is committed. */
  announce(topic: Topic, detail?: string): void
}

export type Topic = 'line' | 'command' | 'event' | 'media' | 'qr' | 'code'
export const CHANNEL = 'recado_gateway'

/**
 * Runs `work` in a transaction that holds the line's row. With a lease, throws `LeaseLost` unless it is still valid.
 * The row lock comes first in every transaction, so that two writers of one line wait instead of deadlocking.
 */
export async function inLine<T>(
  pool: Pool,
  at: Lease | string,
  work: (transaction: LineTransaction) => Promise<T>,
  beforeCommit: () => void = () => undefined,
): Promise<T> {
  const lineId = typeof at === 'string' ? at : at.lineId
  const client = await pool.connect()
  // A connection that ends while it is lent out reports to its borrower, and ends the process when nobody listens.
  const lost = (): void => undefined
  client.on('error', lost)
  let failed: Error | undefined
  try {
    await client.query('begin')
    const line = lineOf(typeof at === 'string' ? await lockLine(client, at) : await lockOwnLine(client, at))
    const events: NewEvent[] = []
    const news = new Set<string>()
    const result = await work({
      line,
      client,
      report: (type, data, messageId) => events.push({ type, data, messageId: messageId ?? null }),
      announce: (topic, detail) => news.add(detail ? `${topic}:${lineId}:${detail}` : `${topic}:${lineId}`),
    })
    if (events.length > 0) {
      await writeEvents(client, lineId, events)
      news.add(`event:${lineId}`)
    }
    for (const payload of news) await client.query('select pg_notify($1, $2)', [CHANNEL, payload])
    beforeCommit()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((cause: Error) => {
      failed = cause
    })
    throw error
  } finally {
    client.off('error', lost)
    // One that could not even roll back is not lent out again.
    client.release(failed)
  }
}

async function lockLine(client: PoolClient, lineId: string): Promise<LineRow> {
  const { rows } = await client.query<LineRow>('select * from gateway.line where id = $1 for no key update', [
    lineId,
  ])
  if (!rows[0]) throw new LineUnknown()
  return rows[0]
}

async function lockOwnLine(client: PoolClient, lease: Lease): Promise<LineRow> {
  const { rows } = await client.query<LineRow>(
    `select * from gateway.line
      where id = $1 and lease_owner = $2 and lease_epoch = $3 and lease_until > clock_timestamp()
        for no key update`,
    [lease.lineId, lease.owner, lease.epoch],
  )
  if (!rows[0]) throw new LeaseLost()
  return rows[0]
}

async function writeEvents(client: PoolClient, lineId: string, events: NewEvent[]): Promise<void> {
  const { rows } = await client.query<{ last_seq: string }>(
    'update gateway.line set last_seq = last_seq + $2 where id = $1 returning last_seq',
    [lineId, events.length],
  )
  const first = BigInt(rows[0]?.last_seq ?? 0) - BigInt(events.length) + 1n
  await client.query(
    `insert into gateway.event (line_id, seq, id, type, at, data, message_id)
     select $1, seq, id, type, clock_timestamp(), data, message_id
       from unnest($2::bigint[], $3::uuid[], $4::text[], $5::json[], $6::text[]) as e(seq, id, type, data, message_id)`,
    [
      lineId,
      events.map((_, index) => String(first + BigInt(index))),
      events.map(() => randomUUID()),
      events.map(({ type }) => type),
      events.map(({ data }) => JSON.stringify(data)),
      events.map(({ messageId }) => messageId),
    ],
  )
}
