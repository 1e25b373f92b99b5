import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type BinaryNode,
  DEFAULT_CONNECTION_CONFIG,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  type SignalAuthState,
  type SocketConfig,
} from '@whiskeysockets/baileys'
import { amendCall, expect, isRecorded, record } from '../contacts/inbox.ts'
import type { CredentialStore } from '../credentials/credential-store.ts'
import type { LineTransaction } from '../db/line-transaction.ts'
import { reach } from '../failpoint.ts'
import type { WriteKeys } from './auth-state.ts'
import { type Content, unavailable } from './content.ts'
import { type HistoryPart, historyPartOf } from './history-part.ts'
import { addressed, type InboundMessage, inboundOf, type Own } from './inbound.ts'
import { People } from './people.ts'
import { turns } from './turns.ts'

type MakeRepository = SocketConfig['makeSignalRepository']
type Repository = ReturnType<MakeRepository>
type KeysWithTransaction = SignalAuthState['keys'] & {
  isInTransaction(): boolean
  transaction<T>(work: () => Promise<T>, key: string): Promise<T>
}

/** What must be committed together with the keys that a decryption changes. */
interface Opening {
  note: ((transaction: LineTransaction) => Promise<void>) | null
  noted: boolean
  message: InboundMessage | null
}

/** One byte of padding and no content: opens as an empty message. */
const EMPTY = Buffer.from([1])

/** How long a phone is given to resend or hand over what could not be opened here. */
const RESENT_MS = 60_000

/** The session may not go on: what was decrypted could not be recorded. */
export class RecordingFailed extends Error {
  override name = 'RecordingFailed'
}

export interface RecorderOptions {
  store: CredentialStore
  own: () => Own
  failed: (error: unknown) => void
  counted: (message: InboundMessage) => void
  /** Keeps a part of the history that our phone announced. */
  history: (transaction: LineTransaction, part: HistoryPart) => Promise<void>
  /** A part of the history is kept. */
  historyKept: () => void
  /** Something arrived of which nothing is reported; in what kind of chat. */
  ignored: (chat: InboundMessage['chat']['kind']) => void
}

/**
 * Records what arrives in the same transaction that moves the ratchet, inside decryption. Baileys tells the network
 * that a message arrived before it tells anybody else, so any later moment could lose it to a crash.
 */
export class Recorder {
  #options: RecorderOptions
  #turn = turns()
  #opening = new AsyncLocalStorage<Opening>()
  #stanzas = new WeakMap<Uint8Array, BinaryNode>()
  #justRecorded = new Set<string>()
  #people: People

  constructor(options: RecorderOptions) {
    this.#options = options
    this.#people = new People(options.store)
  }

  /** Remembers which stanza a ciphertext belongs to: decryption is told the ciphertext only. */
  expect(stanza: BinaryNode): void {
    for (const tag of ['enc', 'plaintext']) {
      for (const { content } of getBinaryNodeChildren(stanza, tag)) {
        if (content instanceof Uint8Array) this.#stanzas.set(content, stanza)
      }
    }
  }

  /** Writes keys, and with them what their decryption brought. */
  readonly write: WriteKeys = async (changes) => {
    const opening = this.#opening.getStore()
    const { note = null, noted = false, message = null } = opening ?? {}
    if (!opening || !note || noted) return this.#options.store.write(changes)
    await this.#options.store.write(changes, note)
    opening.noted = true
    if (!message) return
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
    if (this.#justRecorded.delete(nameOf(message)) || !isReported(message)) return
    await this.recordAll([message])
  }

  /** Records several messages in one transaction, together with what `along` does. */
  async recordAll(
    messages: InboundMessage[],
    along: (transaction: LineTransaction) => Promise<void> = async () => undefined,
  ): Promise<void> {
    const known = await Promise.all(messages.map((message) => this.#people.named(message)))
    await this.#options.store.write({}, async (transaction) => {
      for (const message of known) if (await record(transaction, message)) this.#options.counted(message)
      await along(transaction)
    })
  }

  /**
   * Notes a message of which only its stanza is known, or a call.
   * @param ms how long more may come; 0: it is reported as it is
   */
  async stub(message: InboundMessage, ms: number): Promise<void> {
    if (!isReported(message)) return this.#options.ignored(message.chat.kind)
    const known = await this.#people.named(message)
    await this.#options.store.write({}, async (transaction) => {
      if (await expect(transaction, known, ms)) this.#options.counted(known)
    })
  }

  /** What became of a call that was noted; of no meaning for one that was not, or is over. */
  async call(id: string, news: { missed?: boolean; isOver: boolean }): Promise<void> {
    await this.#options.store.write({}, (transaction) => amendCall(transaction, id, news))
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
    const opening: Opening = { note: null, noted: false, message: null }
    let decrypted = false
    try {
      return await this.#opening.run(opening, async () => {
        const padded = await keys.transaction(async () => {
          const opened = await decrypt()
          const message = inboundOf(stanza, opened, this.#options.own())
          decrypted = true
          await this.#noteDown(opening, stanza, opened, message)
          if (opening.message) reach('inbound-in-handler')
          return opened
        }, key)
        if (opening.note && !opening.noted) await this.write({})
        if (opening.message) reach('inbound-committed')
        else if (opening.note) this.#options.historyKept()
        return padded
      })
    } catch (error) {
      if (decrypted) return this.#abandon(error)
      if (await this.#isKnown(stanza)) return EMPTY
      throw error
    }
  }

  async #noteDown(
    opening: Opening,
    stanza: BinaryNode,
    opened: Uint8Array,
    message: InboundMessage | null,
  ): Promise<void> {
    const part = historyPartOf(stanza, opened, this.#options.own())
    if (part) opening.note = (transaction) => this.#options.history(transaction, part)
    if (!message) return
    if (!isReported(message)) return this.#options.ignored(message.chat.kind)
    const known = await this.#people.named(message)
    opening.message = message
    opening.note = async (transaction) => {
      if (await record(transaction, known)) this.#options.counted(known)
    }
  }

  /**
   * Nothing may be answered to the network for a message that is not recorded. The connection is closed and this
   * never resolves; the network delivers the message again to the next connection.
   */
  #abandon(error: unknown): Promise<never> {
    this.#options.failed(error instanceof Error ? error : new RecordingFailed())
    return new Promise(() => undefined)
  }

  /**
   * What cannot be opened may be a second copy, whose key is used up: the network must still hear that the message
   * arrived. Anything else is asked for again, and leaves a stub should nobody send it again.
   */
  async #isKnown(stanza: BinaryNode): Promise<boolean> {
    const stub = this.#stubOf(stanza, unavailable('not-decrypted'))
    if (!stub) return false
    const enc = getBinaryNodeChild(stanza, 'enc')
    // A reaction, a pin: apps show nothing when they cannot open one.
    const hidden = enc?.attrs['decrypt-fail'] === 'hide' || !isReported(stub) || stub.chat.kind === 'group'
    try {
      const known = await this.#people.named(stub)
      let seen = false
      await this.#options.store.write({}, async (transaction) => {
        seen = await isRecorded(transaction, known)
        if (!seen && !hidden && (await expect(transaction, known, RESENT_MS))) this.#options.counted(known)
      })
      return seen
    } catch (failure) {
      return this.#abandon(failure)
    }
  }

  /** What is known of a message by its stanza alone; null when the stanza does not say who wrote it. */
  #stubOf(stanza: BinaryNode, content: Content): InboundMessage | null {
    try {
      return stanza.attrs.category === 'peer' ? null : addressed(stanza, this.#options.own(), content)
    } catch {
      return null
    }
  }
}

/** Posts to everybody, channels and bots are nobody's conversation with a clinic. */
export const isReported = ({ chat }: InboundMessage): boolean =>
  chat.kind !== 'status' && chat.kind !== 'newsletter' && chat.kind !== 'bot'

/** Some are never handed out; what is forgotten here is asked of the database. */
const MOST_JUST_RECORDED = 500

/** Enough to tell one message of a connection from another. */
const nameOf = ({ providerMessageId, chat, fromMe }: InboundMessage): string =>
  JSON.stringify([providerMessageId, chat, fromMe])
