import type { Pool } from 'pg'
import type { Network } from './states.ts'

/** What waits in the database for any gateway, by line. */
export interface PendingWork {
  /** Lines that need an owner and have none, the most urgent first. */
  unowned: string[]
  /** Lines with commands past their deadline. */
  expired: string[]
  /** Lines with commands to send. */
  sending: string[]
  /** Lines with events that the backend has not acknowledged. */
  events: string[]
  /** Lines with something whose content did not come in time. */
  overdue: string[]
  /** Media is to be fetched. */
  media: boolean
}

/**
 * One question instead of one for each kind of work: it is asked every few seconds, by every gateway, for ever, and
 * most of the time nothing waits.
 */
export async function pendingWork(pool: Pool, network: Network): Promise<PendingWork> {
  const { rows } = await pool.query<PendingWork>(
    `select
       array(select id from gateway.line
              where desired <> 'rest' and network = $1 and (lease_until is null or lease_until <= clock_timestamp())
              order by due_at nulls last, lease_until nulls first limit 200) as unowned,
       array(select distinct line_id from gateway.command
              where state = 'accepted' and not_after <= clock_timestamp()) as expired,
       array(select distinct line_id from gateway.command where state = 'accepted') as sending,
       array(select distinct line_id from gateway.event) as events,
       array(select distinct line_id from gateway.inbound
              where due_at <= clock_timestamp() and awaited is not null limit 100) as overdue,
       exists(select 1 from gateway.media_download where next_attempt_at <= clock_timestamp()) as media`,
    [network],
  )
  return rows[0] as PendingWork
}
