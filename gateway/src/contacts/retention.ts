import type { Pool } from 'pg'
import type { LineTransaction } from '../db/line-transaction.ts'

const MESSAGE_DAYS = 30
const PERSON_MONTHS = 12

/**
 * Forgets old message ids, commands whose every report was acknowledged long ago, and people of whom nothing was heard
 * for a year: they are met anew when they write or are written to.
 */
export async function forgetOld(pool: Pool): Promise<void> {
  await pool.query(`delete from gateway.inbound where recorded_at < now() - $1 * interval '1 day'`, [
    MESSAGE_DAYS,
  ])
  await pool.query(
    `delete from gateway.command c
      where c.changed_at < now() - $1 * interval '1 day' and c.state not in ('accepted', 'sending', 'unknown')
        and not exists (select 1 from gateway.event e where e.line_id = c.line_id and e.message_id = c.message_id)`,
    [MESSAGE_DAYS],
  )
  for (const [table, seen] of [
    ['contact', 'seen_at'],
    ['recipient', 'checked_at'],
  ])
    await pool.query(`delete from gateway.${table} where ${seen} < now() - $1 * interval '1 month'`, [
      PERSON_MONTHS,
    ])
}

/** Forgets everybody the line knew; inside the transaction that logs it out. */
export async function forgetPeople({ client, line }: LineTransaction): Promise<void> {
  for (const table of ['inbound', 'contact', 'recipient', 'history_part'])
    await client.query(`delete from gateway.${table} where line_id = $1`, [line.id])
}
