import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { DirectConnection } from '../db/direct-connection.ts'
import { reach } from '../failpoint.ts'
import { inTrace, type Logger, named } from '../log.ts'
import { type Origin, type Span, type Spans, traceOf } from '../spans.ts'
import { signed } from './signature.ts'

const AT_ONCE = 100
/** The backend refuses bodies over 1 MiB, and would refuse the same events for ever. One event alone stays below it. */
const MAX_BYTES = 512 * 1024
const TIMEOUT_MS = 10_000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

interface EventRow {
  seq: string
  id: string
  type: string
  at: Date
  data: unknown
  /** The message it tells of; null when it tells of something else. */
  message_id: string | null
}

interface Batch {
  organizationId: string
  events: EventRow[]
  /** There was nothing more when this was read. */
  isLast: boolean
}

/**
 * Carries events to the backend: one line's in order, one delivery at a time, each until it is acknowledged. Any
 * gateway may carry any line's events; a lock, gone when its holder dies, keeps it to one.
 */
export class Courier {
  #pool: Pool
  #url: string
  #secret: Buffer
  #locks: DirectConnection
  #spans: Spans
  #log: Logger
  #busy = new Set<string>()
  #again = new Set<string>()
  #stopping = new AbortController()
  #running = new Set<Promise<void>>()

  constructor(pool: Pool, url: string, secret: Buffer, locks: DirectConnection, spans: Spans, log: Logger) {
    this.#pool = pool
    this.#url = url
    this.#secret = secret
    this.#locks = locks
    this.#spans = spans
    this.#log = log
  }

  /** Something was reported about a line: carry it now. */
  wake(lineId: string): void {
    if (this.#stopping.signal.aborted) return
    if (this.#busy.has(lineId)) {
      this.#again.add(lineId)
      return
    }
    this.#busy.add(lineId)
    const run = this.#carry(lineId).finally(() => {
      this.#busy.delete(lineId)
      this.#running.delete(run)
      if (this.#again.delete(lineId)) this.wake(lineId)
    })
    this.#running.add(run)
  }

  /** Lets deliveries under way finish. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#running)
  }

  async #carry(lineId: string): Promise<void> {
    let wait = FIRST_WAIT_MS
    let locked = false
    try {
      locked = await this.#locks.lockDelivery(lineId)
      while (locked && !this.#stopping.signal.aborted) {
        const batch = await this.#batch(lineId)
        if (!batch) return
        const { organizationId, events } = batch
        if (await this.#traced(events, (span) => this.#post(lineId, organizationId, events, span))) {
          reach('event-posted')
          await this.#acknowledged(lineId, events)
          this.#received(events)
          // What was written since then has been announced, and wakes us again.
          if (batch.isLast) return
          wait = FIRST_WAIT_MS
        } else {
          await pause(wait * (0.5 + Math.random() / 2), undefined, { signal: this.#stopping.signal })
          wait = Math.min(wait * 2, LONGEST_WAIT_MS)
        }
      }
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#log.warn({ lineId, ...named(error) }, 'events wait')
    } finally {
      if (locked) await this.#locks.unlockDelivery(lineId).catch(() => undefined)
    }
  }

  async #batch(lineId: string): Promise<Batch | null> {
    const { rows } = await this.#pool.query<EventRow & { organization_id: string }>(
      `select l.organization_id, e.seq, e.id, e.type, e.at, e.data, e.message_id
         from gateway.event e join gateway.line l on l.id = e.line_id
        where e.line_id = $1 order by e.seq limit $2`,
      [lineId, AT_ONCE],
    )
    if (!rows[0]) return null
    const events = fitting(rows)
    return {
      organizationId: rows[0].organization_id,
      events,
      isLast: events.length < AT_ONCE && events.length === rows.length,
    }
  }

  /** A delivery belongs to the trace of the first event in it, however often it is tried. */
  async #traced(events: EventRow[], work: (span: Span) => Promise<boolean>): Promise<boolean> {
    const origin = originOf(events[0] as EventRow)
    return inTrace(origin.traceId, () => work(this.#spans.begin('events', 'client', origin)))
  }

  /** What somebody wrote is received from when it was recorded until the backend has it. */
  #received(events: EventRow[]): void {
    for (const event of events.filter(({ type }) => type === 'message.inbound'))
      this.#spans.begin('receive', 'consumer', originOf(event), event.at).end()
  }

  async #post(
    lineId: string,
    organizationId: string,
    rows: EventRow[],
    { traceparent, end }: Span,
  ): Promise<boolean> {
    const events = rows.map(({ seq, id, type, at, data }) => ({
      id,
      seq: Number(seq),
      type,
      at: at.toISOString(),
      data,
    }))
    const body = JSON.stringify({ lineId, organizationId, events })
    reach('event-before-post')
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          traceparent,
          ...signed(this.#secret, randomUUID(), new Date(), body),
        },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      await response.body?.cancel()
      end({ status: response.status })
      if (!response.ok) this.#log.warn({ lineId, status: response.status }, 'the backend did not take events')
      return response.ok
    } catch (error) {
      end({ failed: true })
      this.#log.warn({ lineId, ...named(error) }, 'the backend cannot be reached')
      return false
    }
  }

  async #acknowledged(lineId: string, rows: EventRow[]): Promise<void> {
    await this.#pool.query('delete from gateway.event where line_id = $1 and seq <= $2', [
      lineId,
      rows.at(-1)?.seq,
    ])
  }
}

/** What tells of a message is part of that message's trace; anything else has one of its own. */
const originOf = ({ id, message_id }: EventRow): Origin => traceOf(message_id ?? id)

/** The first of these events that fit into one delivery; at least one. */
function fitting<T extends { data: unknown }>(rows: T[]): T[] {
  let bytes = 0
  const tooMany = rows.findIndex(({ data }, index) => {
    bytes += Buffer.byteLength(JSON.stringify(data))
    return index > 0 && bytes > MAX_BYTES
  })
  return tooMany < 0 ? rows : rows.slice(0, tooMany)
}
