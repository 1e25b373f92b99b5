import {
  isJidBroadcast,
  isJidGroup,
  isJidNewsletter,
  isJidStatusBroadcast,
  jidDecode,
} from '@whiskeysockets/baileys'
import type { Identity } from '../contacts/contact-store.ts'
import { canonicalPhone, dialledPhone, networkSpellings } from '../contacts/phones.ts'

/** The network's identifiers (JIDs) are read and written here and nowhere else. */

/** Where a message was written. */
export type Chat =
  | { kind: 'direct'; identity: Identity }
  /** With a person of another network, who has neither phone nor LID here. */
  | { kind: 'foreign'; id: string }
  | { kind: 'group' | 'status' | 'newsletter' | 'bot' | 'other'; id: string }

/** The addresses of one message. */
export interface Addresses {
  /** Of the chat, and by the same person's other name. */
  chat: string | null | undefined
  chatAlt?: string | null | undefined
  /** Of the author, where that is not the chat. */
  author?: string | null | undefined
  authorAlt?: string | null | undefined
  fromMe: boolean
}

const LIDS = new Set(['lid', 'hosted.lid'])
const PHONES = new Set(['s.whatsapp.net', 'hosted', 'c.us'])
const FOREIGN = new Set(['interop', 'msgr'])

/** Meta AI and its like, which have phones as well. */
const isBot = (jid: string): boolean => {
  const { user = '', server = '' } = jidDecode(jid) ?? {}
  return server === 'bot' || (PHONES.has(server) && /^(1313555\d{4}|131655500\d{2})$/.test(user))
}

/** The person behind one address, or undefined when it is no person's. */
export function identityOf(jid: string | null | undefined): Identity | undefined {
  const found = jidDecode(jid ?? undefined)
  if (!found?.user || isBot(jid ?? '')) return undefined
  if (LIDS.has(found.server)) return { phone: null, lid: found.user }
  if (!PHONES.has(found.server)) return undefined
  return /^\d{5,16}$/.test(found.user) ? { phone: canonicalPhone(found.user), lid: null } : undefined
}

/** The person behind two addresses of the same message; either may be missing. */
export function identityOfBoth(
  jid: string | null | undefined,
  other: string | null | undefined,
): Identity | undefined {
  const one = identityOf(jid)
  const two = identityOf(other)
  if (!one) return two
  return { phone: one.phone ?? two?.phone ?? null, lid: one.lid ?? two?.lid ?? null }
}

export function chatOf({ chat, chatAlt, author, authorAlt, fromMe }: Addresses): Chat {
  const id = chat ?? ''
  if (isJidGroup(id)) return { kind: 'group', id }
  if (isJidStatusBroadcast(id)) return { kind: 'status', id }
  if (isJidNewsletter(id)) return { kind: 'newsletter', id }
  if (isBot(id)) return { kind: 'bot', id }
  const { user = '', server = '' } = jidDecode(id) ?? {}
  if (FOREIGN.has(server)) return { kind: 'foreign', id: `${user}@${server}` }
  // Somebody's broadcast list: to whoever gets it, it is a message from that person alone.
  const isList = isJidBroadcast(id)
  const identity = isList
    ? fromMe
      ? undefined
      : identityOfBoth(author, authorAlt ?? chatAlt)
    : identityOfBoth(id, chatAlt)
  return identity ? { kind: 'direct', identity } : { kind: 'other', id }
}

/** E.164 of an own address as it is dialled, or null when it is not a phone's. */
export function phoneOf(jid: string | null | undefined): string | null {
  const user = identityOf(jid)?.phone ? jidDecode(jid ?? undefined)?.user : undefined
  return user ? dialledPhone(user) : null
}

/** The addresses under which to ask about a phone, the likeliest first. */
export const askable = (phone: string): string[] =>
  networkSpellings(phone).map((digits) => `${digits}@s.whatsapp.net`)

export const lidAddress = (lid: string): string => `${lid}@lid`

/** The address as the library reads it: it knows phones by one of their two servers only. */
export const readable = (jid: string): string => jid.replace(/@c\.us$/, '@s.whatsapp.net')
