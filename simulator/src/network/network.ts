import { Curve, type KeyPair } from '@whiskeysockets/baileys'
import type { Connection } from './connection.ts'
import { type Faults, noFaults } from './faults.ts'
import { Journal } from './journal.ts'
import { MediaHost } from './media.ts'
import { certificateChain } from './noise.ts'
import {
  type Account,
  type Companion,
  type Contact,
  newAccount,
  newContact,
  restoredAccount,
  restoredContact,
  type SavedNetwork,
  savedAccount,
  savedContact,
} from './people.ts'
import type { KeyBundle, SignalDevice } from './signal-device.ts'
import { Storage } from './storage.ts'
import { address, BadRequest, lidOf, samePerson } from './wire.ts'

/** Who stands behind an address: a phone that the simulator plays, or a linked device that talks to it. */
export type Endpoint =
  | { kind: 'account'; account: Account; device: SignalDevice }
  | { kind: 'contact'; contact: Contact; device: SignalDevice }
  | { kind: 'other'; account: Account; device: SignalDevice }
  | { kind: 'companion'; account: Account; companion: Companion }

/** Everything the simulated network knows. Behaviour lives beside it, in pairing, delivery and connection. */
export class Network {
  readonly journal = new Journal()
  readonly faults: Faults = noFaults()
  readonly connections = new Set<Connection>()
  /** Who vouches for the server's key: what a device that checks certificates must trust. */
  readonly certificateRoot = Curve.generateKeyPair()
  /** Told when a one-time key of a device was used up. */
  keyTaken: (companion: Companion) => void = () => undefined
  #serverKey: KeyPair
  #certificate: Uint8Array
  readonly media: MediaHost
  /** Connections that wait for their QR code to be scanned, by the code's first part. */
  readonly offers = new Map<string, Connection>()
  #accounts = new Map<string, Account>()
  #contacts = new Map<string, Contact>()
  #byLid = new Map<string, string>()
  #turns = new Map<string, Promise<unknown>>()
  #storage: Storage

  private constructor(folder: string | null, saved: SavedNetwork) {
    this.#storage = new Storage(folder, () => this.#snapshot())
    this.media = new MediaHost(folder)
    this.#serverKey = saved.serverKey ?? Curve.generateKeyPair()
    this.#certificate = certificateChain(this.#serverKey.public, this.certificateRoot)
    for (const account of saved.accounts) this.#addAccount(restoredAccount(account, this.touch))
    for (const contact of saved.contacts) this.#addContact(restoredContact(contact, this.touch))
  }

  /** @param folder where the phones persist; null for memory only */
  static async open(folder: string | null): Promise<Network> {
    return new Network(folder, await Storage.load(folder))
  }

  get serverKey(): KeyPair {
    return this.#serverKey
  }

  get certificate(): Uint8Array {
    return this.#certificate
  }

  /** The network's servers get another key; devices that remember the old one must notice. */
  renewServerKey(): void {
    this.#serverKey = Curve.generateKeyPair()
    this.#certificate = certificateChain(this.#serverKey.public, this.certificateRoot)
    this.touch()
  }

  /** Something worth saving changed. */
  touch = (): void => this.#storage.touch()

  async close(): Promise<void> {
    for (const connection of this.connections) connection.drop('close')
    await this.#storage.close()
  }

  get accounts(): Account[] {
    return [...this.#accounts.values()]
  }

  get contacts(): Contact[] {
    return [...this.#contacts.values()]
  }

  /** The clinic's phone with these digits, or undefined. */
  findAccount(user: string): Account | undefined {
    return this.#accounts.get(samePerson(user))
  }

  account(user: string): Account {
    const account = this.findAccount(user)
    if (!account) throw new BadRequest('no clinic phone has this number', 404)
    return account
  }

  /** The clinic's phone with these digits, bought on first use. */
  openAccount(user: string, name?: string): Account {
    const account =
      this.findAccount(user) ?? this.#addAccount(newAccount(user, name ?? 'Clínica', this.touch))
    if (name) account.name = name
    return account
  }

  /** The patient with these digits, or undefined when nobody wrote to or asked about them yet. */
  findContact(user: string): Contact | undefined {
    return this.#contacts.get(samePerson(user))
  }

  /** The patient with these digits, appearing on first use. */
  contact(user: string, name?: string): Contact {
    const contact = this.findContact(user) ?? this.#addContact(newContact(user, name ?? '', this.touch))
    if (name) contact.name = name
    return contact
  }

  /** The person behind an address, or undefined when nobody is. */
  endpoint(jid: string | undefined): Endpoint | undefined {
    const at = address(jid)
    const user = at?.lid ? this.#byLid.get(at.user) : at?.user
    if (!at || !user) return undefined
    const account = this.findAccount(user)
    if (account) {
      if (at.device === 0) return { kind: 'account', account, device: account.device }
      const other = account.others.get(at.device)
      if (other) return { kind: 'other', account, device: other }
      const companion = account.companions.get(at.device)
      return companion && { kind: 'companion', account, companion }
    }
    const contact = this.contact(user)
    if (at.device !== 0 || !contact.onWhatsApp) return undefined
    return { kind: 'contact', contact, device: contact.device }
  }

  connectionsOf(user: string, device?: number): Connection[] {
    return [...this.connections].filter(
      ({ companion }) =>
        companion !== null &&
        samePerson(companion.user) === samePerson(user) &&
        (device === undefined || companion.id === device),
    )
  }

  /** The keys with which to start a session towards a companion; uses up one of its pre-keys. */
  takeKeys(companion: Companion): KeyBundle {
    const preKey = companion.preKeys.shift()
    this.touch()
    this.keyTaken(companion)
    return { ...companion.keys, ...(preKey ? { preKey } : {}) }
  }

  /** Runs work of one person in order: a Signal session breaks when two writers advance it at once. */
  async inTurn<T>(user: string, work: () => Promise<T>): Promise<T> {
    const key = samePerson(user)
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(work, work)
    this.#turns.set(
      key,
      turn.catch(() => undefined),
    )
    return turn
  }

  #addAccount(account: Account): Account {
    this.#accounts.set(samePerson(account.user), account)
    this.#byLid.set(account.lid, account.user)
    this.touch()
    return account
  }

  #addContact(contact: Contact): Contact {
    this.#contacts.set(samePerson(contact.user), contact)
    this.#byLid.set(lidOf(contact.user), contact.user)
    this.touch()
    return contact
  }

  #snapshot(): SavedNetwork {
    return {
      accounts: this.accounts.map(savedAccount),
      contacts: this.contacts.map(savedContact),
      serverKey: this.#serverKey,
    }
  }
}
