import type { Readable } from 'node:stream'
import { prepareWAMessageMedia, proto, type WAMediaUploadFunction } from '@whiskeysockets/baileys'
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
      return textMessage(payload.text ?? '')
  }
}

/** Phones find the quoted message by its id and author, and show these words where they do not have it any more. */
const answering = (text: string, { id, fromMe, text: words }: Quoted, sides: Sides): proto.IMessage => ({
  extendedTextMessage: {
    text,
    contextInfo: {
      stanzaId: id,
      participant: fromMe ? sides.ours : sides.theirs,
      quotedMessage: { conversation: words ?? '' },
    },
  },
})

/** A text, as all that is kept of a message older than this kind of keeping. */
export const textMessage = (text: string): proto.IMessage => ({ extendedTextMessage: { text } })

async function withMedia(
  payload: Extract<Payload, { media: MediaRef }>,
  bytes: Readable,
  upload: WAMediaUploadFunction,
): Promise<proto.IMessage> {
  const { media, text: caption } = payload
  // A thumbnail would need an image library; null keeps Baileys from looking for one.
  const common = {
    mimetype: media.contentType,
    ...(caption ? { caption } : {}),
    jpegThumbnail: null as never,
  }
  const stream = exactly(bytes, media.size)
  const content =
    payload.kind === 'image'
      ? { image: { stream: stream as Readable }, ...common }
      : { document: { stream: stream as Readable }, ...common, fileName: payload.fileName }
  const message = await prepareWAMessageMedia(content, { upload, logger: quietLogger })
  const prepared = message.imageMessage ?? message.documentMessage
  if (Buffer.from(prepared?.fileSha256 ?? []).toString('hex') !== media.sha256) throw new MediaDiffers()
  return message
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
