import type { Pool, PoolClient } from 'pg'
import { inLine, type Lease } from '../db/line-transaction.ts'

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
  const { rows } = await client.query<Contact & { long_ago: boolean }>(
    `select id, phone, lid, seen_at < clock_timestamp() - interval '1 day' as long_ago from gateway.contact
      where line_id = $1 and (phone = $2 or lid = $3) order by id`,
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
  if (phone !== first.phone || lid !== first.lid || first.long_ago) {
    await client.query(
      `update gateway.contact set phone = $3, lid = $4, seen_at = clock_timestamp()
        where line_id = $1 and id = $2`,
      [lineId, first.id, phone, lid],
    )
  }
  return { id: first.id, phone, lid }
}

/** Notes that two names are one person's, as the backend says; what is known of either stays as it is. */
export async function suggest(client: PoolClient, lineId: string, phone: string, lid: string): Promise<void> {
  const { rows } = await client.query<Contact>(
    'select id, phone, lid from gateway.contact where line_id = $1 and (phone = $2 or lid = $3)',
    [lineId, phone, lid],
  )
  const [known, another] = rows
  if (!known || (!another && (known.phone === null || known.lid === null)))
    await resolve(client, lineId, { phone, lid })
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

/** A person as the network answered about a phone. */
export interface Found {
  /** The network's address of the phone; null when it is not there. */
  address: string | null
  lid: string | null
}

/** Remembers who is on WhatsApp, because asking for every message looks like a robot and slows sending. */
export class Recipients {
  #pool: Pool

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** @returns what the network said about a phone, undefined when it should be asked */
  async known(lineId: string, phone: string): Promise<Found | undefined> {
    const { rows } = await this.#pool.query<Found>(
      `select r.address, c.lid from gateway.recipient r
         left join gateway.contact c on c.line_id = r.line_id and c.phone = r.phone
        where r.line_id = $1 and r.phone = $2
          and r.checked_at > clock_timestamp() - case when r.address is null then $3 * interval '1 minute'
                                                      else $4 * interval '1 day' end`,
      [lineId, phone, ABSENT_MINUTES, KNOWN_DAYS],
    )
    return rows[0]
  }

  /** The phone of somebody who is known by a hidden identifier; null when it is not known. */
  async phoneOf(lineId: string, lid: string): Promise<string | null> {
    const { rows } = await this.#pool.query<{ phone: string | null }>(
      'select phone from gateway.contact where line_id = $1 and lid = $2',
      [lineId, lid],
    )
    return rows[0]?.phone ?? null
  }

  async remember(lease: Lease, phone: string, { address, lid }: Found): Promise<void> {
    await inLine(this.#pool, lease, async ({ client, line }) => {
      await client.query(
        `insert into gateway.recipient (line_id, phone, address, checked_at) values ($1, $2, $3, clock_timestamp())
         on conflict (line_id, phone) do update set address = excluded.address, checked_at = excluded.checked_at`,
        [line.id, phone, address],
      )
      if (address !== null) await resolve(client, line.id, { phone, lid })
    })
  }
}
