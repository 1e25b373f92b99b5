import type { Pool } from 'pg'
import { settle } from '../commands/command-store.ts'
import { inLine, type LineTransaction } from '../db/line-transaction.ts'
import { expectMedia } from '../media/download-store.ts'
import type { InboundMessage } from '../whatsapp/inbound.ts'
import { chatKey, resolve } from './contact-store.ts'

/**
 * Records a message once, however often it is delivered, and reports it. Our own message coming back is no news, but
 * proves that it was sent. One of which only a stub is known is reported again with its content.
 * @returns whether it was new
 */
export async function record(transaction: LineTransaction, message: InboundMessage): Promise<boolean> {
  if (await isOwnCommand(transaction, message)) return false
  const { client, line, report } = transaction
  const placed = await place(transaction, message)
  const { rowCount } = await client.query(
    `insert into gateway.inbound (line_id, chat, sender, from_me, provider_message_id, recorded_at)
     values ($1, $2, $3, $4, $5, clock_timestamp())
     on conflict (line_id, provider_message_id, chat, sender, from_me)
       do update set awaited = null, due_at = null, replaceable = false
               where inbound.replaceable or inbound.awaited is not null`,
    [line.id, placed.keys.chat, placed.keys.sender, message.fromMe, message.providerMessageId],
  )
  if (rowCount === 0) return false
  if (message.media) await expectMedia(transaction, message.providerMessageId, message.media)
  report('message.inbound', eventOf(message, placed))
  return true
}

/**
 * Notes a message without its content, or a call that is not over. Unless more is recorded of it in time, it is
 * reported as it is. Once noted, and once recorded, it stays as it is.
 * @param ms how long to wait; 0: it is reported now
 * @returns whether it was new
 */
export async function expect(
  transaction: LineTransaction,
  message: InboundMessage,
  ms: number,
): Promise<boolean> {
  if (await isOwnCommand(transaction, message)) return false
  const placed = await place(transaction, message)
  const event = eventOf(message, placed)
  const { rowCount } = await transaction.client.query(
    `insert into gateway.inbound
       (line_id, chat, sender, from_me, provider_message_id, recorded_at, awaited, due_at, replaceable)
     values ($1, $2, $3, $4, $5, clock_timestamp(), $6,
             case when $7 > 0 then clock_timestamp() + $7 * interval '1 ms' end, $7 = 0)
     on conflict do nothing`,
    [
      transaction.line.id,
      placed.keys.chat,
      placed.keys.sender,
      message.fromMe,
      message.providerMessageId,
      ms > 0 ? JSON.stringify(event) : null,
      ms,
    ],
  )
  if (rowCount === 1 && ms === 0) transaction.report('message.inbound', event)
  return rowCount === 1
}

/** What became of a call that was noted and is not reported yet. @param isOver it is reported now */
export async function amendCall(
  { client, line, report }: LineTransaction,
  providerMessageId: string,
  { missed, isOver }: { missed?: boolean; isOver: boolean },
): Promise<void> {
  const { rows } = await client.query<{ chat: string; sender: string; awaited: Awaited }>(
    `select chat, sender, awaited from gateway.inbound
      where line_id = $1 and provider_message_id = $2 and not from_me and awaited->>'kind' = 'call'`,
    [line.id, providerMessageId],
  )
  for (const { chat, sender, awaited } of rows) {
    const event = missed === undefined ? awaited : { ...awaited, call: { ...awaited.call, missed } }
    await client.query(
      `update gateway.inbound set awaited = $5, due_at = case when $6 then null else due_at end
        where line_id = $1 and provider_message_id = $2 and chat = $3 and sender = $4 and not from_me`,
      [line.id, providerMessageId, chat, sender, isOver ? null : JSON.stringify(event), isOver],
    )
    if (isOver) report('message.inbound', event)
  }
}

type Awaited = Record<string, unknown> & { call: object | null }

/** Reports what was noted on these lines and whose content did not come in time. One that fails keeps no other. */
export async function reportOverdue(pool: Pool, lineIds: string[]): Promise<void> {
  const reported = await Promise.allSettled(lineIds.map((lineId) => reportDue(pool, lineId)))
  const failed = reported.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}

async function reportDue(pool: Pool, lineId: string): Promise<void> {
  await inLine(pool, lineId, async ({ client, report }) => {
    const { rows } = await client.query<{ awaited: Awaited }>(
      `with due as (
         select line_id, chat, sender, from_me, provider_message_id, awaited from gateway.inbound
          where line_id = $1 and due_at <= clock_timestamp() and awaited is not null order by due_at limit 100)
       update gateway.inbound i set awaited = null, due_at = null, replaceable = due.awaited->>'kind' <> 'call'
         from due
        where i.line_id = due.line_id and i.chat = due.chat and i.sender = due.sender
          and i.from_me = due.from_me and i.provider_message_id = due.provider_message_id
      returning due.awaited`,
      [lineId],
    )
    for (const { awaited } of rows) report('message.inbound', awaited)
  })
}

/** Whether this message was recorded with its content before; asked when a second copy cannot be opened any more. */
export async function isRecorded(transaction: LineTransaction, message: InboundMessage): Promise<boolean> {
  const { keys } = await place(transaction, message)
  const { rowCount } = await transaction.client.query(
    `select 1 from gateway.inbound
      where line_id = $1 and chat = $2 and sender = $3 and from_me = $4 and provider_message_id = $5
        and awaited is null and not replaceable`,
    [transaction.line.id, keys.chat, keys.sender, message.fromMe, message.providerMessageId],
  )
  return rowCount === 1
}

async function isOwnCommand(transaction: LineTransaction, message: InboundMessage): Promise<boolean> {
  if (!message.fromMe) return false
  const ours = await transaction.client.query(
    'select 1 from gateway.command where line_id = $1 and provider_message_id = $2',
    [transaction.line.id, message.providerMessageId],
  )
  if (ours.rowCount !== 1) return false
  await settle(transaction, [message.providerMessageId], 'sent')
  return true
}

interface Placed {
  chat: { kind: string; phone: string | null; lid: string | null; id: string }
  sender: { phone: string | null; lid: string | null; name: string | null }
  keys: { chat: string; sender: string }
}

function eventOf(message: InboundMessage, { chat, sender }: Placed) {
  const { media } = message
  return {
    providerMessageId: message.providerMessageId,
    chat,
    sender,
    fromMe: message.fromMe,
    sentAt: message.sentAt.toISOString(),
    kind: message.kind,
    text: message.text,
    targetProviderMessageId: message.targetProviderMessageId,
    quotedProviderMessageId: message.quotedProviderMessageId,
    offline: message.offline,
    history: message.history,
    media: media && {
      id: media.id,
      kind: media.kind,
      contentType: media.contentType,
      size: media.size,
      fileName: media.fileName,
    },
    location: message.location,
    contacts: message.contacts,
    choice: message.choice,
    call: message.call,
    stub: message.stub,
  }
}

async function place({ client, line }: LineTransaction, message: InboundMessage): Promise<Placed> {
  const direct = message.chat.kind === 'direct' ? await resolve(client, line.id, message.chat.identity) : null
  const author = message.sender.identity
  const wroteHimself = message.chat.kind === 'direct' && author === message.chat.identity
  const sender = wroteHimself ? direct : author ? await resolve(client, line.id, author) : null
  const chat =
    message.chat.kind === 'direct'
      ? {
          kind: 'direct',
          phone: direct?.phone ?? null,
          lid: direct?.lid ?? null,
          id: direct?.phone ?? `lid:${direct?.lid}`,
        }
      : {
          kind: message.chat.kind === 'foreign' ? 'direct' : message.chat.kind,
          phone: null,
          lid: null,
          id: message.chat.id,
        }
  return {
    chat,
    sender: { phone: sender?.phone ?? null, lid: sender?.lid ?? null, name: message.sender.name },
    keys: { chat: direct ? chatKey(direct) : chat.id, sender: sender ? chatKey(sender) : '' },
  }
}
