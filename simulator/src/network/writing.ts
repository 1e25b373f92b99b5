import { proto } from '@whiskeysockets/baileys'
import { type Card, type Kind, mediaTypeOf, type Place, plainText, type Shown } from './content.ts'
import { encryptMedia, type MediaHost } from './media.ts'
import { BadRequest, phoneJid } from './wire.ts'

/** A file that a person chose to send. */
export interface Chosen {
  content: Buffer
  contentType: string
  fileName: string | null
  /** What the message claims about its size, when that is not the truth; in bytes. */
  claimedSize?: number
}

/** What a person writes, and how. */
export interface Writing {
  kind: Kind
  text: string
  id?: string
  name?: string
  quotedId?: string
  /** Group name: the message goes to the clinic through a group both are in. */
  group?: string
  file?: Chosen
  location?: Place
  contacts?: Card[]
  choice?: { id: string; title: string }
  /** The message a reaction, an edit or a deletion is about. */
  targetId?: string
  /** By which of the writer's two names the network gives the message: phone first, hidden first, or hidden only. */
  addressing?: 'phone' | 'lid' | 'lid-only'
  /** When it was written; left out, it is written at this moment. */
  writtenAt?: Date
}

/** A message that is quoted or pointed at: who wrote it, and its text. */
export interface Quoted {
  id: string
  /** Digits of its author. */
  author: string
  text: string
}

interface Around {
  host: MediaHost
  quoted: Quoted | undefined
  /** Address of the chat, and whether the message pointed at was written by the writer. */
  chat: string
  own: boolean
}

/** @returns the message on the wire, and what the writer's own phone shows of it. Throws `BadRequest`. */
export async function composed(
  writing: Writing,
  around: Around,
): Promise<{ message: proto.IMessage; shown: Shown }> {
  const { kind, text } = writing
  const contextInfo = around.quoted && {
    stanzaId: around.quoted.id,
    participant: phoneJid(around.quoted.author),
    quotedMessage: { conversation: around.quoted.text },
  }
  const shown: Shown = { ...plainText(text), kind }
  const file = writing.file
  if (file) {
    const media = await encryptMedia(around.host, file.content, mediaTypeOf(kind))
    const body = {
      ...media,
      fileLength: file.claimedSize ?? media.fileLength,
      mimetype: file.contentType,
      ...(text ? { caption: text } : {}),
      ...(file.fileName ? { fileName: file.fileName } : {}),
      contextInfo,
    }
    const { contentType, fileName } = file
    return {
      message: { [`${kind}Message`]: body },
      shown: { ...shown, media: { ...media, contentType, fileName, voiceSeconds: null } },
    }
  }
  if (kind === 'location' || kind === 'live-location') {
    const location = needed(writing.location, 'location')
    const { latitude: degreesLatitude, longitude: degreesLongitude, name, address } = location
    const message =
      kind === 'location'
        ? { locationMessage: { degreesLatitude, degreesLongitude, name, address, contextInfo } }
        : { liveLocationMessage: { degreesLatitude, degreesLongitude, caption: text, contextInfo } }
    return { message, shown: { ...shown, location } }
  }
  if (kind === 'contacts') {
    const contacts = needed(writing.contacts, 'contacts')
    const [only, ...others] = contacts.map(({ name, vcard }) => ({ displayName: name, vcard }))
    const message = others.length
      ? {
          contactsArrayMessage: {
            displayName: `${contacts.length}`,
            contacts: [only ?? {}, ...others],
            contextInfo,
          },
        }
      : { contactMessage: { ...only, contextInfo } }
    return { message, shown: { ...shown, contacts } }
  }
  if (kind === 'button' || kind === 'list' || kind === 'template') {
    const choice = needed(writing.choice, 'choice')
    return { message: chosen(kind, choice, contextInfo), shown: { ...shown, text: choice.title, choice } }
  }
  if (kind === 'reaction' || kind === 'edit' || kind === 'delete') {
    const targetId = needed(writing.targetId, 'targetId')
    return { message: about(kind, text, targetId, around), shown: { ...shown, targetId } }
  }
  if (kind === 'poll') return { message: { pollCreationMessageV3: { name: text, options: [] } }, shown }
  if (kind !== 'text') throw new BadRequest(`a ${kind} needs a file`)
  const plain = contextInfo === undefined && writing.group === undefined
  return { message: plain ? { conversation: text } : { extendedTextMessage: { text, contextInfo } }, shown }
}

function chosen(
  kind: 'button' | 'list' | 'template',
  { id, title }: { id: string; title: string },
  contextInfo: proto.IContextInfo | undefined,
): proto.IMessage {
  if (kind === 'list') {
    return { listResponseMessage: { title, singleSelectReply: { selectedRowId: id }, contextInfo } }
  }
  if (kind === 'template') {
    return { templateButtonReplyMessage: { selectedId: id, selectedDisplayText: title, contextInfo } }
  }
  return {
    buttonsResponseMessage: {
      selectedButtonId: id,
      selectedDisplayText: title,
      type: proto.Message.ButtonsResponseMessage.Type.DISPLAY_TEXT,
      contextInfo,
    },
  }
}

function about(
  kind: 'reaction' | 'edit' | 'delete',
  text: string,
  id: string,
  { chat, own }: Around,
): proto.IMessage {
  const key = { remoteJid: chat, fromMe: own, id }
  if (kind === 'reaction') return { reactionMessage: { key, text, senderTimestampMs: Date.now() } }
  const { Type } = proto.Message.ProtocolMessage
  if (kind === 'delete') return { protocolMessage: { key, type: Type.REVOKE } }
  return { protocolMessage: { key, type: Type.MESSAGE_EDIT, editedMessage: { conversation: text } } }
}

function needed<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new BadRequest(`${name} is missing`)
  return value
}

/** What the network writes on the envelope about a message's kind. */
export const stanzaType = (kind: Kind): string =>
  kind === 'reaction'
    ? 'reaction'
    : kind === 'text' || kind === 'edit' || kind === 'delete'
      ? 'text'
      : 'media'
