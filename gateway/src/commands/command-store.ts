import type { Pool } from 'pg'
import { suggest } from '../contacts/contact-store.ts'
import { inLine, type Lease, type LineTransaction } from '../db/line-transaction.ts'
import { reach } from '../failpoint.ts'
import { type CommandState, MOVED_BY, type Reason } from './command-states.ts'
import type { Payload } from './payload.ts'

export interface NewCommand {
  messageId: string
  providerMessageId: string
  payload: Payload
  hash: string
  notAfter: Date
}

export interface CommandStatus {
  messageId: string
  state: CommandState
  reason: Reason | null
}

/** A command whose turn it may be. */
export interface Waiting {
  messageId: string
  providerMessageId: string
  payload: Payload
  /** Whom it is for: the same for all names of one person. */
  person: string
}

/** What is kept of a message of ours: as the network knows it, or, from an older gateway, its text. */
export type Kept = { content: Uint8Array } | { text: string }

/** A text to a phone alone, which quotes nothing, stands in columns of its own, as it always did. */
const isPlain = (payload: Payload): payload is Payload & { kind: 'text'; text: string } =>
  payload.kind === 'text' &&
  payload.to !== undefined &&
  payload.lid === undefined &&
  payload.quoting === undefined

interface Row {
  message_id: string
  provider_message_id: string
  hash: string | null
  state: CommandState
  reason: Reason | null
}

const status = ({ message_id, state, reason }: Row): CommandStatus => ({
  messageId: message_id,
  state,
  reason,
})

const told = ({ report }: LineTransaction, row: Row): void => {
  report(
    'message.status',
    {
      messageId: row.message_id,
      providerMessageId: row.provider_message_id,
      state: row.state,
      reason: row.reason,
    },
    row.message_id,
  )
}

/** Commands of the backend and what became of them. Every change is reported in the transaction that makes it. */
export class CommandStore {
  #pool: Pool

  constructor(pool: Pool) {
    this.#pool = pool
  }

  async find(lineId: string, messageId: string): Promise<CommandStatus | null> {
    const row = await this.#row(lineId, messageId)
    return row && status(row)
  }

  /**
   * Takes a command once. @returns its state and whether it is new, or 'differs' when this id, or this provider id,
   * already stands for something else. Throws `LineUnknown`.
   */
  async accept(
    lineId: string,
    command: NewCommand,
  ): Promise<(CommandStatus & { isNew: boolean }) | 'differs'> {
    const { payload } = command
    return inLine(
      this.#pool,
      lineId,
      async ({ client, announce }) => {
        const { rowCount } = await client.query(
          `insert into gateway.command
             (line_id, message_id, provider_message_id, recipient, body, payload, hash, not_after, state, changed_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, 'accepted', clock_timestamp()) on conflict do nothing`,
          [
            lineId,
            command.messageId,
            command.providerMessageId,
            payload.to ?? `lid:${payload.lid}`,
            isPlain(payload) ? payload.text : null,
            isPlain(payload) ? null : JSON.stringify(payload),
            command.hash,
            command.notAfter,
          ],
        )
        if (rowCount === 1) {
          if (payload.to && payload.lid) await suggest(client, lineId, payload.to, payload.lid)
          announce('command')
          return { messageId: command.messageId, state: 'accepted' as const, reason: null, isNew: true }
        }
        const { rows } = await client.query<Row>(
          'select * from gateway.command where line_id = $1 and message_id = $2',
          [lineId, command.messageId],
        )
        const known = rows[0]
        if (!known || (known.hash !== null && known.hash !== command.hash)) return 'differs'
        return { ...status(known), isNew: false }
      },
      () => reach('command-before-commit'),
    )
  }

  /**
   * Withdraws what is not being sent yet. An id never seen becomes a tombstone, so that a late command finds it.
   * @returns the state after the attempt: 'withdrawn' when it won. Throws `LineUnknown`.
   */
  async withdraw(lineId: string, messageId: string): Promise<CommandStatus> {
    return inLine(this.#pool, lineId, async (transaction) => {
      const { client } = transaction
      await client.query(
        `insert into gateway.command (line_id, message_id, state, changed_at)
         values ($1, $2, 'withdrawn', clock_timestamp()) on conflict do nothing`,
        [lineId, messageId],
      )
      const { rows } = await client.query<Row>(
        `update gateway.command set state = 'withdrawn', changed_at = clock_timestamp()
          where line_id = $1 and message_id = $2 and state = 'accepted' returning *`,
        [lineId, messageId],
      )
      if (rows[0]) told(transaction, rows[0])
      const known = await client.query<Row>(
        'select * from gateway.command where line_id = $1 and message_id = $2',
        [lineId, messageId],
      )
      return status(known.rows[0] as Row)
    })
  }

  /** The oldest commands that may be sent, in order of acceptance. */
  async waiting(lineId: string, limit: number): Promise<Waiting[]> {
    const { rows } = await this.#pool.query(
      `select m.message_id, m.provider_message_id, m.recipient, m.body, m.payload,
              coalesce(c.id::text, m.recipient) as person
         from gateway.command m
         left join lateral
           (select c.id from gateway.contact c
             where c.line_id = m.line_id
               and (c.phone = m.recipient or c.lid = coalesce(m.payload->>'lid', substr(m.recipient, 5)))
             order by c.phone = m.recipient desc nulls last limit 1) c on true
        where m.line_id = $1 and m.state = 'accepted' order by m.position limit $2`,
      [lineId, limit],
    )
    return rows.map((row) => ({
      messageId: row.message_id,
      providerMessageId: row.provider_message_id,
      payload: row.payload ?? { kind: 'text', to: row.recipient, text: row.body },
      person: row.person,
    }))
  }

  /** Of these people, those who ever wrote to the line or got something from it. */
  async met(lineId: string, people: string[]): Promise<Set<string>> {
    const { rows } = await this.#pool.query<{ person: string }>(
      `select person from unnest($2::text[]) as person
        where exists (select 1 from gateway.inbound i
                       where i.line_id = $1 and i.chat = 'contact:' || person and not i.from_me)
           or exists (select 1 from gateway.command m
                       where m.line_id = $1 and m.state in ('delivered', 'read')
                         and m.recipient in (select person union all
                                             select c.phone from gateway.contact c
                                              where c.line_id = $1 and c.id::text = person))`,
      [lineId, people],
    )
    return new Set(rows.map(({ person }) => person))
  }

  /**
   * The moment of sending. One statement checks the lease and the deadline and moves `accepted` to `sending`, or to
   * `expired` when it is too late. @returns whether it may be sent now. Throws `LeaseLost`.
   * @param content the message as the network will know it, kept for a recipient that asks to get it again
   */
  async beginSending(lease: Lease, messageId: string, content: Uint8Array): Promise<boolean> {
    return inLine(this.#pool, lease, async (transaction) => {
      const { rows } = await transaction.client.query<Row>(
        `update gateway.command c
            set state = case when c.not_after > clock_timestamp() then 'sending' else 'expired' end,
                reason = case when c.not_after > clock_timestamp() then null else 'too-late' end,
                content = $5, changed_at = clock_timestamp()
           from gateway.line l
          where c.line_id = $1 and c.message_id = $2 and c.state = 'accepted'
            and l.id = c.line_id and l.lease_owner = $3 and l.lease_epoch = $4 and l.lease_until > clock_timestamp()
        returning c.*`,
        [lease.lineId, messageId, lease.owner, lease.epoch, Buffer.from(content)],
      )
      if (!rows[0]) return false
      told(transaction, rows[0])
      return rows[0].state === 'sending'
    })
  }

  /** Nothing of it left: it waits again, as if nobody had begun to send it. */
  async takeBack(lease: Lease, messageId: string): Promise<void> {
    await inLine(this.#pool, lease, async ({ client }) => {
      await client.query(
        `update gateway.command set state = 'accepted', content = null, changed_at = clock_timestamp()
          where line_id = $1 and message_id = $2 and state = 'sending'`,
        [lease.lineId, messageId],
      )
    })
  }

  /** A command that must not be sent at all. */
  async refuse(lease: Lease, messageId: string, reason: Reason): Promise<void> {
    await inLine(this.#pool, lease, async (transaction) => {
      const { rows } = await transaction.client.query<Row>(
        `update gateway.command set state = 'failed', reason = $3, changed_at = clock_timestamp()
          where line_id = $1 and message_id = $2 and state = 'accepted' returning *`,
        [lease.lineId, messageId, reason],
      )
      if (rows[0]) told(transaction, rows[0])
    })
  }

  /** News about messages, by the ids the network knows. Later states stay; ids that are not ours are ignored. */
  async settle(
    lease: Lease,
    providerMessageIds: string[],
    to: keyof typeof MOVED_BY,
    reason: Reason | null = null,
    beforeCommit?: () => void,
    from: readonly CommandState[] = MOVED_BY[to],
  ): Promise<void> {
    await inLine(
      this.#pool,
      lease,
      (transaction) => settle(transaction, providerMessageIds, to, reason, from),
      beforeCommit,
    )
  }

  /** Nobody will send these any more. */
  async failWaiting(transaction: LineTransaction, reason: Reason): Promise<void> {
    const { rows } = await transaction.client.query<Row>(
      `update gateway.command set state = 'failed', reason = $2, changed_at = clock_timestamp()
        where line_id = $1 and state = 'accepted' returning *`,
      [transaction.line.id, reason],
    )
    for (const row of rows) told(transaction, row)
  }

  /** A message of ours, for a recipient that asks to get it again; null when it never left. */
  async kept(lineId: string, providerMessageId: string): Promise<Kept | null> {
    const { rows } = await this.#pool.query<{ body: string | null; content: Buffer | null }>(
      'select body, content from gateway.command where line_id = $1 and provider_message_id = $2',
      [lineId, providerMessageId],
    )
    const { content = null, body = null } = rows[0] ?? {}
    return content ? { content } : body === null ? null : { text: body }
  }

  /** Gives up what is past its deadline on these lines, whether they have an owner or not. */
  async expire(lineIds: string[]): Promise<void> {
    for (const line_id of lineIds) {
      await inLine(this.#pool, line_id, async (transaction) => {
        const expired = await transaction.client.query<Row>(
          `update gateway.command set state = 'expired', reason = 'too-late', changed_at = clock_timestamp()
            where line_id = $1 and state = 'accepted' and not_after <= clock_timestamp() returning *`,
          [line_id],
        )
        for (const row of expired.rows) told(transaction, row)
      })
    }
  }

  /**
   * The database is a restored backup: what it calls open may have been sent after the backup was made. It becomes
   * unknown, for a receipt or a person to settle. What moved after the restore is known and stays. @returns how many
   */
  async holdRestored(restoredAt: Date): Promise<number> {
    const { rows } = await this.#pool.query<{ line_id: string }>(
      `select distinct line_id from gateway.command where state in ('accepted', 'sending') and changed_at <= $1`,
      [restoredAt],
    )
    let held = 0
    for (const { line_id } of rows) {
      await inLine(this.#pool, line_id, async (transaction) => {
        const open = await transaction.client.query<Row>(
          `update gateway.command set state = 'unknown', reason = 'restored-from-backup', changed_at = clock_timestamp()
            where line_id = $1 and state in ('accepted', 'sending') and changed_at <= $2 returning *`,
          [line_id, restoredAt],
        )
        for (const row of open.rows) told(transaction, row)
        held += open.rows.length
      })
    }
    return held
  }

  async #row(lineId: string, messageId: string): Promise<Row | null> {
    const { rows } = await this.#pool.query<Row>(
      'select * from gateway.command where line_id = $1 and message_id = $2',
      [lineId, messageId],
    )
    return rows[0] ?? null
  }
}

/** As `CommandStore.settle`, inside a transaction that holds the line. */
export async function settle(
  transaction: LineTransaction,
  providerMessageIds: string[],
  to: keyof typeof MOVED_BY,
  reason: Reason | null = null,
  from: readonly CommandState[] = MOVED_BY[to],
): Promise<void> {
  const { rows } = await transaction.client.query<Row>(
    `update gateway.command set state = $3, reason = $4, changed_at = clock_timestamp()
      where line_id = $1 and provider_message_id = any($2) and state = any($5) returning *`,
    [transaction.line.id, providerMessageIds, to, reason, from],
  )
  for (const row of rows) told(transaction, row)
}

/** Whoever was sending these is gone. Whether they reached the network is unknown, so they are not repeated. */
export async function settleInterrupted(
  transaction: LineTransaction,
  reason: 'found-sending-at-start' | 'no-acknowledgement',
): Promise<void> {
  const { rows } = await transaction.client.query<Row>(
    `update gateway.command set state = 'unknown', reason = $2, changed_at = clock_timestamp()
      where line_id = $1 and state = 'sending' returning *`,
    [transaction.line.id, reason],
  )
  for (const row of rows) told(transaction, row)
}
