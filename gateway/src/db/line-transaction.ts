import { randomUUID } from 'node:crypto'
import { escapeLiteral, type Pool, type PoolClient } from 'pg'
import type { Cause, Line, LineState, Network } from '../lines/states.ts'

/** The right to act for a line, until another process takes it. */
export interface Lease {
  lineId: string
  organizationId: string
  owner: string
  epoch: string
  /** For how long it is prolonged each time, in milliseconds. */
  ms: number
  /** When it was asked for, by this process's clock, in milliseconds: it began no earlier. */
  askedAt: number
  /** Its last owner did not give it back: that process died, or sleeps and may wake. */
  ranOut: boolean
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
  history_since: Date | null
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
  historySince: row.history_since,
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
    const line = lineOf(typeof at === 'string' ? await lockLine(client, at) : await lockOwnLine(client, at))
    const events: NewEvent[] = []
    const news = new Set<string>()
    const result = await work({
      line,
      client,
      report: (type, data, messageId) => events.push({ type, data, messageId: messageId ?? null }),
      announce: (topic, detail) => news.add(detail ? `${topic}:${lineId}:${detail}` : `${topic}:${lineId}`),
    })
    if (events.length > 0) news.add(`event:${lineId}`)
    beforeCommit()
    await client.query([...told(lineId, events, [...news]), 'commit'].join('; '))
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

/**
 * Begins the transaction and asks for the line in one message to the database: every one of them is waited for, and
 * most transactions have little else to ask.
 */
async function beginWith<T>(client: PoolClient, select: string): Promise<T | undefined> {
  const results = (await client.query(`begin; ${select}`)) as unknown as { rows: T[] }[]
  return results[1]?.rows[0]
}

async function lockLine(client: PoolClient, lineId: string): Promise<LineRow> {
  const row = await beginWith<LineRow>(
    client,
    `select * from gateway.line where id = ${escapeLiteral(lineId)} for no key update`,
  )
  if (!row) throw new LineUnknown()
  return row
}

/**
 * Renewing passes over lines that are being worked on rather than wait for them, so the work itself prolongs a lease
 * that is half over.
 */
async function lockOwnLine(client: PoolClient, { lineId, owner, epoch, ms }: Lease): Promise<LineRow> {
  const row = await beginWith<LineRow & { ends_soon: boolean }>(
    client,
    `select *, lease_until < clock_timestamp() + ${Number(ms)} * interval '0.5 ms' as ends_soon from gateway.line
      where id = ${escapeLiteral(lineId)} and lease_owner = ${escapeLiteral(owner)}
        and lease_epoch = ${escapeLiteral(epoch)} and lease_until > clock_timestamp()
        for no key update`,
  )
  if (!row) throw new LeaseLost()
  if (row.ends_soon) {
    await client.query(
      `update gateway.line set lease_until = clock_timestamp() + $2 * interval '1 ms' where id = $1`,
      [lineId, ms],
    )
  }
  return row
}

/** Writes events and wakes whoever waits for news. As texts, so that they travel with the commit. */
function told(lineId: string, events: NewEvent[], news: string[]): string[] {
  const notifications = news.map(
    (payload) => `select pg_notify(${escapeLiteral(CHANNEL)}, ${escapeLiteral(payload)})`,
  )
  if (events.length === 0) return notifications
  const rows = events.map(({ type, data, messageId }, index) =>
    [
      index + 1,
      `${escapeLiteral(randomUUID())}::uuid`,
      escapeLiteral(type),
      `${escapeLiteral(JSON.stringify(data))}::json`,
      messageId === null ? 'null::text' : escapeLiteral(messageId),
    ].join(', '),
  )
  const written = `with line as (
      update gateway.line set last_seq = last_seq + ${events.length}
       where id = ${escapeLiteral(lineId)} returning id, last_seq)
    insert into gateway.event (line_id, seq, id, type, at, data, message_id)
    select line.id, last_seq - ${events.length} + nth, e.id, type, clock_timestamp(), data, message_id
      from line, (values (${rows.join('), (')})) as e(nth, id, type, data, message_id)`
  return [written, ...notifications]
}
