import { type MediaType, normalizeMessageContent, type proto } from '@whiskeysockets/baileys'
import type { MediaRef } from './media.ts'

/** Kinds of messages that simulated people write and see. */
export const KINDS = [
  'text',
  'image',
  'audio',
  'video',
  'document',
  'sticker',
  'location',
  'live-location',
  'contacts',
  'button',
  'list',
  'template',
  'reaction',
  'edit',
  'delete',
  'poll',
] as const
export type Kind = (typeof KINDS)[number]

export interface ShownMedia extends MediaRef {
  contentType: string
  fileName: string | null
  /** How long a voice note is; null for every other file. */
  voiceSeconds: number | null
}

export interface Place {
  latitude: number
  longitude: number
  name: string | null
  address: string | null
}

export interface Card {
  name: string
  vcard: string
}

/** A message as a phone shows it. */
export interface Shown {
  kind: Kind
  text: string
  media: ShownMedia | null
  location: Place | null
  contacts: Card[] | null
  /** The button or list entry that was chosen. */
  choice: { id: string; title: string } | null
  /** The message a reaction, an edit or a deletion is about. */
  targetId: string | null
}

export const plainText = (text: string): Shown => ({
  kind: 'text',
  text,
  media: null,
  location: null,
  contacts: null,
  choice: null,
  targetId: null,
})

const MEDIA = {
  imageMessage: 'image',
  audioMessage: 'audio',
  videoMessage: 'video',
  documentMessage: 'document',
  stickerMessage: 'sticker',
} as const

/** How media of this kind is encrypted. */
export const mediaTypeOf = (kind: Kind): MediaType => (kind === 'sticker' ? 'sticker' : kind) as MediaType

/** The message that a text quotes, and what a phone that lost it shows of it; null and none without a quote. */
export function quotedOf(message: proto.IMessage): { quotedId: string | null; quotedKind?: Kind } {
  const context = normalizeMessageContent(message)?.extendedTextMessage?.contextInfo
  if (!context?.stanzaId) return { quotedId: null }
  return { quotedId: context.stanzaId, quotedKind: shownOf(context.quotedMessage ?? {}).kind }
}

/** Reads what arrived on a phone; whatever it does not know is shown as an empty text. */
export function shownOf(message: proto.IMessage): Shown {
  const content = normalizeMessageContent(message) ?? {}
  const base = plainText(content.conversation ?? content.extendedTextMessage?.text ?? '')
  for (const [name, kind] of Object.entries(MEDIA) as [keyof typeof MEDIA, Kind][]) {
    const found = content[name] as proto.Message.IDocumentMessage | null | undefined
    if (found) return { ...base, kind, text: found.caption ?? '', media: mediaOf(found, content) }
  }
  const place = content.locationMessage
  if (place) {
    const { degreesLatitude: latitude, degreesLongitude: longitude, name, address } = place
    const location = {
      latitude: latitude ?? 0,
      longitude: longitude ?? 0,
      name: name ?? null,
      address: address ?? null,
    }
    return { ...base, kind: 'location', location }
  }
  const reaction = content.reactionMessage
  if (reaction) {
    return { ...base, kind: 'reaction', text: reaction.text ?? '', targetId: reaction.key?.id ?? null }
  }
  const cards =
    content.contactsArrayMessage?.contacts ?? (content.contactMessage ? [content.contactMessage] : null)
  if (cards) {
    const contacts = cards.map(({ displayName, vcard }) => ({ name: displayName ?? '', vcard: vcard ?? '' }))
    return { ...base, kind: 'contacts', contacts }
  }
  return base
}

const mediaOf = (
  found: proto.Message.IDocumentMessage,
  { audioMessage: sound }: proto.IMessage,
): ShownMedia => ({
  directPath: found.directPath ?? '',
  mediaKey: found.mediaKey ?? new Uint8Array(),
  fileSha256: found.fileSha256 ?? new Uint8Array(),
  fileEncSha256: found.fileEncSha256 ?? new Uint8Array(),
  fileLength: Number(found.fileLength ?? 0),
  contentType: found.mimetype ?? 'application/octet-stream',
  fileName: found.fileName ?? null,
  voiceSeconds: sound?.ptt ? (sound.seconds ?? 0) : null,
})
