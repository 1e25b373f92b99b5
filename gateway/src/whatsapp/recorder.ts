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

type MakeRepository = SocketConfig['makeSignalRepository']
type Repository = ReturnType<MakeRepository>
type KeysWithTransaction = SignalAuthState['keys'] & {
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
  #turn: <T>(work: () => Promise<T>) => Promise<T>
  #failed: (error: unknown) => void
  #counted: (message: InboundMessage) => void
  #opening = new AsyncLocalStorage<Opening>()
  #stanzas = new WeakMap<Uint8Array, BinaryNode>()

  constructor(options: {
    store: CredentialStore
    own: () => Own
    /** Keeps one Signal operation at a time: two at once with one contact can break its session. */
    turn: <T>(work: () => Promise<T>) => Promise<T>
    failed: (error: unknown) => void
    counted: (message: InboundMessage) => void
  }) {
    this.#store = options.store
    this.#own = options.own
    this.#turn = options.turn
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
  }

  /** Records a message that came another way than through decryption; one recorded before is left alone. */
  async late(message: InboundMessage): Promise<void> {
    await this.#store.write({}, async (transaction) => {
      if (await record(transaction, message)) this.#counted(message)
    })
  }

  readonly makeRepository: MakeRepository = (auth, logger, lidsOf) => {
    const inner: Repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, lidsOf)
    const keys = auth.keys as KeysWithTransaction
    return {
      ...inner,
      decryptMessage: (given) =>
        this.#open(keys, given.jid, given.ciphertext, () => inner.decryptMessage(given)),
      decryptGroupMessage: (given) =>
        this.#open(keys, given.group, given.msg, () => inner.decryptGroupMessage(given)),
    }
  }

  async #open(
    keys: KeysWithTransaction,
    key: string,
    ciphertext: Uint8Array,
    decrypt: () => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const stanza = this.#stanzas.get(ciphertext)
    if (!stanza) return this.#turn(decrypt)
    const opening: Opening = { message: null, recorded: false }
    let decrypted = false
    try {
      return await this.#turn(() =>
        this.#opening.run(opening, async () => {
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
        }),
      )
    } catch (error) {
      if (decrypted) return this.#abandon(error)
      if (await this.#seenBefore(stanza)) return EMPTY
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
  async #seenBefore(stanza: BinaryNode): Promise<boolean> {
    let seen = false
    try {
      const message = addressedBy(stanza, this.#own())
      if (!message) return false
      await this.#store.write({}, async (transaction) => {
        seen = await isRecorded(transaction, message)
      })
    } catch {
      return false
    }
    return seen
  }
}
