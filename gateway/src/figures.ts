import type { Pool } from 'pg'

/** What waits in the database, whichever gateway process will work it. */
export interface Figures {
  /** Commands that were taken and have not begun to leave. */
  queueDepth: number
  /** Events the backend has not acknowledged. */
  eventsWaiting: number
  /** When the oldest of them happened; null without one. */
  oldestEventAt: Date | null
}

export async function figuresOf(pool: Pool): Promise<Figures> {
  const { rows } = await pool.query<{ queue: string; events: string; oldest: Date | null }>(
    `select (select count(*) from gateway.command where state = 'accepted') as queue,
            count(*) as events, min(at) as oldest
       from gateway.event`,
  )
  const [row] = rows
  return {
    queueDepth: Number(row?.queue ?? 0),
    eventsWaiting: Number(row?.events ?? 0),
    oldestEventAt: row?.oldest ?? null,
  }
}
