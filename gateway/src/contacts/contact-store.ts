import type { Pool, PoolClient } from 'pg'

/** A person as the network names them: by phone, by hidden identifier, or both. */
export interface Identity {
  /** E.164, canonical. */
  phone: string | null
  lid: string | null
}

export interface Contact extends Identity {
  id: string
}

/**
 * Finds or records who this is, and joins what was known under two names. Runs in a transaction that holds the line,
 * so that two messages of a new contact do not make two.
 */
export async function resolve(client: PoolClient, lineId: string, identity: Identity): Promise<Contact> {
  const { rows } = await client.query<Contact>(
    'select id, phone, lid from gateway.contact where line_id = $1 and (phone = $2 or lid = $3) order by id',
    [lineId, identity.phone, identity.lid],
  )
  const [first, second] = rows
  if (!first) {
    const inserted = await client.query<Contact>(
      'insert into gateway.contact (line_id, phone, lid) values ($1, $2, $3) returning id, phone, lid',
      [lineId, identity.phone, identity.lid],
    )
    return inserted.rows[0] as Contact
  }
  if (second) await join(client, lineId, first, second)
  // A phone that moved to another LID (or back) is still the person we know by phone: newer names win.
  const phone = identity.phone ?? first.phone ?? second?.phone ?? null
  const lid = identity.lid ?? first.lid ?? second?.lid ?? null
  if (phone !== first.phone || lid !== first.lid) {
    await client.query('update gateway.contact set phone = $3, lid = $4 where line_id = $1 and id = $2', [
      lineId,
      first.id,
      phone,
      lid,
    ])
  }
  return { id: first.id, phone, lid }
}

async function join(client: PoolClient, lineId: string, kept: Contact, dropped: Contact): Promise<void> {
  for (const column of ['chat', 'sender'] as const) {
    await client.query(
      `update gateway.inbound i set ${column} = $2
        where line_id = $1 and ${column} = $3
          and not exists (select 1 from gateway.inbound o
                           where o.line_id = $1 and o.provider_message_id = i.provider_message_id and o.${column} = $2)`,
      [lineId, chatKey(kept), chatKey(dropped)],
    )
  }
  await client.query('delete from gateway.contact where line_id = $1 and id = $2', [lineId, dropped.id])
}

/** The key of a person's chat in what is remembered about messages. */
export const chatKey = ({ id }: Contact): string => `contact:${id}`

const KNOWN_DAYS = 30
const ABSENT_MINUTES = 10

/** Remembers who is on WhatsApp, because asking for every message looks like a robot and slows sending. */
export class Recipients {
  #pool: Pool

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** @returns the network's address, null when it said there is none, undefined when it should be asked */
  async known(lineId: string, phone: string): Promise<string | null | undefined> {
    const { rows } = await this.#pool.query<{ address: string | null }>(
      `select address from gateway.recipient
        where line_id = $1 and phone = $2
          and checked_at > clock_timestamp() - case when address is null then $3 * interval '1 minute'
                                                    else $4 * interval '1 day' end`,
      [lineId, phone, ABSENT_MINUTES, KNOWN_DAYS],
    )
    return rows[0]?.address
  }

  async remember(lineId: string, phone: string, address: string | null): Promise<void> {
    await this.#pool.query(
      `insert into gateway.recipient (line_id, phone, address, checked_at) values ($1, $2, $3, clock_timestamp())
       on conflict (line_id, phone) do update set address = excluded.address, checked_at = excluded.checked_at`,
      [lineId, phone, address],
    )
  }
}
