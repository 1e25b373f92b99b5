import { randomBytes } from 'node:crypto'
import type { BinaryNode } from '@whiskeysockets/baileys'
import type { Kind, Shown } from './content.ts'
import { plainText } from './content.ts'
import { type DeviceState, type KeyBundle, SignalDevice } from './signal-device.ts'
import { lidOf } from './wire.ts'

/** A message waiting at the server until the companion says it has it. */
export interface Queued {
  node: BinaryNode
  /** A second copy, sent because the companion asked for it. */
  resent: boolean
}

/** One linked device of a clinic's phone. */
export interface Companion {
  id: number
  keyIndex: number
  /** Digits of the phone it belongs to. */
  user: string
  jid: string
  lid: string
  noiseKey: Uint8Array
  keys: KeyBundle
  preKeys: { id: number; key: Uint8Array }[]
  queue: Queued[]
  linkedAt: number
  bootstrapped: boolean
}

/** A clinic's phone: the primary device to which companions are linked. */
export interface Account {
  user: string
  name: string
  lid: string
  device: SignalDevice
  companions: Map<number, Companion>
  /** Other linked devices of the phone, played by the simulator. */
  others: Map<number, SignalDevice>
  nextDevice: number
  rawId: number
  /** Key that protects settings synchronised between devices; made when the first companion logs in. */
  settingsKey: { id: Uint8Array; data: Uint8Array } | null
}

/** One message as a patient's phone shows it. */
export interface ChatMessage extends Shown {
  id: string
  /** Digits of the clinic's phone. */
  clinic: string
  direction: 'to-clinic' | 'to-contact'
  at: string
  /** How often this id was opened by the phone; more than 1 means it was sent twice. */
  deliveries: number
  status: 'sent' | 'delivered' | 'read'
  quotedId: string | null
  quotedKind?: Kind
  group: string | null
}

/** A patient's phone. */
export interface Contact {
  user: string
  name: string
  lid: string
  device: SignalDevice
  /** Whether the phone is on and says that messages arrived. */
  delivery: boolean
  /** Whether its owner reads at once. */
  read: boolean
  onWhatsApp: boolean
  messages: ChatMessage[]
}

interface SavedAccount extends Omit<Account, 'device' | 'companions' | 'others'> {
  device: DeviceState
  companions: Companion[]
  others?: { id: number; state: DeviceState }[]
}
interface SavedContact extends Omit<Contact, 'device'> {
  device: DeviceState
}

/** What is written to disk. */
export interface SavedNetwork {
  accounts: SavedAccount[]
  contacts: SavedContact[]
  serverKey: { public: Uint8Array; private: Uint8Array } | null
}

export const newAccount = (user: string, name: string, changed: () => void): Account => ({
  user,
  name,
  lid: lidOf(user),
  device: new SignalDevice(changed),
  companions: new Map(),
  others: new Map(),
  nextDevice: 1,
  rawId: randomBytes(4).readUInt32BE() & 0x7fffffff,
  settingsKey: null,
})

export const newContact = (user: string, name: string, changed: () => void): Contact => ({
  user,
  name,
  lid: lidOf(user),
  device: new SignalDevice(changed),
  delivery: true,
  read: false,
  onWhatsApp: true,
  messages: [],
})

export const savedAccount = (account: Account): SavedAccount => ({
  ...account,
  device: account.device.state,
  companions: [...account.companions.values()],
  others: [...account.others].map(([id, { state }]) => ({ id, state })),
})

export const restoredAccount = (saved: SavedAccount, changed: () => void): Account => ({
  ...saved,
  device: new SignalDevice(changed, saved.device),
  companions: new Map(saved.companions.map((companion) => [companion.id, companion])),
  others: new Map((saved.others ?? []).map(({ id, state }) => [id, new SignalDevice(changed, state)])),
})

export const savedContact = (contact: Contact): SavedContact => ({ ...contact, device: contact.device.state })

export const restoredContact = (saved: SavedContact, changed: () => void): Contact => ({
  ...saved,
  // Phones saved before there were other messages than texts.
  messages: saved.messages.map((message) => ({ ...plainText(message.text), ...message })),
  device: new SignalDevice(changed, saved.device),
})
