import {
  type BinaryNode,
  decodeMessageNode,
  proto,
  unpadRandomMax16,
  type WAMessage,
} from '@whiskeysockets/baileys'
import type { Identity } from '../contacts/contact-store.ts'
import { bare, type Content, contentOf } from './content.ts'
import { type Chat, chatOf, identityOf, identityOfBoth } from './identifiers.ts'

/** A message somebody wrote, as the network delivered it. */
export interface InboundMessage extends Content {
  providerMessageId: string
  chat: Chat
  /** Null when the network does not say who wrote it. */
  sender: { identity: Identity; name: string | null } | null
  fromMe: boolean
  sentAt: Date
  /** Delivered late, because the line was not connected when it was written. */
  offline: boolean
}

/** Our own two addresses. */
export interface Own {
  id: string
  lid: string
}

/** Reads a decrypted stanza; null when nobody wrote it. Throws when it is malformed. */
export function inboundOf(stanza: BinaryNode, padded: Uint8Array, own: Own): InboundMessage | null {
  if (stanza.attrs.category === 'peer') return null
  const decoded = proto.Message.decode(unpadRandomMax16(padded))
  const message = decoded.deviceSentMessage?.message ?? decoded
  const { fullMessage } = decodeMessageNode(stanza, own.id, own.lid)
  return assemble(fullMessage as WAMessage, message, own, stanza.attrs.offline !== undefined)
}

/** Who wrote a stanza, without opening it: enough to recognise a message that was delivered before. */
export const addressedBy = (stanza: BinaryNode, own: Own): InboundMessage | null =>
  assemble(
    decodeMessageNode(stanza, own.id, own.lid).fullMessage as WAMessage,
    { conversation: '' },
    own,
    stanza.attrs.offline !== undefined,
    bare('other'),
  )

/** A message that reached us by another way than its own stanza, for example resent by the phone. */
export const inboundOfEvent = (message: WAMessage, own: Own, offline: boolean): InboundMessage | null =>
  message.message ? assemble(message, message.message, own, offline) : null

function assemble(
  full: WAMessage,
  message: proto.IMessage,
  own: Own,
  offline: boolean,
  content: Content | null = contentOf(message),
): InboundMessage | null {
  const { key } = full
  if (!content || !key.id) return null
  const chat = chatOf(key.remoteJid, key.remoteJidAlt)
  const fromMe = key.fromMe === true
  const identity = fromMe ? identityOfBoth(own.id, own.lid) : author(chat, full)
  const name = fromMe ? null : full.pushName || null
  return {
    ...content,
    providerMessageId: key.id,
    chat,
    sender: identity ? { identity, name } : null,
    fromMe,
    sentAt: instant(full.messageTimestamp),
    offline,
  }
}

function author(chat: Chat, { key }: WAMessage): Identity | undefined {
  if (chat.kind === 'direct') return chat.identity
  return identityOfBoth(key.participant, key.participantAlt) ?? identityOf(key.remoteJid)
}

/** The network's own time. A stanza without a usable one gets the time it arrived. */
function instant(seconds: WAMessage['messageTimestamp']): Date {
  const value = Number(seconds)
  return Number.isFinite(value) && value > 0 && value < 1e11 ? new Date(value * 1000) : new Date()
}
