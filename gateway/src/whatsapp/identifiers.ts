import {
  isJidBroadcast,
  isJidGroup,
  isJidNewsletter,
  isJidStatusBroadcast,
  jidDecode,
} from '@whiskeysockets/baileys'
import type { Identity } from '../contacts/contact-store.ts'
import { canonicalPhone } from '../contacts/phones.ts'

/** The network's identifiers (JIDs) are read and written here and nowhere else. */

/** Where a message was written. */
export type Chat = { kind: 'direct'; identity: Identity } | { kind: 'group' | 'status' | 'other'; id: string }

/** The person behind one address, or undefined when it is no person's. */
export function identityOf(jid: string | null | undefined): Identity | undefined {
  const found = jidDecode(jid ?? undefined)
  if (!found?.user) return undefined
  if (found.server === 'lid' || found.server === 'hosted.lid') return { phone: null, lid: found.user }
  if (found.server !== 's.whatsapp.net' && found.server !== 'hosted') return undefined
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

export function chatOf(jid: string | null | undefined, other: string | null | undefined): Chat {
  const id = jid ?? ''
  if (isJidGroup(id)) return { kind: 'group', id }
  if (isJidStatusBroadcast(id)) return { kind: 'status', id }
  if (isJidBroadcast(id) || isJidNewsletter(id)) return { kind: 'other', id }
  const identity = identityOfBoth(jid, other)
  return identity ? { kind: 'direct', identity } : { kind: 'other', id }
}

/** E.164 of an own address, or null when it is not a phone's. */
export const phoneOf = (jid: string | null | undefined): string | null => identityOf(jid)?.phone ?? null

/** The address under which to ask about a phone. */
export const askable = (phone: string): string => `${phone.slice(1)}@s.whatsapp.net`
