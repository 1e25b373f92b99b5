import { createHash, randomBytes } from 'node:crypto'
import { type BinaryNode, getBinaryNodeChild, jidDecode } from '@whiskeysockets/baileys'

/** Words of the wire: identifiers, stanza pieces, numbers as bytes. */

export const SERVER = 's.whatsapp.net'

export const unixSeconds = (): string => Math.floor(Date.now() / 1000).toString()
export const stanzaId = (): string => randomBytes(8).toString('hex').toUpperCase()
export const messageId = (): string => `3A${randomBytes(9).toString('hex').toUpperCase()}`

export function numberBytes(value: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  bytes.writeUIntBE(value, 0, length)
  return bytes
}

export const bytesNumber = (bytes: Uint8Array): number => Buffer.from(bytes).readUIntBE(0, bytes.length)

/** The bytes inside an element. Throws when it holds none. */
export function contentBytes(node: BinaryNode | undefined): Buffer {
  if (!node || !(node.content instanceof Uint8Array))
    throw new Error(`<${node?.tag ?? 'missing'}> holds no bytes`)
  return Buffer.from(node.content)
}

export const childBytes = (node: BinaryNode, tag: string): Buffer =>
  contentBytes(getBinaryNodeChild(node, tag))

export const element = (
  tag: string,
  attrs: Record<string, string> = {},
  content?: BinaryNode[],
): BinaryNode => ({
  tag,
  attrs,
  ...(content ? { content } : {}),
})

export const firstChild = (node: BinaryNode): BinaryNode | undefined =>
  Array.isArray(node.content) ? node.content[0] : undefined

/** Digits of a phone as written by people or on the wire. Throws on anything that cannot be one. */
export function digits(phone: string): string {
  const found = phone.replace(/\D/g, '')
  if (found.length < 7 || found.length > 15) throw new BadRequest('not a phone number')
  return found
}

export const e164 = (user: string): string => `+${user}`

/** One key for all spellings of a number: Brazil with and without the ninth digit, Mexico with and without the 1, Argentina with and without the 9. */
export function samePerson(user: string): string {
  const argentina = /^549(\d{10})$/.exec(user)
  return argentina ? `54${argentina[1]}` : withoutExtraDigit(user)
}

function withoutExtraDigit(user: string): string {
  if (/^55\d{2}9\d{8}$/.test(user)) return user.slice(0, 4) + user.slice(5)
  if (/^521\d{10}$/.test(user)) return `52${user.slice(3)}`
  return user
}

/** The hidden identifier the network uses for a number; the same at every run. */
export function lidOf(user: string): string {
  const hash = createHash('sha256')
    .update(`lid${withoutExtraDigit(user)}`)
    .digest('hex')
    .slice(0, 14)
  return `1${(BigInt(`0x${hash}`) % 10n ** 14n).toString().padStart(14, '0')}`
}

export const phoneJid = (user: string, device = 0): string =>
  device === 0 ? `${user}@${SERVER}` : `${user}:${device}@${SERVER}`
export const lidJid = (lid: string, device = 0): string =>
  device === 0 ? `${lid}@lid` : `${lid}:${device}@lid`

export interface Address {
  user: string
  device: number
  lid: boolean
}

/** Reads a direct address; undefined for groups, broadcasts and nonsense. */
export function address(jid: string | undefined): Address | undefined {
  const found = jidDecode(jid)
  if (!found || (found.server !== SERVER && found.server !== 'lid')) return undefined
  return { user: found.user, device: found.device ?? 0, lid: found.server === 'lid' }
}

/** A refusal that the admin API answers with a status. */
export class BadRequest extends Error {
  readonly status: number
  constructor(message: string, status = 400) {
    super(message)
    this.status = status
  }
}
