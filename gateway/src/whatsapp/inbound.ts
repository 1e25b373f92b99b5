import {
  areJidsSameUser,
  type BinaryNode,
  decodeMessageNode,
  proto,
  unpadRandomMax16,
  type WAMessage,
} from '@whiskeysockets/baileys'
import type { Identity } from '../contacts/contact-store.ts'
import { bare, type Content, contentOf } from './content.ts'
import { type Chat, chatOf, identityOf, identityOfBoth } from './identifiers.ts'
import { opened } from './wrappers.ts'

/** A message somebody wrote, as the network delivered it. */
export interface InboundMessage extends Content {
  providerMessageId: string
  chat: Chat
  /** Null identity when the network does not say who wrote it. */
  sender: { identity: Identity | null; name: string | null }
  fromMe: boolean
  sentAt: Date
  /** Delivered late, because the line was not connected when it was written. */
  offline: boolean
  /** Read from the phone's history. */
  history: boolean
}

/** Our own two addresses. */
export interface Own {
  id: string
  lid: string
}

/** Reads a decrypted stanza; null when nobody wrote it. Throws when it is malformed. */
export function inboundOf(stanza: BinaryNode, padded: Uint8Array, own: Own): InboundMessage | null {
  if (stanza.attrs.category === 'peer') return null
  const bytes = unpadRandomMax16(padded)
  const decoded = proto.Message.decode(bytes)
  const message = decoded.deviceSentMessage?.message ?? decoded
  const content = contentOf(message) ?? (bytes.length > 0 && isUnknown(message) ? bare('other') : null)
  return content && addressed(stanza, own, content)
}

/** What is known of a message whose content is not, or not yet, there. Throws when the stanza is malformed. */
export function addressed(stanza: BinaryNode, own: Own, content: Content): InboundMessage {
  const { key, pushName, messageTimestamp } = decodeMessageNode(stanza, own.id, own.lid)
    .fullMessage as WAMessage
  const { attrs } = stanza
  const fromMe = key.fromMe === true
  // Of our own message the library gives our own other name, which is not the recipient's; and it takes a chat with
  // a bot for one with ourselves.
  const recipientAlt =
    attrs.peer_recipient_lid ?? attrs.recipient_lid ?? attrs.peer_recipient_pn ?? attrs.recipient_pn
  const chat = chatOf({
    chat: attrs.recipient ?? key.remoteJid,
    chatAlt: fromMe && attrs.recipient ? recipientAlt : key.remoteJidAlt,
    author: key.participant,
    authorAlt: key.participantAlt,
    fromMe,
  })
  return assembled(chat, { ...key, id: key.id ?? '', fromMe }, own, content, {
    name: pushName,
    sentAt: instant(messageTimestamp),
    offline: attrs.offline !== undefined,
  })
}

/** A message that reached us by another way than its own stanza, for example resent by the phone. */
export function inboundOfEvent(message: WAMessage, own: Own, offline: boolean): InboundMessage | null {
  // A call as the library retells it; calls are told by their own stanzas.
  if (message.message?.call) return null
  return inboundOfKey(message, message.message ? contentOf(message.message) : null, own, { offline })
}

/** A message as the phone keeps it. @param chatAlt the same person's other address */
export const inboundOfHistory = (
  message: proto.IWebMessageInfo,
  content: Content | null,
  own: Own,
  chatAlt: string | null | undefined,
): InboundMessage | null => inboundOfKey(message as WAMessage, content, own, { history: true, chatAlt })

function inboundOfKey(
  { key, pushName, messageTimestamp }: WAMessage,
  content: Content | null,
  own: Own,
  {
    offline = false,
    history = false,
    chatAlt = key.remoteJidAlt,
  }: { offline?: boolean; history?: boolean; chatAlt?: string | null | undefined },
): InboundMessage | null {
  if (!content || !key.id) return null
  const fromMe = key.fromMe === true
  const chat = chatOf({
    chat: key.remoteJid,
    // Of our own message the library may give our own other name.
    chatAlt: isOwn(chatAlt, own) ? undefined : chatAlt,
    author: key.participant,
    authorAlt: key.participantAlt,
    fromMe,
  })
  const when = { name: pushName, sentAt: instant(messageTimestamp), offline, history }
  return assembled(chat, { ...key, id: key.id, fromMe }, own, content, when)
}

interface Key {
  id: string
  fromMe: boolean
  remoteJid?: string | null
  participant?: string | null
  participantAlt?: string | null
}

function assembled(
  chat: Chat,
  key: Key,
  own: Own,
  content: Content,
  more: { name: string | null | undefined; sentAt: Date; offline: boolean; history?: boolean },
): InboundMessage {
  const { fromMe, id } = key
  const identity = fromMe ? identityOfBoth(own.id, own.lid) : author(chat, key)
  return {
    ...content,
    // Of what strangers write to each other nothing is fetched.
    media: chat.kind === 'direct' ? content.media : null,
    providerMessageId: id,
    chat,
    sender: { identity: identity ?? null, name: fromMe ? null : more.name || null },
    fromMe,
    sentAt: more.sentAt,
    offline: more.offline,
    history: more.history ?? false,
  }
}

function author(chat: Chat, { participant, participantAlt, remoteJid }: Key): Identity | undefined {
  if (chat.kind === 'direct') return chat.identity
  return identityOfBoth(participant, participantAlt) ?? identityOf(remoteJid)
}

const isOwn = (jid: string | null | undefined, { id, lid }: Own): boolean =>
  areJidsSameUser(jid ?? undefined, id) || areJidsSameUser(jid ?? undefined, lid)

/** Something is in it that this version of the protocol has no name for. */
function isUnknown(message: proto.IMessage): boolean {
  const inner = opened(message) as Record<string, unknown>
  return Object.keys(inner).every((name) => name === 'messageContextInfo' || inner[name] == null)
}

/** The network's own time. A stanza without a usable one gets the time it arrived. */
function instant(seconds: WAMessage['messageTimestamp']): Date {
  const value = Number(seconds)
  return Number.isFinite(value) && value > 0 && value < 1e11 ? new Date(value * 1000) : new Date()
}
