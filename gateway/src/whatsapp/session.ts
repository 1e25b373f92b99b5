import { Readable } from 'node:stream'
import {
  type AuthenticationCreds,
  type BinaryNode,
  Browsers,
  type ConnectionState,
  configureSuccessfulPairing,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  isLidUser,
  jidDecode,
  jidNormalizedUser,
  makeWASocket,
  proto,
  type WASocket,
} from '@whiskeysockets/baileys'
import type { Kept } from '../commands/command-store.ts'
import type { Payload } from '../commands/payload.ts'
import type { Found } from '../contacts/contact-store.ts'
import type { HistoryStore } from '../contacts/history-store.ts'
import type { CredentialStore } from '../credentials/credential-store.ts'
import { CredentialsUnreadable } from '../credentials/vault.ts'
import { reach } from '../failpoint.ts'
import type { Offer } from '../lines/states.ts'
import { Arrivals, before } from './arrivals.ts'
import { credsChange, isLinked, keyStore, loadCreds } from './auth-state.ts'
import { DeviceCache, Directory } from './directory.ts'
import { classify, type Disconnect } from './disconnects.ts'
import { HistoryReader } from './history-reader.ts'
import { phoneOf } from './identifiers.ts'
import { type InboundMessage, inboundOfEvent, type Own } from './inbound.ts'
import { uploadAgent } from './media-hosts.ts'
import { compose, MediaDiffers, textMessage } from './outbound.ts'
import { NotSent, Outgoing } from './outgoing.ts'
import { quietLogger } from './quiet.ts'
import { Recorder } from './recorder.ts'
import { Silence } from './silence.ts'

export interface Profile {
  /** E.164 of the phone this device is linked to. */
  phone: string
  name: string | null
  platform: string | null
}

/** What a session tells its line. Called in order; only `receipt` may fail. */
export interface SessionListener {
  qr(qr: Offer): void
  /** Letters to type on the phone, good while this connection offers to be linked. */
  pairingCode(code: Offer): void
  linked(profile: Profile): void
  /** The session is over and will not speak again. */
  closed(why: Disconnect): void
  /** A row of credentials does not open. */
  unreadable(): void
  /** The network took a message (`error` null) or refused it. */
  acknowledged(providerMessageId: string, error: string | null): void
  /** Resolves when the news is committed; the network is told that it arrived only then. */
  receipt(providerMessageIds: string[], kind: 'delivered' | 'read'): Promise<void>
  /** The recipient's phone, not another of its devices, asks to get a message again, so often by now. */
  asked(providerMessageId: string, questions: number): Promise<void>
  inbound(message: InboundMessage): void
  /** Something arrived of which nothing is reported. */
  ignored(chat: InboundMessage['chat']['kind']): void
}

export interface SessionOptions {
  store: CredentialStore
  history: HistoryStore
  listener: SessionListener
  /** Address of the simulated network; null for the real one. */
  networkUrl: string | null
  /** Life of each QR code; null for the network's own rhythm. */
  qrMs: number | null
  /** Silence of the network after which the connection is given up, in milliseconds. */
  silenceMs: number
  /** E.164 of the phone on which a code will be typed; null to offer QR codes. Of no meaning to a linked device. */
  pairingPhone: string | null
  /** A message of ours, for a recipient that asks to get it again. */
  kept(providerMessageId: string): Promise<Kept | null>
}

const FIRST_QR_MS = 60_000
const NEXT_QR_MS = 20_000
const QR_CODES = 6
const QUERY_TIMEOUT_MS = 20_000
const GOODBYE_MS = 1000

const READ_TYPES = new Set(['read', 'played'])
const DELIVERED_TYPES = new Set([undefined, '', 'inactive', 'delivery'])

/** One connection of a linked device, from opening to the end. It is never reopened; the line opens another. */
export class Session {
  #socket: WASocket
  #creds: AuthenticationCreds
  #store: CredentialStore
  #listener: SessionListener
  #recorder: Recorder
  #history: HistoryStore
  #historyReader: HistoryReader
  #directory: Directory
  #silence: Silence
  #outgoing: Outgoing
  #qrMs: number | null
  #pairingPhone: string | null
  #offered = 0
  #wasOpen = false
  #ended = false

  /** Throws `CredentialsUnreadable`. */
  static async open(options: SessionOptions): Promise<Session> {
    return new Session(options, await loadCreds(options.store))
  }

  private constructor(options: SessionOptions, creds: AuthenticationCreds) {
    this.#creds = creds
    this.#store = options.store
    this.#listener = options.listener
    this.#qrMs = options.qrMs
    this.#pairingPhone = options.pairingPhone
    const own = () => ({ id: creds.me?.id ?? '', lid: creds.me?.lid ?? '' })
    const failed = (error: unknown) => this.#fail(error)
    this.#history = options.history
    this.#recorder = new Recorder({
      store: options.store,
      own,
      failed,
      counted: (message) => this.#listener.inbound(message),
      history: (transaction, part) =>
        this.#history.keep(transaction, part.providerMessageId, part.announcement),
      historyKept: () => this.#historyReader.wake(),
      ignored: (chat) => this.#listener.ignored(chat),
    })
    this.#historyReader = new HistoryReader({
      store: options.history,
      recorder: this.#recorder,
      own,
      networkUrl: options.networkUrl,
      failed,
    })
    const keys = keyStore(options.store, this.#recorder.write, (error) => {
      if (error instanceof CredentialsUnreadable) this.#listener.unreadable()
      this.#fail(error)
    })
    const devices = new DeviceCache()
    this.#socket = makeWASocket({
      auth: { creds, keys },
      logger: quietLogger,
      browser: Browsers.ubuntu('Recado'),
      ...(options.networkUrl ? { waWebSocketUrl: options.networkUrl } : {}),
      ...(options.qrMs ? { qrTimeout: options.qrMs } : {}),
      makeSignalRepository: this.#recorder.makeRepository,
      getMessage: ({ id }) => this.#keptMessage(options, id),
      fetchAgent: uploadAgent(options.networkUrl),
      userDevicesCache: devices,
      markOnlineOnConnect: false,
      syncFullHistory: false,
      // The library fetches history from the real network's hosts, whatever network it is connected to.
      shouldSyncHistoryMessage: ({ syncType, directPath }) =>
        syncType !== proto.Message.HistorySyncType.FULL && (options.networkUrl === null || !directPath),
      emitOwnEvents: false,
      defaultQueryTimeoutMs: QUERY_TIMEOUT_MS,
      // Two questions fit into the silence that is allowed, so that one lost answer ends nothing.
      keepAliveIntervalMs: options.silenceMs / 2.25,
      // The store itself tries again, and a connection does not outlive keys that were not written.
      transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
    })
    this.#directory = new Directory(this.#socket, creds, devices)
    // A third of the silence that is allowed: who does not answer by then is gone, or too slow to be written to.
    this.#outgoing = new Outgoing(this.#socket, creds, this.#directory, options.silenceMs / 3)
    this.#listen(own, devices)
    this.#silence = new Silence(options.silenceMs, () => this.#fail('timed-out'))
    this.#socket.ws.on('message', () => this.#silence.broken())
  }

  get isLinked(): boolean {
    return isLinked(this.#creds)
  }

  /** Whether and how the network knows a phone. Throws when it does not answer. */
  find(phone: string): Promise<Found> {
    return this.#directory.find(phone)
  }

  async typing(address: string, on: boolean): Promise<void> {
    await this.#socket.sendPresenceUpdate(on ? 'composing' : 'paused', address)
  }

  /** Fetches everything that sending needs, so that the sending itself asks the network nothing. */
  prepare(address: string): Promise<void> {
    return this.#directory.prepare(address)
  }

  /**
   * The message as the network knows it, its media uploaded. Nothing has left yet.
   * @param address whom it is for
   * @returns null when the media is not what the payload says it is
   */
  async compose(payload: Payload, address: string, media?: Readable): Promise<Uint8Array | null> {
    const bytes = (): Readable => media ?? Readable.from([])
    const { me } = this.#creds
    const ours = jidNormalizedUser((isLidUser(address) ? me?.lid : undefined) ?? me?.id)
    try {
      return await compose(payload, { theirs: address, ours }, bytes, this.#socket.waUploadToServer)
    } catch (error) {
      if (error instanceof MediaDiffers) return null
      throw error
    } finally {
      media?.destroy()
    }
  }

  /** Asks the network for a sign of life unless it has just given one. Throws, and ends, when none comes. */
  async proveAlive(): Promise<void> {
    if (await this.#outgoing.isThere()) return
    this.#fail('timed-out')
    throw new Error('the network does not answer')
  }

  /** As `Outgoing.send`. */
  async send(
    address: string,
    content: Uint8Array,
    providerMessageId: string,
    begin: () => Promise<boolean>,
  ): Promise<boolean> {
    if (this.#ended) throw new NotSent()
    return this.#outgoing.send(address, content, providerMessageId, begin)
  }

  /** Closes the connection without a word to the listener. */
  async close(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    await this.#end()
  }

  /** Unlinks this device at the network, then closes. */
  async logOut(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    this.#over()
    this.#terminateSoon()
    await this.#socket.logout().catch(() => undefined)
  }

  /** The other side may be gone without a word; then nobody answers the goodbye either. */
  async #end(): Promise<void> {
    this.#over()
    this.#terminateSoon()
    await this.#socket.end(undefined).catch(() => undefined)
  }

  #over(): void {
    this.#silence.over()
    this.#historyReader.stop()
  }

  #terminateSoon(): void {
    const raw = (this.#socket.ws as unknown as { socket?: { terminate(): void } | null }).socket
    setTimeout(() => raw?.terminate(), GOODBYE_MS).unref()
  }

  #listen(own: () => Own, devices: DeviceCache): void {
    const { ev, ws } = this.#socket
    this.#guardFrames()
    const failed = (error: unknown) => this.#fail(error)
    const arrivals = new Arrivals(this.#recorder, own, (stanza) => this.#socket.sendMessageAck(stanza))
    before(ws, 'CB:receipt', (stanza) => () => this.#receipt(stanza).then(() => true), failed)
    before(ws, 'CB:message', (stanza) => arrivals.message(stanza), failed)
    before(ws, 'CB:call', (stanza) => () => arrivals.call(stanza), failed)
    before(ws, 'CB:iq,,pair-success', (stanza) => () => this.#paired(stanza).then(() => true), failed)
    ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
      // Somebody has devices that we do not know of, or not any more.
      if (attrs.phash) devices.flushAll()
      if (attrs.id) this.#listener.acknowledged(attrs.id, attrs.error ?? null)
    })
    ev.on('creds.update', () => {
      this.#store.write(credsChange(this.#creds)).catch((error) => this.#fail(error))
    })
    ev.on('connection.update', (update) => this.#connection(update))
    ev.on('messages.upsert', ({ messages, type }) => {
      for (const message of messages) {
        const found = inboundOfEvent(message, own(), type === 'append')
        if (found) this.#recorder.late(found).catch((error) => this.#fail(error))
      }
    })
  }

  /**
   * A frame that cannot be decoded would reject a promise nobody holds and end the whole process; it must end this
   * connection only.
   */
  #guardFrames(): void {
    const { ws } = this.#socket
    const [decode] = ws.listeners('message') as ((data: unknown) => Promise<void>)[]
    if (!decode) return
    ws.off('message', decode)
    ws.on('message', (data: unknown) => {
      decode(data).catch((error) => this.#fail(error))
    })
  }

  /**
   * A phone signed for this device. The library confirms it at once, and from then on the phone shows a device: its
   * credentials are committed first.
   */
  async #paired(stanza: BinaryNode): Promise<void> {
    const { creds } = configureSuccessfulPairing(stanza, this.#creds)
    const linked = { ...this.#creds, ...creds }
    const phone = phoneOf(linked.me?.id)
    reach('pairing-before-commit')
    await this.#store.write(credsChange(linked), (transaction) => this.#history.begin(transaction, phone))
    reach('pairing-committed')
  }

  /** A message of ours that somebody asks for again. Baileys would answer that it was sent, had it not been found. */
  async #keptMessage({ kept }: SessionOptions, id: string | null | undefined) {
    try {
      const found = id ? await kept(id) : null
      if (found === null) return undefined
      return 'content' in found ? proto.Message.decode(found.content) : textMessage(found.text)
    } catch (error) {
      this.#fail(error)
      throw error
    }
  }

  #connection({ connection, qr, lastDisconnect }: Partial<ConnectionState>): void {
    if (this.#ended) return
    if (qr) this.#offer(qr)
    if (connection === 'open') this.#opened()
    if (connection !== 'close') return
    this.#ended = true
    this.#over()
    const { output } = (lastDisconnect?.error ?? {}) as { output?: { statusCode?: number } }
    const code = output?.statusCode
    if (code === 515) reach('pairing-confirmed')
    const qrEnded = this.#offered > 0 && code === 408 && !this.isLinked
    this.#listener.closed(classify({ code, linked: this.isLinked, wasOpen: this.#wasOpen, qrEnded }))
  }

  #offer(value: string): void {
    const life = this.#qrMs ?? (this.#offered === 0 ? FIRST_QR_MS : NEXT_QR_MS)
    this.#offered += 1
    if (this.#pairingPhone === null) {
      this.#listener.qr({ value, expiresAt: new Date(Date.now() + life) })
    } else if (this.#offered === 1) {
      this.#askForCode(this.#pairingPhone).catch((error) => this.#fail(error))
    }
  }

  /** The network lets a device that is not linked yet wait as long as it has QR codes to show. */
  async #askForCode(phone: string): Promise<void> {
    const next = this.#qrMs ?? NEXT_QR_MS
    const expiresAt = new Date(Date.now() + (this.#qrMs ?? FIRST_QR_MS) + (QR_CODES - 1) * next)
    const value = await this.#socket.requestPairingCode(phone.slice(1))
    this.#listener.pairingCode({ value, expiresAt })
  }

  #opened(): void {
    this.#wasOpen = true
    const phone = phoneOf(this.#creds.me?.id)
    if (!phone) return this.#fail(new Error('linked without a phone'))
    const name = this.#creds.me?.name || null
    this.#listener.linked({ phone, name, platform: this.#creds.platform ?? null })
    this.#historyReader.wake()
  }

  async #receipt(stanza: BinaryNode): Promise<void> {
    const { id, type, recipient, from, participant } = stanza.attrs
    // With a recipient it is another device of ours that read somebody's message.
    if (!id || recipient || from === undefined) return
    if (type === 'retry' && !jidDecode(participant ?? from)?.device) {
      const questions = Number(getBinaryNodeChild(stanza, 'retry')?.attrs.count)
      return this.#listener.asked(id, questions || 1)
    }
    const kind = READ_TYPES.has(type ?? '') ? 'read' : DELIVERED_TYPES.has(type) ? 'delivered' : null
    if (!kind) return
    const list = getBinaryNodeChildren(getBinaryNodeChild(stanza, 'list'), 'item')
    const ids = [id, ...list.map(({ attrs }) => attrs.id ?? '')].filter((one) => one !== '')
    await this.#listener.receipt(ids, kind)
  }

  /**
   * Something that must not happen in this connection: end it, so that nothing more is said to the network; the line
   * decides about another.
   */
  #fail(why: unknown): void {
    if (this.#ended) return
    this.#ended = true
    void this.#end()
    this.#listener.closed({ kind: 'retry', cause: why === 'timed-out' ? 'timed-out' : 'server-unavailable' })
  }
}
