import type { proto } from '@whiskeysockets/baileys'
import type { IncomingMedia } from '../media/download-store.ts'
import {
  type Card,
  type Choice,
  cardsIn,
  choiceIn,
  localNumbersIn,
  mediaIn,
  type Place,
  placeIn,
  storable,
} from './attachments.ts'
import { wordsOf } from './words.ts'
import { CARRIERS, opened } from './wrappers.ts'

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
  | 'call'
  | 'unavailable'
  | 'other'

/** A call that is over; not missed: it was taken on the phone or on another device. */
export interface Call {
  video: boolean
  missed: boolean
}

/** Why a message cannot be shown here. */
export type StubReason = 'view-once' | 'not-decrypted' | 'not-sent'

export interface Content {
  kind: Kind
  text: string | null
  /** The message that a reaction, an edit or a deletion is about. */
  targetProviderMessageId: string | null
  quotedProviderMessageId: string | null
  media: IncomingMedia | null
  location: Place | null
  contacts: Card[] | null
  choice: Choice | null
  call: Call | null
  stub: { reason: StubReason } | null
}

/** A message of which nothing but its kind is known. */
export const bare = (kind: Kind): Content => ({
  kind,
  text: null,
  targetProviderMessageId: null,
  quotedProviderMessageId: null,
  media: null,
  location: null,
  contacts: null,
  choice: null,
  call: null,
  stub: null,
})

/** A message that cannot be opened here. */
export const unavailable = (reason: StubReason): Content => ({ ...bare('unavailable'), stub: { reason } })

/** A call of which only this is known. */
export const called = (call: Call): Content => ({ ...bare('call'), call })

type Type = keyof proto.IMessage

const KINDS: Partial<Record<Type, Kind>> = {
  conversation: 'text',
  extendedTextMessage: 'text',
  buttonsResponseMessage: 'text',
  templateButtonReplyMessage: 'text',
  listResponseMessage: 'text',
  interactiveResponseMessage: 'text',
  buttonsMessage: 'text',
  templateMessage: 'text',
  highlyStructuredMessage: 'text',
  listMessage: 'text',
  interactiveMessage: 'text',
  questionResponseMessage: 'text',
  statusQuestionAnswerMessage: 'text',
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

/** What apps tell each other, and what a tap does to a message without words of its own. */
const SILENT: ReadonlySet<Type> = new Set<Type>([
  'albumMessage',
  'encReactionMessage',
  'keepInChatMessage',
  'messageHistoryBundle',
  'messageHistoryNotice',
  'pinInChatMessage',
  'pollResultSnapshotMessage',
  'pollResultSnapshotMessageV3',
  'pollUpdateMessage',
  'statusNotificationMessage',
  'stickerSyncRmrMessage',
])

/** Encrypted once more with a secret that only the phone has, or left to the phone. */
const CLOSED: Partial<Record<Type, StubReason>> = {
  encCommentMessage: 'not-decrypted',
  placeholderMessage: 'not-sent',
  secretEncryptedMessage: 'not-decrypted',
}

/** Reads a message; null when it is the protocol talking to itself and nothing a person wrote. */
export function contentOf(message: proto.IMessage): Content | null {
  const content = opened(message)
  if (content.protocolMessage) return ofProtocol(content.protocolMessage)
  const type = typeOf(content)
  if (!type || SILENT.has(type)) return null
  const closed = CLOSED[type]
  if (closed) return unavailable(closed)
  if (content.callLogMesssage) return called(ofCallLog(content.callLogMesssage))
  if (content.call) return called({ video: false, missed: true })
  const quoted = quotedIn(content, type)
  const kind = KINDS[type] ?? 'other'
  if (kind === 'reaction') return ofReaction(content.reactionMessage ?? {})
  return {
    ...bare(kind),
    text: storable(wordsOf(content) ?? localNumbersIn(content), LONGEST),
    quotedProviderMessageId: quoted,
    media: mediaIn(content),
    location: placeIn(content),
    contacts: cardsIn(content),
    choice: choiceIn(content),
  }
}

/** What kind of thing is in a message, beside keys and context; undefined when there is nothing else. */
export const typeOf = (content: proto.IMessage): Type | undefined =>
  (Object.keys(content) as Type[]).find((name) => content[name] != null && !CARRIERS.has(name))

function quotedIn(content: proto.IMessage, type: Type): string | null {
  const body = content[type] as { contextInfo?: proto.IContextInfo | null } | string | null | undefined
  return (typeof body === 'object' ? body?.contextInfo?.stanzaId : undefined) ?? null
}

const ofReaction = ({ key, text }: proto.Message.IReactionMessage): Content => ({
  ...bare('reaction'),
  // Taken back: an empty one.
  text: storable(text, LONGEST) || null,
  targetProviderMessageId: key?.id ?? null,
})

function ofProtocol(protocol: proto.Message.IProtocolMessage): Content | null {
  const targetProviderMessageId = protocol.key?.id ?? null
  if (protocol.editedMessage) {
    const edited = opened(protocol.editedMessage)
    const type = typeOf(edited)
    return {
      ...bare('edit'),
      text: storable(wordsOf(edited), LONGEST),
      targetProviderMessageId,
      quotedProviderMessageId: type ? quotedIn(edited, type) : null,
    }
  }
  // The enumeration's REVOKE is 0, which is also what an absent type reads as; a key tells them apart.
  const revoked = protocol.key?.id && !protocol.type && !protocol.historySyncNotification
  return revoked ? { ...bare('delete'), targetProviderMessageId } : null
}

/** Connected, taken on another device, still going on. */
const TAKEN = new Set([0, 4, 5])

const ofCallLog = ({ isVideo, callOutcome }: proto.Message.ICallLogMessage): Call => ({
  video: isVideo === true,
  missed: !TAKEN.has(callOutcome ?? 0),
})

/** As long as WhatsApp's own clients let a text become; a hostile one must not outgrow what the backend takes. */
const LONGEST = 65_536
