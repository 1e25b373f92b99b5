import type { Pool } from 'pg'
import { settle } from '../commands/command-store.ts'
import type { LineTransaction } from '../db/line-transaction.ts'
import { expectMedia } from '../media/download-store.ts'
import type { InboundMessage } from '../whatsapp/inbound.ts'
import { chatKey, resolve } from './contact-store.ts'

/**
 * Records a message once, however often it is delivered, and reports it. Our own message coming back is no news, but
 * proves that it was sent.
 * @returns whether it was new
 */
export async function record(transaction: LineTransaction, message: InboundMessage): Promise<boolean> {
  const { client, line, report } = transaction
  if (message.fromMe) {
    const ours = await client.query(
      'select 1 from gateway.command where line_id = $1 and provider_message_id = $2',
      [line.id, message.providerMessageId],
    )
    if (ours.rowCount === 1) {
      await settle(transaction, [message.providerMessageId], 'sent')
      return false
    }
  }
  const { chat, sender, keys } = await place(transaction, message)
  const { rowCount } = await client.query(
    `insert into gateway.inbound (line_id, chat, sender, from_me, provider_message_id, recorded_at)
     values ($1, $2, $3, $4, $5, clock_timestamp()) on conflict do nothing`,
    [line.id, keys.chat, keys.sender, message.fromMe, message.providerMessageId],
  )
  if (rowCount === 0) return false
  const { media, location, contacts, choice } = message
  if (media) await expectMedia(transaction, message.providerMessageId, media)
  report('message.inbound', {
    providerMessageId: message.providerMessageId,
    chat,
    sender,
    fromMe: message.fromMe,
    sentAt: message.sentAt.toISOString(),
    kind: message.kind,
    text: message.text,
    quotedProviderMessageId: message.quotedProviderMessageId,
    offline: message.offline,
    media: media && {
      id: media.id,
      kind: media.kind,
      contentType: media.contentType,
      size: media.size,
      fileName: media.fileName,
    },
    location,
    contacts,
    choice,
  })
  return true
}

/** Whether this message was recorded before; asked when a second copy cannot be opened any more. */
export async function isRecorded(transaction: LineTransaction, message: InboundMessage): Promise<boolean> {
  const { keys } = await place(transaction, message)
  const { rowCount } = await transaction.client.query(
    `select 1 from gateway.inbound
      where line_id = $1 and chat = $2 and sender = $3 and from_me = $4 and provider_message_id = $5`,
    [transaction.line.id, keys.chat, keys.sender, message.fromMe, message.providerMessageId],
  )
  return rowCount === 1
}

async function place({ client, line }: LineTransaction, message: InboundMessage) {
  const direct = message.chat.kind === 'direct' ? await resolve(client, line.id, message.chat.identity) : null
  const author = message.sender?.identity
  const wroteHimself = message.chat.kind === 'direct' && author === message.chat.identity
  const sender = wroteHimself ? direct : author ? await resolve(client, line.id, author) : null
  const chat = direct
    ? { kind: 'direct', phone: direct.phone, lid: direct.lid, id: direct.phone ?? `lid:${direct.lid}` }
    : {
        kind: message.chat.kind,
        phone: null,
        lid: null,
        id: message.chat.kind === 'direct' ? '' : message.chat.id,
      }
  return {
    chat,
    sender: { phone: sender?.phone ?? null, lid: sender?.lid ?? null, name: message.sender?.name ?? null },
    keys: { chat: direct ? chatKey(direct) : chat.id, sender: sender ? chatKey(sender) : '' },
  }
}

const REMEMBERED_DAYS = 30

/** Forgets old message ids, and commands whose every report was acknowledged long ago. */
export async function forgetOld(pool: Pool): Promise<void> {
  await pool.query(`delete from gateway.inbound where recorded_at < now() - $1 * interval '1 day'`, [
    REMEMBERED_DAYS,
  ])
  await pool.query(
    `delete from gateway.command c
      where c.changed_at < now() - $1 * interval '1 day' and c.state not in ('accepted', 'sending', 'unknown')
        and not exists (select 1 from gateway.event e where e.line_id = c.line_id and e.message_id = c.message_id)`,
    [REMEMBERED_DAYS],
  )
}
