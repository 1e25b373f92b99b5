import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type BinaryNode,
  DEFAULT_CONNECTION_CONFIG,
  getBinaryNodeChildren,
  type SignalAuthState,
  type SocketConfig,
} from '@whiskeysockets/baileys'
import { isRecorded, record } from '../contacts/inbox.ts'
import type { CredentialStore } from '../credentials/credential-store.ts'
import { reach } from '../failpoint.ts'
import type { WriteKeys } from './auth-state.ts'
import { addressedBy, type InboundMessage, inboundOf, type Own } from './inbound.ts'
import { turns } from './turns.ts'

type MakeRepository = SocketConfig['makeSignalRepository']
type Repository = ReturnType<MakeRepository>
type KeysWithTransaction = SignalAuthState['keys'] & {
  isInTransaction(): boolean
  transaction<T>(work: () => Promise<T>, key: string): Promise<T>
}

interface Opening {
  message: InboundMessage | null
  recorded: boolean
}

/** One byte of padding and no content: opens as an empty message. */
const EMPTY = Buffer.from([1])

/** The session may not go on: what was decrypted could not be recorded. */
export class RecordingFailed extends Error {
  override name = 'RecordingFailed'
}

/**
 * Records what arrives in the same transaction that moves the ratchet, inside decryption. Baileys tells the network
 * that a message arrived before it tells anybody else, so any later moment could lose it to a crash.
 */
export class Recorder {
  #store: CredentialStore
  #own: () => Own
  #turn = turns()
  #failed: (error: unknown) => void
  #counted: (message: InboundMessage) => void
  #opening = new AsyncLocalStorage<Opening>()
  #stanzas = new WeakMap<Uint8Array, BinaryNode>()
  #justRecorded = new Set<string>()

  constructor(options: {
    store: CredentialStore
    own: () => Own
    failed: (error: unknown) => void
    counted: (message: InboundMessage) => void
  }) {
    this.#store = options.store
    this.#own = options.own
    this.#failed = options.failed
    this.#counted = options.counted
  }

  /** Remembers which stanza a ciphertext belongs to: decryption is told the ciphertext only. */
  expect(stanza: BinaryNode): void {
    for (const tag of ['enc', 'plaintext']) {
      for (const { content } of getBinaryNodeChildren(stanza, tag)) {
        if (content instanceof Uint8Array) this.#stanzas.set(content, stanza)
      }
    }
  }

  /** Writes keys, and with them the message whose decryption changed them. */
  readonly write: WriteKeys = async (changes) => {
    const opening = this.#opening.getStore()
    const message = opening?.message
    if (!opening || !message || opening.recorded) return this.#store.write(changes)
    await this.#store.write(changes, async (transaction) => {
      if (await record(transaction, message)) this.#counted(message)
    })
    opening.recorded = true
    this.#justRecorded.add(nameOf(message))
    const [oldest] = this.#justRecorded
    if (this.#justRecorded.size > MOST_JUST_RECORDED && oldest !== undefined)
      this.#justRecorded.delete(oldest)
  }

  /**
   * Records a message that came another way than through decryption; one recorded before is left alone. Baileys hands
   * out those that were decrypted as well, once and soon; the database need not be asked about them.
   */
  async late(message: InboundMessage): Promise<void> {
    if (this.#justRecorded.delete(nameOf(message))) return
    await this.#store.write({}, async (transaction) => {
      if (await record(transaction, message)) this.#counted(message)
    })
  }

  readonly makeRepository: MakeRepository = (auth, logger, lidsOf) => {
    const inner: Repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, lidsOf)
    const keys = auth.keys as KeysWithTransaction
    this.#serialize(keys)
    return {
      ...inner,
      decryptMessage: (given) =>
        this.#open(keys, given.jid, given.ciphertext, () => inner.decryptMessage(given)),
      decryptGroupMessage: (given) =>
        this.#open(keys, given.group, given.msg, () => inner.decryptGroupMessage(given)),
    }
  }

  /**
   * Lets one transaction of keys begin after another has ended. Baileys only keeps those apart that it gives the same
   * name, and names sending, opening and asking again differently although all move the same ratchets: of two at once
   * one would be forgotten.
   */
  #serialize(keys: KeysWithTransaction): void {
    const begin = keys.transaction.bind(keys)
    keys.transaction = (work, key) =>
      keys.isInTransaction() ? begin(work, key) : this.#turn(() => begin(work, key))
  }

  async #open(
    keys: KeysWithTransaction,
    key: string,
    ciphertext: Uint8Array,
    decrypt: () => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const stanza = this.#stanzas.get(ciphertext)
    if (!stanza) return decrypt()
    const opening: Opening = { message: null, recorded: false }
    let decrypted = false
    try {
      return await this.#opening.run(opening, async () => {
        const padded = await keys.transaction(async () => {
          const opened = await decrypt()
          opening.message = inboundOf(stanza, opened, this.#own())
          decrypted = true
          if (opening.message) reach('inbound-in-handler')
          return opened
        }, key)
        if (opening.message && !opening.recorded) await this.write({})
        if (opening.message) reach('inbound-committed')
        return padded
      })
    } catch (error) {
      if (decrypted) return this.#abandon(error)
      const message = addressed(stanza, this.#own())
      if (message === null) throw error
      const seen = await this.#seenBefore(message).catch((failure) => this.#abandon(failure))
      if (seen) return EMPTY
      throw error
    }
  }

  /**
   * Nothing may be answered to the network for a message that is not recorded. The connection is closed and this
   * never resolves; the network delivers the message again to the next connection.
   */
  #abandon(error: unknown): Promise<never> {
    this.#failed(error instanceof Error ? error : new RecordingFailed())
    return new Promise(() => undefined)
  }

  /** A second copy cannot be opened, its key is used up; the network must still hear that the message arrived. */
  async #seenBefore(message: InboundMessage): Promise<boolean> {
    let seen = false
    await this.#store.write({}, async (transaction) => {
      seen = await isRecorded(transaction, message)
    })
    return seen
  }
}

/** Some are never handed out; what is forgotten here is asked of the database. */
const MOST_JUST_RECORDED = 500

/** Enough to tell one message of a connection from another. */
const nameOf = ({ providerMessageId, chat, fromMe }: InboundMessage): string =>
  JSON.stringify([providerMessageId, chat, fromMe])

/** Null as well when the stanza does not say who wrote it. */
function addressed(stanza: BinaryNode, own: Own): InboundMessage | null {
  try {
    return addressedBy(stanza, own)
  } catch {
    return null
  }
}
