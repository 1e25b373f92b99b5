import type { Readable } from 'node:stream'
import { prepareWAMessageMedia, proto, type WAMediaUploadFunction } from '@whiskeysockets/baileys'
import { type MediaRef, mediaOf, type Payload } from '../commands/payload.ts'
import { quietLogger } from './quiet.ts'

/** The media of a command is not what the backend said it is. */
export class MediaDiffers extends Error {
  override name = 'MediaDiffers'
}

/**
 * The message as the network knows it; its media, if any, is encrypted and put where the recipient fetches it. Memory
 * does not grow with the size of the media.
 * @param media opens the bytes of the payload's media
 * Throws `MediaDiffers`.
 */
export async function compose(
  payload: Payload,
  media: () => Readable,
  upload: WAMediaUploadFunction,
): Promise<Uint8Array> {
  const ref = mediaOf(payload)
  const message = ref
    ? await withMedia(payload as Extract<Payload, { media: MediaRef }>, media(), upload)
    : plain(payload)
  return proto.Message.encode(message).finish()
}

function plain(payload: Payload): proto.IMessage {
  switch (payload.kind) {
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
