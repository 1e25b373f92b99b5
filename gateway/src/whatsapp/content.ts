import { getContentType, normalizeMessageContent, type proto } from '@whiskeysockets/baileys'

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
}

const KINDS: Partial<Record<keyof proto.IMessage, Kind>> = {
  conversation: 'text',
  extendedTextMessage: 'text',
  buttonsResponseMessage: 'text',
  templateButtonReplyMessage: 'text',
  listResponseMessage: 'text',
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
    text: storable(textOf(content)),
    quotedProviderMessageId: quoted ?? content.reactionMessage?.key?.id ?? null,
  }
}

function ofProtocol(protocol: proto.Message.IProtocolMessage): Content | null {
  const quotedProviderMessageId = protocol.key?.id ?? null
  if (protocol.editedMessage) {
    const edited = normalizeMessageContent(protocol.editedMessage)
    return { kind: 'edit', text: storable(edited ? textOf(edited) : null), quotedProviderMessageId }
  }
  // The enumeration's REVOKE is 0, which is also what an absent type reads as; a key tells them apart.
  const revoked = protocol.key?.id && !protocol.type && !protocol.historySyncNotification
  return revoked ? { kind: 'delete', text: null, quotedProviderMessageId } : null
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
  content.reactionMessage?.text ||
  null

/** As long as WhatsApp's own clients let a text become; a hostile one must not outgrow what the backend takes. */
const LONGEST = 65_536

/** PostgreSQL holds no U+0000, and no half of a surrogate pair. */
const storable = (text: string | null): string | null =>
  text?.slice(0, LONGEST).replaceAll('\0', '\uFFFD').toWellFormed() ?? null
