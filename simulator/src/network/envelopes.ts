import { type BinaryNode, getBinaryNodeChild } from '@whiskeysockets/baileys'
import type { Shown } from './content.ts'
import type { ChatMessage, Contact } from './people.ts'
import type { KeyBundle } from './signal-device.ts'
import { bytesNumber, childBytes, e164, lidJid, phoneJid, unixSeconds } from './wire.ts'
import { stanzaType, type Writing } from './writing.ts'

/** Stanzas and screen lines that messages are made of. */

export const enc = (type: string, ciphertext: Uint8Array): BinaryNode => ({
  tag: 'enc',
  attrs: { v: '2', type },
  content: ciphertext,
})

export const groupJid = (name: string): string =>
  name.endsWith('@g.us') || name === 'status@broadcast' ? name : `${name.replace(/\D/g, '') || '0'}@g.us`

export const line = (
  id: string,
  clinic: string,
  direction: ChatMessage['direction'],
  shown: Shown,
): ChatMessage => ({
  ...shown,
  id,
  clinic,
  direction,
  at: new Date().toISOString(),
  deliveries: 0,
  status: 'sent',
  quotedId: null,
  group: null,
})

export function envelope(contact: Contact, id: string, group: string | null, writing: Writing): BinaryNode {
  const common = {
    id,
    t: writing.writtenAt ? String(Math.floor(writing.writtenAt.getTime() / 1000)) : unixSeconds(),
    type: stanzaType(writing.kind),
    notify: contact.name || e164(contact.user),
  }
  const attrs: Record<string, string> = group
    ? {
        ...common,
        from: group,
        participant: phoneJid(contact.user),
        participant_lid: lidJid(contact.lid),
        addressing_mode: 'pn',
      }
    : writing.addressing === 'lid' || writing.addressing === 'lid-only'
      ? {
          ...common,
          from: lidJid(contact.lid),
          ...(writing.addressing === 'lid' ? { sender_pn: phoneJid(contact.user) } : {}),
        }
      : { ...common, from: phoneJid(contact.user), sender_lid: lidJid(contact.lid) }
  return { tag: 'message', attrs }
}

/** The new keys that a retry receipt carries, or undefined when it carries none. */
export function retryKeys(receipt: BinaryNode): KeyBundle | undefined {
  const keys = getBinaryNodeChild(receipt, 'keys')
  if (!keys) return undefined
  const signed = getBinaryNodeChild(keys, 'skey')
  const once = getBinaryNodeChild(keys, 'key')
  if (!signed) return undefined
  const numbered = (node: BinaryNode) => ({
    id: bytesNumber(childBytes(node, 'id')),
    key: childBytes(node, 'value'),
  })
  return {
    registrationId: bytesNumber(childBytes(receipt, 'registration')),
    identity: childBytes(keys, 'identity'),
    signedPreKey: { ...numbered(signed), signature: childBytes(signed, 'signature') },
    ...(once ? { preKey: numbered(once) } : {}),
  }
}
