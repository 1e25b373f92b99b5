import { getContentType, normalizeMessageContent, type proto } from '@whiskeysockets/baileys'
import type { IncomingMedia } from '../media/download-store.ts'
import {
  type Card,
  type Choice,
  cardsIn,
  choiceIn,
  mediaIn,
  type Place,
  placeIn,
  storable,
} from './attachments.ts'

/** What kind of message the backend is told about. */
export type Kind =
  | 'text'
  | 'image'
  | 'audio'
  | 'video'
  | 'document'
  | 'location'
  | 'contact'
  | 'reaction'
  | 'sticker'
  | 'edit'
  | 'delete'
  | 'other'

export interface Content {
  kind: Kind
  text: string | null
  quotedProviderMessageId: string | null
  media: IncomingMedia | null
  location: Place | null
  contacts: Card[] | null
  choice: Choice | null
}

/** A message of which nothing but its kind is known. */
export const bare = (kind: Kind): Content => ({
  kind,
  text: null,
  quotedProviderMessageId: null,
  media: null,
  location: null,
  contacts: null,
  choice: null,
})

const KINDS: Partial<Record<keyof proto.IMessage, Kind>> = {
  conversation: 'text',
  extendedTextMessage: 'text',
  buttonsResponseMessage: 'text',
  templateButtonReplyMessage: 'text',
  listResponseMessage: 'text',
  interactiveResponseMessage: 'text',
  imageMessage: 'image',
  audioMessage: 'audio',
  videoMessage: 'video',
  ptvMessage: 'video',
  documentMessage: 'document',
  locationMessage: 'location',
  liveLocationMessage: 'location',
  contactMessage: 'contact',
  contactsArrayMessage: 'contact',
  reactionMessage: 'reaction',
  stickerMessage: 'sticker',
}

/** Reads a message; null when it is the protocol talking to itself and nothing a person wrote. */
export function contentOf(message: proto.IMessage): Content | null {
  const content = normalizeMessageContent(message)
  const protocol = content?.protocolMessage
  if (protocol) return ofProtocol(protocol)
  const type = content && getContentType(content)
  if (!content || !type) return null
  const body = content[type] as { contextInfo?: proto.IContextInfo | null } | string | null | undefined
  const quoted = typeof body === 'object' ? body?.contextInfo?.stanzaId : undefined
  return {
    kind: KINDS[type] ?? 'other',
    text: storable(textOf(content), LONGEST),
    quotedProviderMessageId: quoted ?? content.reactionMessage?.key?.id ?? null,
    media: mediaIn(content),
    location: placeIn(content),
    contacts: cardsIn(content),
    choice: choiceIn(content),
  }
}

function ofProtocol(protocol: proto.Message.IProtocolMessage): Content | null {
  const quotedProviderMessageId = protocol.key?.id ?? null
  if (protocol.editedMessage) {
    const edited = normalizeMessageContent(protocol.editedMessage)
    const text = storable(edited ? textOf(edited) : null, LONGEST)
    return { ...bare('edit'), text, quotedProviderMessageId }
  }
  // The enumeration's REVOKE is 0, which is also what an absent type reads as; a key tells them apart.
  const revoked = protocol.key?.id && !protocol.type && !protocol.historySyncNotification
  return revoked ? { ...bare('delete'), quotedProviderMessageId } : null
}

const textOf = (content: proto.IMessage): string | null =>
  content.conversation ||
  content.extendedTextMessage?.text ||
  content.imageMessage?.caption ||
  content.videoMessage?.caption ||
  content.documentMessage?.caption ||
  content.buttonsResponseMessage?.selectedDisplayText ||
  content.templateButtonReplyMessage?.selectedDisplayText ||
  content.listResponseMessage?.title ||
  content.interactiveResponseMessage?.body?.text ||
  content.liveLocationMessage?.caption ||
  content.reactionMessage?.text ||
  null

/** As long as WhatsApp's own clients let a text become; a hostile one must not outgrow what the backend takes. */
const LONGEST = 65_536
