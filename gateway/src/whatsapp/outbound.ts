import type { Readable } from 'node:stream'
import {
  type AnyMediaMessageContent,
  prepareWAMessageMedia,
  proto,
  type WAMediaUploadFunction,
} from '@whiskeysockets/baileys'
import { type MediaRef, mediaOf, type Payload, type Quoted } from '../commands/payload.ts'
import { quietLogger } from './quiet.ts'

/** The media of a command is not what the backend said it is. */
export class MediaDiffers extends Error {
  override name = 'MediaDiffers'
}

/** The two sides of a chat, as the network addresses them. */
export interface Sides {
  theirs: string
  ours: string
}

/**
 * The message as the network knows it; its media, if any, is encrypted and put where the recipient fetches it. Memory
 * does not grow with the size of the media.
 * @param sides whose messages it may quote or react to
 * @param media opens the bytes of the payload's media
 * Throws `MediaDiffers`.
 */
export async function compose(
  payload: Payload,
  sides: Sides,
  media: () => Readable,
  upload: WAMediaUploadFunction,
): Promise<Uint8Array> {
  const ref = mediaOf(payload)
  const message = ref
    ? await withMedia(payload as Extract<Payload, { media: MediaRef }>, media(), upload)
    : plain(payload, sides)
  return proto.Message.encode(message).finish()
}

function plain(payload: Payload, sides: Sides): proto.IMessage {
  switch (payload.kind) {
    case 'reaction': {
      const { target, text } = payload
      const key = { remoteJid: sides.theirs, fromMe: target.fromMe, id: target.id }
      return { reactionMessage: { key, text, senderTimestampMs: Date.now() } }
    }
    case 'text':
      return payload.quoting ? answering(payload.text, payload.quoting, sides) : textMessage(payload.text)
    case 'location': {
      const { latitude, longitude, name, address } = payload
      return {
        locationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, name, address },
      }
    }
    case 'contact':
      return { contactMessage: { displayName: payload.contact.name, vcard: vcardOf(payload.contact) } }
    default:
      return textMessage('text' in payload ? (payload.text ?? '') : '')
  }
}

/** Phones find the quoted message by its id and author, and show these words where they do not have it any more. */
const answering = (text: string, quoted: Quoted, sides: Sides): proto.IMessage => ({
  extendedTextMessage: {
    text,
    contextInfo: {
      stanzaId: quoted.id,
      participant: quoted.fromMe ? sides.ours : sides.theirs,
      quotedMessage: outlineOf(quoted),
    },
  },
})

/** So much of a quoted message that phones know what it was: they show nothing above the answer to a picture of no kind. */
function outlineOf({ kind, text = '' }: Quoted): proto.IMessage {
  switch (kind) {
    case 'image':
      return { imageMessage: { caption: text } }
    case 'video':
      return { videoMessage: { caption: text } }
    case 'audio':
      return { audioMessage: { ptt: true } }
    case 'document':
      return { documentMessage: { title: text, fileName: text, caption: text } }
    case 'sticker':
      return { stickerMessage: {} }
    case 'location':
      return { locationMessage: { name: text } }
    case 'contact':
      return { contactMessage: { displayName: text } }
    default:
      return { conversation: text }
  }
}

/** A text, as all that is kept of a message older than this kind of keeping. */
export const textMessage = (text: string): proto.IMessage => ({ extendedTextMessage: { text } })

async function withMedia(
  payload: Extract<Payload, { media: MediaRef }>,
  bytes: Readable,
  upload: WAMediaUploadFunction,
): Promise<proto.IMessage> {
  const content = prepared(payload, exactly(bytes, payload.media.size))
  const message = await prepareWAMessageMedia(content, { upload, logger: quietLogger })
  const sent = message.imageMessage ?? message.documentMessage ?? message.audioMessage
  if (Buffer.from(sent?.fileSha256 ?? []).toString('hex') !== payload.media.sha256) throw new MediaDiffers()
  return message
}

function prepared(payload: Extract<Payload, { media: MediaRef }>, stream: Readable): AnyMediaMessageContent {
  const { media } = payload
  if (payload.kind === 'voice') {
    // Phones play it as a voice note only when its type names the codec. No waveform, and so nothing to decode.
    return {
      audio: { stream },
      ptt: true,
      seconds: payload.seconds,
      mimetype: 'audio/ogg; codecs=opus',
      // Its types do not know that it takes one.
      waveform: null,
    } as AnyMediaMessageContent
  }
  // A thumbnail would need an image library; null keeps Baileys from looking for one.
  const common = {
    mimetype: media.contentType,
    ...(payload.text ? { caption: payload.text } : {}),
    jpegThumbnail: null as never,
  }
  return payload.kind === 'image'
    ? { image: { stream }, ...common }
    : { document: { stream }, ...common, fileName: payload.fileName }
}

function exactly(bytes: Readable, size: number): Readable {
  return bytes.compose(async function* (chunks: AsyncIterable<Buffer>) {
    let seen = 0
    for await (const chunk of chunks) {
      seen += chunk.length
      if (seen > size) throw new MediaDiffers()
      yield chunk
    }
    if (seen < size) throw new MediaDiffers()
  }) as unknown as Readable
}

const escaped = (text: string): string => text.replace(/[\\,;]/g, '\\$&').replace(/\r?\n/g, '\\n')

function vcardOf({ name, phones }: { name: string; phones: string[] }): string {
  const numbers = phones.map((phone) => `TEL;type=CELL;waid=${phone.slice(1)}:${phone}`)
  return [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:;${escaped(name)};;;`,
    `FN:${escaped(name)}`,
    ...numbers,
    'END:VCARD',
  ].join('\n')
}
