import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createInflate } from 'node:zlib'
import {
  areJidsSameUser,
  type BinaryNode,
  BufferJSON,
  isLidUser,
  proto,
  unpadRandomMax16,
} from '@whiskeysockets/baileys'
import { type Content, called, contentOf } from './content.ts'
import { type InboundMessage, inboundOfHistory, type Own } from './inbound.ts'

/** A part of the phone's history as it was announced: the messages themselves, or where their file is. */
export interface HistoryPart {
  providerMessageId: string
  /** JSON of the announcement, bytes included. A secret: it opens the file. */
  announcement: string
}

const { HistorySyncType } = proto.Message
/** The newest messages of each chat, and those of the last months; not the years before. */
const WANTED = new Set<number>([HistorySyncType.INITIAL_BOOTSTRAP, HistorySyncType.RECENT])
/** Far more than phones send in one part; a hostile one must not fill the memory. */
const LARGEST = 128 * 1024 * 1024

/** The part of the history that our own phone announces in this stanza, or null. */
export function historyPartOf(stanza: BinaryNode, padded: Uint8Array, own: Own): HistoryPart | null {
  const { category, id, from } = stanza.attrs
  if (category !== 'peer' || !id || !(areJidsSameUser(from, own.id) || areJidsSameUser(from, own.lid)))
    return null
  const decoded = proto.Message.decode(unpadRandomMax16(padded))
  const { protocolMessage } = decoded.deviceSentMessage?.message ?? decoded
  const found = protocolMessage?.historySyncNotification
  if (!found || !WANTED.has(found.syncType ?? -1)) return null
  const object = proto.Message.HistorySyncNotification.toObject(
    proto.Message.HistorySyncNotification.fromObject(found),
    { longs: Number },
  )
  return {
    providerMessageId: id,
    announcement: JSON.stringify(object, BufferJSON.replacer),
  }
}

/** Where the file of a part is. */
export interface HistoryFile {
  directPath: string
  mediaKey: Uint8Array
}

/** @returns the messages packed into the announcement, or where they are; null when it says neither */
export function contentsOf(announcement: string): Uint8Array | HistoryFile | null {
  const { initialHistBootstrapInlinePayload, directPath, mediaKey } = JSON.parse(
    announcement,
    BufferJSON.reviver,
  ) as proto.Message.IHistorySyncNotification
  if (initialHistBootstrapInlinePayload?.length) return initialHistBootstrapInlinePayload
  return directPath && mediaKey?.length ? { directPath, mediaKey } : null
}

/** Whether this part is the last one of what is wanted. */
export function isLast(announcement: string): boolean {
  const { syncType, progress } = JSON.parse(announcement) as proto.Message.IHistorySyncNotification
  return syncType === HistorySyncType.RECENT && progress === 100
}

/**
 * The messages of direct chats written since then, ours included, oldest first.
 * Throws when the part cannot be read.
 */
export async function messagesIn(packed: Readable, since: Date, own: Own): Promise<InboundMessage[]> {
  const { conversations } = proto.HistorySync.decode(await inflated(packed))
  const found: Entry[] = conversations.flatMap((chat) =>
    (chat.messages ?? []).flatMap(({ message }) => {
      const isLid = isLidUser(message?.key?.remoteJid ?? chat.id ?? undefined)
      const alt = [chat.pnJid, chat.lidJid, chat.id].find((jid) => jid && !!isLidUser(jid) !== !!isLid)
      return message ? [{ message, content: historyContent(message), alt }, ...reactionsTo(message, alt)] : []
    }),
  )
  const from = since.getTime() / 1000
  // Phones give the newest first, and many have the same second.
  return found
    .reverse()
    .filter(({ message }) => Number(message.messageTimestamp ?? 0) >= from)
    .flatMap(({ message, content, alt }) => inboundOfHistory(message, content, own, alt) ?? [])
    .filter(({ chat }) => chat.kind === 'direct' || chat.kind === 'foreign')
    .sort((one, two) => one.sentAt.getTime() - two.sentAt.getTime())
}

interface Entry {
  message: proto.IWebMessageInfo
  content: Content | null
  alt: string | null | undefined
}

/** The phone keeps reactions with the message that they stand on. */
const reactionsTo = ({ key, reactions }: proto.IWebMessageInfo, alt: Entry['alt']): Entry[] =>
  (reactions ?? []).map((reaction) => ({
    message: { key: reaction.key ?? {}, messageTimestamp: Number(reaction.senderTimestampMs ?? 0) / 1000 },
    content: contentOf({ reactionMessage: { key: key ?? {}, text: reaction.text ?? '' } }),
    alt,
  }))

const { StubType } = proto.WebMessageInfo
const MISSED = new Map<number, boolean>([
  [StubType.CALL_MISSED_VOICE, false],
  [StubType.CALL_MISSED_VIDEO, true],
])

function historyContent({ message, messageStubType }: proto.IWebMessageInfo): Content | null {
  const video = MISSED.get(messageStubType ?? -1)
  if (video !== undefined) return called({ video, missed: true })
  return message ? contentOf(message) : null
}

async function inflated(packed: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  await pipeline(packed, createInflate(), async (unpacked: AsyncIterable<Buffer>) => {
    for await (const chunk of unpacked) {
      size += chunk.length
      if (size > LARGEST) throw new Error('a part of the history is too large')
      chunks.push(chunk)
    }
  })
  return Buffer.concat(chunks)
}
