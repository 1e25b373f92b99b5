import { randomUUID } from 'node:crypto'
import { type Card, KINDS, type Kind, mediaTypeOf, type Place, type Shown } from '../network/content.ts'
import { decryptMedia } from '../network/media.ts'
import type { Network } from '../network/network.ts'
import type { RawMessage } from '../network/stanzas.ts'
import { BadRequest } from '../network/wire.ts'
import type { Chosen, Writing } from '../network/writing.ts'
import { type Body, inner, list, number, optional, present, text } from './body.ts'

/** Bytes that are answered as they are. */
export class Attachment {
  readonly content: Buffer
  readonly headers: Record<string, string>

  constructor(content: Buffer, contentType: string, fileName: string | null) {
    this.content = content
    const shown = /^image\/(png|jpeg|gif|webp)$/.test(contentType)
    const name = encodeURIComponent(fileName ?? 'file')
    this.headers = {
      'content-type': contentType,
      'content-disposition': shown ? 'inline' : `attachment; filename*=UTF-8''${name}`,
    }
  }
}

/** A file that waits to be sent. */
export interface ChosenFile {
  mediaId: string
  /** Bytes. */
  size: number
}

const WAITING = 32
const NEEDS_FILE: readonly Kind[] = ['image', 'audio', 'video', 'document', 'sticker']

/** Where requests become what a person writes: files chosen before, places, cards and choices. */
export class Composer {
  #network: Network
  #chosen = new Map<string, { content: Buffer; contentType: string }>()

  constructor(network: Network) {
    this.#network = network
  }

  choose(content: Buffer, contentType: string): ChosenFile {
    const mediaId = randomUUID()
    this.#chosen.set(mediaId, { content, contentType })
    const [oldest] = this.#chosen.keys()
    if (this.#chosen.size > WAITING && oldest) this.#chosen.delete(oldest)
    return { mediaId, size: content.length }
  }

  /** Throws `BadRequest`. */
  writing(body: Body): Writing {
    const kind = (optional(body, 'kind') ?? 'text') as Kind
    if (!KINDS.includes(kind)) throw new BadRequest('no such kind of message')
    return {
      kind,
      text: kind === 'text' ? text(body, 'text') : (optional(body, 'text') ?? ''),
      ...present('id', optional(body, 'id')),
      ...present('name', optional(body, 'name')),
      ...present('quotedId', optional(body, 'quotedId')),
      ...present('targetId', optional(body, 'targetId')),
      ...present('addressing', addressingIn(body)),
      ...present('file', NEEDS_FILE.includes(kind) ? this.#file(body) : undefined),
      ...present('location', placeIn(body)),
      ...present('contacts', body.contacts === undefined ? undefined : list(body, 'contacts').map(cardOf)),
      ...present('choice', choiceIn(body)),
      ...present('writtenAt', momentIn(body)),
    }
  }

  /** What a patient's phone opened. */
  async attachment(user: string, id: string): Promise<Attachment> {
    const message = this.#network.findContact(user)?.messages.find((one) => one.id === id)
    if (!message?.media) throw new BadRequest('no such media', 404)
    const content = await decryptMedia(this.#network.media, message.media, mediaTypeOf(message.kind))
    return new Attachment(content, message.media.contentType, message.media.fileName)
  }

  #file(body: Body): Chosen {
    const found = this.#chosen.get(text(body, 'mediaId'))
    if (!found) throw new BadRequest('choose the file first', 404)
    return {
      content: found.content,
      contentType: optional(body, 'contentType') ?? found.contentType,
      fileName: optional(body, 'fileName') ?? null,
      ...present('claimedSize', body.claimedSize === undefined ? undefined : number(body, 'claimedSize')),
    }
  }
}

/** A message that no phone's own app writes. Throws `BadRequest`. */
export function rawMessage(body: Body): RawMessage {
  return {
    message: inner(body, 'message') ?? {},
    fromOwner: body.fromOwner === true,
    unreadable: body.unreadable === true,
    ...present('id', optional(body, 'id')),
    ...present('attrs', inner(body, 'attrs') as RawMessage['attrs']),
    ...present('unavailable', typeof body.unavailable === 'string' ? body.unavailable : undefined),
  }
}

/** A message's content as the API shows it: no keys, sizes and hashes as people write them. */
export function shownView({ kind, text, media, location, contacts, choice, targetId }: Shown): object {
  const file = media && {
    contentType: media.contentType,
    fileName: media.fileName,
    size: media.fileLength,
    sha256: Buffer.from(media.fileSha256).toString('hex'),
    voiceSeconds: media.voiceSeconds,
  }
  return { kind, text, media: file, location, contacts, choice, targetId }
}

function placeIn(body: Body): Place | undefined {
  const found = inner(body, 'location')
  if (!found) return undefined
  return {
    latitude: number(found, 'latitude'),
    longitude: number(found, 'longitude'),
    name: optional(found, 'name') ?? null,
    address: optional(found, 'address') ?? null,
  }
}

/** A card as the phone's address book makes it, unless the request brings its own text. */
function cardOf(value: unknown): Card {
  const card = (typeof value === 'object' && value !== null ? value : {}) as Body
  const name = text(card, 'name')
  const vcard = optional(card, 'vcard')
  if (vcard !== undefined) return { name, vcard }
  const phones = list(card, 'phones').map((phone) => `TEL;type=CELL;waid=${String(phone).slice(1)}:${phone}`)
  return { name, vcard: ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, ...phones, 'END:VCARD'].join('\n') }
}

function momentIn(body: Body): Date | undefined {
  const found = optional(body, 'writtenAt')
  if (found === undefined) return undefined
  const at = new Date(found)
  if (Number.isNaN(at.getTime())) throw new BadRequest('writtenAt is not a moment')
  return at
}

function addressingIn(body: Body): Writing['addressing'] {
  const found = optional(body, 'addressing')
  if (found === undefined || found === 'phone' || found === 'lid' || found === 'lid-only') return found
  throw new BadRequest('addressing is phone, lid or lid-only')
}

function choiceIn(body: Body): { id: string; title: string } | undefined {
  const found = inner(body, 'choice')
  return found && { id: text(found, 'id'), title: text(found, 'title') }
}
