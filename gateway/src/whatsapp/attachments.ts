import { randomUUID } from 'node:crypto'
import type { proto } from '@whiskeysockets/baileys'
import { numbersIn } from '../contacts/vcard.ts'
import type { IncomingMedia } from '../media/download-store.ts'
import { parametersOf, wordsOf } from './words.ts'

/** What comes with a message beside its text. Everything is what the sender claims. */

export interface Place {
  latitude: number
  longitude: number
  name: string | null
  address: string | null
}

export interface Card {
  name: string
  /** E.164; empty when none can be told. */
  phones: string[]
}

/** A button, a list entry or a template's button that was chosen. */
export interface Choice {
  id: string
  title: string
}

const LONGEST = 1024
const MOST_CARDS = 50

/** PostgreSQL holds no U+0000, and no half of a surrogate pair. */
export const storable = (text: string | null | undefined, longest = LONGEST): string | null =>
  text?.slice(0, longest).replaceAll('\0', '\uFFFD').toWellFormed() ?? null

const MEDIA = {
  imageMessage: 'image',
  audioMessage: 'audio',
  videoMessage: 'video',
  ptvMessage: 'video',
  documentMessage: 'document',
  stickerMessage: 'sticker',
} as const satisfies Partial<Record<keyof proto.IMessage, IncomingMedia['kind']>>

/** The media of a message, or null. Without a path and a key there is nothing to fetch. */
export function mediaIn(content: proto.IMessage): IncomingMedia | null {
  for (const [name, kind] of Object.entries(MEDIA) as [keyof typeof MEDIA, IncomingMedia['kind']][]) {
    const found = content[name] as proto.Message.IDocumentMessage | null | undefined
    if (!found?.directPath || !found.mediaKey?.length) continue
    const size = Number(found.fileLength ?? Number.NaN)
    return {
      id: randomUUID(),
      kind,
      contentType: storable(found.mimetype?.split(';')[0]?.trim().toLowerCase(), 100) || null,
      size: Number.isSafeInteger(size) && size > 0 ? size : null,
      fileName: storable(found.fileName, 255) || null,
      source: {
        directPath: storable(found.directPath) ?? '',
        mediaKey: Buffer.from(found.mediaKey).toString('base64'),
        type: kind,
      },
    }
  }
  return null
}

export function placeIn(content: proto.IMessage): Place | null {
  const found = content.locationMessage ?? content.liveLocationMessage
  const { degreesLatitude: latitude, degreesLongitude: longitude } = found ?? {}
  if (!isWithin(latitude, 90) || !isWithin(longitude, 180)) return null
  const { name, address } = content.locationMessage ?? {}
  return { latitude, longitude, name: storable(name) || null, address: storable(address) || null }
}

const isWithin = (degrees: number | null | undefined, most: number): degrees is number =>
  typeof degrees === 'number' && Math.abs(degrees) <= most

export function cardsIn(content: proto.IMessage): Card[] | null {
  return (
    cards(content)?.map(({ displayName, vcard }) => ({
      name: storable(displayName, 255) ?? '',
      phones: numbersIn(vcard).phones,
    })) ?? null
  )
}

/** Numbers in visiting cards that do not tell their country, one to a line behind their card's name; null without any. */
export function localNumbersIn(content: proto.IMessage): string | null {
  const found = cards(content)?.flatMap(({ displayName, vcard }) =>
    numbersIn(vcard).local.map((number) => `${displayName ?? ''}: ${number}`),
  )
  return found?.join('\n') || null
}

const cards = (content: proto.IMessage) =>
  (content.contactsArrayMessage?.contacts ?? (content.contactMessage ? [content.contactMessage] : undefined))
    ?.slice(0, MOST_CARDS)
    .map(({ displayName, vcard }) => ({ displayName, vcard: (vcard ?? '').slice(0, 20_000) }))

export function choiceIn(content: proto.IMessage): Choice | null {
  const {
    buttonsResponseMessage: button,
    templateButtonReplyMessage: template,
    listResponseMessage: list,
  } = content
  if (button) return choice(button.selectedButtonId, button.selectedDisplayText)
  if (template) return choice(template.selectedId, template.selectedDisplayText)
  if (list) return choice(list.singleSelectReply?.selectedRowId, list.title)
  const parameters = content.interactiveResponseMessage?.nativeFlowResponseMessage?.paramsJson
  if (!parameters) return null
  const { id } = parametersOf(parameters)
  return choice(typeof id === 'string' ? id : null, wordsOf(content))
}

const choice = (id: string | null | undefined, title: string | null | undefined): Choice => ({
  id: storable(id) ?? '',
  title: storable(title) ?? '',
})
