import { Readable } from 'node:stream'
import {
  type AuthenticationCreds,
  type BinaryNode,
  Browsers,
  type ConnectionState,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  makeWASocket,
  proto,
  type WASocket,
} from '@whiskeysockets/baileys'
import type { Kept } from '../commands/command-store.ts'
import type { Payload } from '../commands/payload.ts'
import type { CredentialStore } from '../credentials/credential-store.ts'
import { CredentialsUnreadable } from '../credentials/vault.ts'
import type { Offer } from '../lines/states.ts'
import { credsChange, isLinked, keyStore, loadCreds } from './auth-state.ts'
import { classify, type Disconnect } from './disconnects.ts'
import { askable, phoneOf } from './identifiers.ts'
import { type InboundMessage, inboundOfEvent } from './inbound.ts'
import { uploadAgent } from './media-hosts.ts'
import { compose, MediaDiffers, textMessage } from './outbound.ts'
import { quietLogger } from './quiet.ts'
import { Recorder } from './recorder.ts'
import { Silence } from './silence.ts'
import { turns } from './turns.ts'

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
  inbound(message: InboundMessage): void
}

export interface SessionOptions {
  store: CredentialStore
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
  #preparing = turns()
  #silence: Silence
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
    this.#recorder = new Recorder({
      store: options.store,
      own: () => ({ id: creds.me?.id ?? '', lid: creds.me?.lid ?? '' }),
      failed: (error) => this.#fail(error),
      counted: (message) => this.#listener.inbound(message),
    })
    const keys = keyStore(options.store, this.#recorder.write, (error) => {
      if (error instanceof CredentialsUnreadable) this.#listener.unreadable()
      this.#fail(error)
    })
    this.#socket = makeWASocket({
      auth: { creds, keys },
      logger: quietLogger,
      browser: Browsers.ubuntu('Recado'),
      ...(options.networkUrl ? { waWebSocketUrl: options.networkUrl } : {}),
      ...(options.qrMs ? { qrTimeout: options.qrMs } : {}),
      makeSignalRepository: this.#recorder.makeRepository,
      getMessage: ({ id }) => this.#keptMessage(options, id),
      fetchAgent: uploadAgent(options.networkUrl),
      markOnlineOnConnect: false,
      syncFullHistory: false,
      emitOwnEvents: false,
      defaultQueryTimeoutMs: QUERY_TIMEOUT_MS,
      // Two questions fit into the silence that is allowed, so that one lost answer ends nothing.
      keepAliveIntervalMs: options.silenceMs / 2.25,
      // The store itself tries again, and a connection does not outlive keys that were not written.
      transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
    })
    this.#listen()
    this.#silence = new Silence(options.silenceMs, () => this.#fail('timed-out'))
    this.#socket.ws.on('message', () => this.#silence.broken())
  }

  get isLinked(): boolean {
    return isLinked(this.#creds)
  }

  /** The address under which the network knows a phone, or null when it does not. Throws when it does not answer. */
  async addressOf(phone: string): Promise<string | null> {
    const found = await this.#socket.onWhatsApp(askable(phone))
    if (!found) throw new Error('the network did not say whether this phone is on it')
    return found.find(({ exists }) => exists)?.jid ?? null
  }

  async typing(address: string, on: boolean): Promise<void> {
    await this.#socket.sendPresenceUpdate(on ? 'composing' : 'paused', address)
  }

  /** Fetches everything that sending needs, so that the sending itself asks the network nothing. */
  async prepare(address: string): Promise<void> {
    await this.#preparing(async () => {
      const own = this.#creds.me?.id.replace(/:\d+@/, '@') ?? ''
      const devices = await this.#socket.getUSyncDevices([own, address], true, false)
      await this.#socket.assertSessions(devices.map(({ jid }) => jid))
    })
  }

  /**
   * The message as the network knows it, its media uploaded. Nothing has left yet.
   * @returns null when the media is not what the payload says it is
   */
  async compose(payload: Payload, media?: Readable): Promise<Uint8Array | null> {
    const bytes = (): Readable => media ?? Readable.from([])
    try {
      return await compose(payload, bytes, this.#socket.waUploadToServer)
    } catch (error) {
      if (error instanceof MediaDiffers) return null
      throw error
    } finally {
      media?.destroy()
    }
  }

  /** Writes a composed message to the socket. When this throws, it may or may not have left. */
  async send(address: string, content: Uint8Array, providerMessageId: string): Promise<void> {
    const message = proto.Message.decode(content)
    await this.#socket.relayMessage(address, message, { messageId: providerMessageId })
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
    this.#silence.over()
    this.#terminateSoon()
    await this.#socket.logout().catch(() => undefined)
  }

  /** The other side may be gone without a word; then nobody answers the goodbye either. */
  async #end(): Promise<void> {
    this.#silence.over()
    this.#terminateSoon()
    await this.#socket.end(undefined).catch(() => undefined)
  }

  #terminateSoon(): void {
    const raw = (this.#socket.ws as unknown as { socket?: { terminate(): void } | null }).socket
    setTimeout(() => raw?.terminate(), GOODBYE_MS).unref()
  }

  #listen(): void {
    const { ev, ws } = this.#socket
    this.#guardFrames()
    this.#recordReceiptsFirst()
    ws.prependListener('CB:message', (stanza: BinaryNode) => this.#recorder.expect(stanza))
    ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
      if (attrs.id) this.#listener.acknowledged(attrs.id, attrs.error ?? null)
    })
    ev.on('creds.update', () => {
      this.#store.write(credsChange(this.#creds)).catch((error) => this.#fail(error))
    })
    ev.on('connection.update', (update) => this.#connection(update))
    ev.on('messages.upsert', ({ messages, type }) => {
      for (const message of messages) {
        const own = { id: this.#creds.me?.id ?? '', lid: this.#creds.me?.lid ?? '' }
        const found = inboundOfEvent(message, own, type === 'append')
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
   * Baileys acknowledges a receipt whether anybody kept it or not, and the network sends it once only. So it gets to
   * see a receipt after it is committed; one that cannot be committed stays unacknowledged and comes again.
   */
  #recordReceiptsFirst(): void {
    const { ws } = this.#socket
    const handlers = ws.listeners('CB:receipt') as ((stanza: BinaryNode) => void)[]
    const turn = turns()
    ws.removeAllListeners('CB:receipt')
    ws.on('CB:receipt', (stanza: BinaryNode) => {
      turn(() => this.#receipt(stanza))
        .then(() => {
          for (const handle of handlers) handle(stanza)
        })
        .catch((error) => this.#fail(error))
    })
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
    this.#silence.over()
    const { output } = (lastDisconnect?.error ?? {}) as { output?: { statusCode?: number } }
    const code = output?.statusCode
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
  }

  async #receipt(stanza: BinaryNode): Promise<void> {
    const { id, type, recipient, from } = stanza.attrs
    // With a recipient it is another device of ours that read somebody's message.
    if (!id || recipient || from === undefined) return
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
