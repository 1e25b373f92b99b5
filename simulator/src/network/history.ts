import { deflateSync } from 'node:zlib'
import { proto } from '@whiskeysockets/baileys'
import { encryptMedia } from './media.ts'
import type { Network } from './network.ts'
import type { Account, ChatMessage, Contact } from './people.ts'
import { lidJid, phoneJid } from './wire.ts'

/**
 * What the clinic's phone tells a fresh companion about the past: names and hidden identifiers inside the notification,
 * and, where there are chats, their messages as a file that the companion fetches.
 */
export async function historyOf(network: Network, account: Account): Promise<proto.IMessage[]> {
  const { HistorySyncType } = proto.HistorySync
  const known = {
    progress: 100,
    pushnames: network.contacts.map(({ user, name }) => ({ id: phoneJid(user), pushname: name })),
    phoneNumberToLidMappings: network.contacts.map(({ user, lid }) => ({
      pnJid: phoneJid(user),
      lidJid: lidJid(lid),
    })),
  }
  const conversations = network.contacts.flatMap((contact) => conversation(account, contact))
  const first = inline(HistorySyncType.INITIAL_BOOTSTRAP, { ...known, conversations: [] })
  const recent = { ...known, conversations }
  if (conversations.length === 0) return [first, inline(HistorySyncType.RECENT, recent)]
  const file = await encryptMedia(network.media, packed(HistorySyncType.RECENT, recent), 'md-msg-hist')
  return [first, notification(HistorySyncType.RECENT, file)]
}

const packed = (syncType: proto.HistorySync.HistorySyncType, content: Omit<proto.IHistorySync, 'syncType'>) =>
  deflateSync(proto.HistorySync.encode({ ...content, syncType }).finish())

const inline = (
  syncType: proto.HistorySync.HistorySyncType,
  content: Omit<proto.IHistorySync, 'syncType'>,
): proto.IMessage => notification(syncType, { initialHistBootstrapInlinePayload: packed(syncType, content) })

const notification = (
  syncType: proto.HistorySync.HistorySyncType,
  where: proto.Message.IHistorySyncNotification,
): proto.IMessage => ({
  protocolMessage: {
    type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION,
    historySyncNotification: {
      syncType: syncType as number as proto.Message.HistorySyncType,
      chunkOrder: 1,
      progress: 100,
      ...where,
    },
  },
})

/** The chat with one patient, the newest message first, as phones send it. */
function conversation(account: Account, contact: Contact): proto.IConversation[] {
  const jid = phoneJid(contact.user)
  const written = contact.messages.filter(({ clinic, group }) => clinic === account.user && group === null)
  if (written.length === 0) return []
  const messages = written.map((one) => ({ message: webMessage(jid, contact, one) })).reverse()
  return [{ id: jid, lidJid: lidJid(contact.lid), messages }]
}

function webMessage(jid: string, contact: Contact, one: ChatMessage): proto.IWebMessageInfo {
  const quoted = one.quotedId ? { contextInfo: { stanzaId: one.quotedId } } : null
  const fromMe = one.direction === 'to-contact'
  return {
    key: { remoteJid: jid, fromMe, id: one.id },
    message: quoted ? { extendedTextMessage: { text: one.text, ...quoted } } : { conversation: one.text },
    messageTimestamp: Math.floor(Date.parse(one.at) / 1000),
    ...(fromMe ? {} : { pushName: contact.name }),
  }
}
