import { createHash } from 'node:crypto'
import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  jidDecode,
} from '@whiskeysockets/baileys'
import { type Groups, isMember } from './groups.ts'
import type { Network } from './network.ts'
import type { Account, Companion } from './people.ts'
import { phoneJid } from './wire.ts'

/** What the network answers to a message: taken, perhaps with the hash of the devices it knows, or refused. */
export type Judgement = { error: string } | { phash?: string }

/** The stanza is not as it must be. */
const INVALID = '479'
/** This account may not reach new people now. */
const RESTRICTED = '463'

const KINDS = ['msg', 'pkmsg', 'skmsg']
/** Version 3 of Signal's messages, twice: the current one, and the least that is understood. */
const SIGNAL_VERSION = 0x33
/** No message of Signal is shorter: a version, a key, a counter, one block of ciphertext, a code. */
const SHORTEST = 40
const PHASH_BYTES = 6

/** Decides whether the network takes what a linked device sends, by what it can see without opening it. */
export class Admission {
  #network: Network
  #groups: Groups
  /** By account: how many strangers may be written to at this moment, and as of when. */
  #reach = new Map<Account, { left: number; at: number }>()

  constructor(network: Network, groups: Groups) {
    this.#network = network
    this.#groups = groups
  }

  judge(companion: Companion, node: BinaryNode): Judgement {
    const { to } = node.attrs
    const copies = sealed(node)
    const isGroup = to?.endsWith('@g.us') === true
    if (!node.attrs.id || !to || !jidDecode(to) || copies.length === 0) return { error: INVALID }
    if (!copies.every(isSealed)) return { error: INVALID }
    // A copy that one phone asked for goes without: that phone has seen the identity with the first one.
    const isFirst = node.attrs.device_fanout !== 'false' && node.attrs.participant === undefined
    if (isFirst && copies.some(({ attrs }) => attrs.type === 'pkmsg') && !identity(node))
      return { error: INVALID }
    if (isGroup) {
      const group = this.#groups.find(to)
      if (!group) return { error: '404' }
      if (!isMember(group, companion.user)) return { error: '403' }
      return this.#compared(companion, node, group.members)
    }
    if (isFirst && this.#isTooMany(companion, to)) return { error: RESTRICTED }
    const end = this.#network.endpoint(to)
    const other = end?.kind === 'contact' ? end.contact.user : end?.account.user
    return this.#compared(companion, node, other ? [companion.user, other] : [companion.user])
  }

  /** Whether a message is one too many to people who never had anything to do with this account. */
  #isTooMany(companion: Companion, to: string): boolean {
    const end = this.#network.endpoint(to)
    if (end?.kind !== 'contact') return false
    const account = this.#network.account(companion.user)
    if (end.contact.messages.some(({ clinic }) => clinic === account.user)) return false
    const { strangersAtOnce, strangersPerMinute } = this.#network.faults
    const now = Date.now()
    const known = this.#reach.get(account) ?? { left: strangersAtOnce, at: now }
    const regained = ((now - known.at) / 60_000) * strangersPerMinute
    const left = Math.min(strangersAtOnce, known.left + regained)
    const isAllowed = left >= 1
    this.#reach.set(account, { left: isAllowed ? left - 1 : left, at: now })
    return !isAllowed
  }

  /**
   * A device says with a hash for which devices it encrypted. When they are not those the network knows, the message
   * goes to those it is for, and the answer carries the network's hash.
   */
  #compared(companion: Companion, node: BinaryNode, users: string[]): Judgement {
    const { phash } = node.attrs
    if (phash === undefined) return {}
    const devices = [...new Set(users.flatMap((user) => this.#devicesOf(user)))]
    const withoutSender = devices.filter((jid) => jid !== companion.jid)
    const right = [participantHash(devices), participantHash(withoutSender)]
    return right.includes(phash) ? {} : { phash: right[0] ?? '' }
  }

  #devicesOf(user: string): string[] {
    const account = this.#network.findAccount(user)
    if (!account) return [phoneJid(user)]
    return [0, ...account.companions.keys(), ...account.others.keys()].map((id) => phoneJid(account.user, id))
  }
}

const identity = (node: BinaryNode): BinaryNode | undefined => getBinaryNodeChild(node, 'device-identity')

/** Every ciphertext of a message, for one device or for many. */
function sealed(node: BinaryNode): BinaryNode[] {
  const list = getBinaryNodeChildren(getBinaryNodeChild(node, 'participants'), 'to')
  return [
    ...getBinaryNodeChildren(node, 'enc'),
    ...list.flatMap((to) => getBinaryNodeChildren(to, 'enc').slice(0, 1)),
  ]
}

function isSealed({ attrs, content }: BinaryNode): boolean {
  if (!KINDS.includes(attrs.type ?? '') || !(content instanceof Uint8Array)) return false
  return content.length >= SHORTEST && content[0] === SIGNAL_VERSION
}

/** The hash over a set of devices, as linked devices and the network compute it. */
export function participantHash(jids: string[]): string {
  const names = jids.map((jid) => {
    const { user = '', device = 0, server = '' } = jidDecode(jid) ?? {}
    return `${user}.0:${device}@${server}`
  })
  const hash = createHash('sha256').update(names.sort().join('')).digest()
  return `2:${hash.subarray(0, PHASH_BYTES).toString('base64')}`
}
