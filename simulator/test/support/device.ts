import { Agent } from 'node:https'
import { connect } from 'node:net'
import {
  type AuthenticationState,
  type BinaryNode,
  initAuthCreds,
  makeWASocket,
  type SignalDataSet,
  type SignalDataTypeMap,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys'
import { quietLogger } from '../../src/network/quiet.ts'

export interface Received {
  id: string
  text: string
  from: string
  group: boolean
  fromMe: boolean
  quoted: string | null
  /** Names of the parts of the message. */
  kinds: string[]
}

const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Uploads to the simulated network, which has no TLS. */
class Plain extends Agent {
  override createConnection(...given: Parameters<Agent['createConnection']>) {
    const { host, port } = given[0] as { host?: string; port?: number }
    return connect(Number(port), host)
  }
}

/** An ordinary, unmodified linked device, as any program would use it. */
export class Device {
  lastSentId = ''
  readonly received: Received[] = []
  readonly closes: (number | undefined)[] = []
  #url: string
  #auth: AuthenticationState
  #socket: WASocket | null = null
  #waits = new Set<() => void>()
  #qr: string | null = null
  #user: string | null = null
  #stopped = false

  constructor(url: string, auth: AuthenticationState = memory()) {
    this.#url = url
    this.#auth = auth
  }

  get auth(): AuthenticationState {
    return this.#auth
  }

  /** Connects for the first time. @returns the text of its QR code */
  async start(): Promise<string> {
    this.#connect()
    return this.#until(() => this.#qr)
  }

  /** Connects with credentials it has. */
  async resume(): Promise<string> {
    this.#connect()
    return this.open()
  }

  async pairingCode(phone: string): Promise<string> {
    return this.#socket?.requestPairingCode(phone.slice(1)) ?? Promise.reject(new Error('not connected'))
  }

  /** @returns its own address, once linked and online */
  open(): Promise<string> {
    return this.#until(() => this.#user)
  }

  async closed(code: number): Promise<void> {
    await this.#until(() => this.closes.includes(code))
  }

  async send(phone: string, text: string): Promise<void> {
    const sent = await this.#socket?.sendMessage(`${phone.slice(1)}@s.whatsapp.net`, { text })
    this.lastSentId = sent?.key.id ?? ''
  }

  async sendImage(phone: string, caption: string): Promise<void> {
    const picture = { image: ONE_PIXEL, caption, jpegThumbnail: null as never }
    await this.#socket?.sendMessage(`${phone.slice(1)}@s.whatsapp.net`, picture)
  }

  /** Sends a stanza as it is. @returns the network's acknowledgement */
  async acknowledged(stanza: BinaryNode): Promise<Record<string, string>> {
    const answer = await this.#open().query(stanza)
    return (answer as BinaryNode).attrs
  }

  /** Asks the network something. @returns the code with which it refuses, or null */
  async refusal(question: BinaryNode): Promise<number | null> {
    return this.#open()
      .query(question)
      .then(
        () => null,
        (error: { data?: number }) => error.data ?? 0,
      )
  }

  /** Ciphertexts as a device makes them for these addresses. */
  async sealed(jids: string[], text: string): Promise<BinaryNode[]> {
    await this.#open().assertSessions(jids)
    return (await this.#open().createParticipantNodes(jids, { conversation: text })).nodes
  }

  /** Waits for a stanza the network sends, e.g. `CB:notification,type:devices`. */
  hears(name: string): Promise<BinaryNode> {
    return new Promise((resolve) => this.#open().ws.once(name, resolve))
  }

  receivesKind(kind: string): Promise<Received> {
    return this.#until(() => this.received.find((message) => message.kinds.includes(kind)))
  }

  receives(text: string): Promise<Received> {
    return this.#until(() => this.received.find((message) => message.text === text))
  }

  /** Hears and says nothing any more, as a process that was paused, while its connection stays open. */
  falls(): void {
    this.#stopped = true
    const ws = this.#socket?.ws as { socket?: { pause(): void } } | undefined
    ws?.socket?.pause()
  }

  stop(): void {
    this.#stopped = true
    this.#socket?.end(undefined).catch(() => undefined)
  }

  #open(): WASocket {
    if (!this.#socket) throw new Error('not connected')
    return this.#socket
  }

  #connect(): void {
    this.#user = null
    const socket = makeWASocket({
      auth: this.#auth,
      waWebSocketUrl: this.#url,
      fetchAgent: new Plain(),
      logger: quietLogger as never,
    })
    this.#socket = socket
    socket.ev.on('connection.update', ({ qr, connection, lastDisconnect }) => {
      if (qr) this.#qr = qr
      if (connection === 'open') this.#user = socket.user?.id ?? null
      if (connection === 'close') {
        const code = (lastDisconnect?.error as { output?: { statusCode: number } } | undefined)?.output
          ?.statusCode
        this.closes.push(code)
        if (!this.#stopped && code !== 401) this.#connect()
      }
      this.#look()
    })
    socket.ev.on('messages.upsert', ({ messages }) => {
      for (const message of messages) if (message.message) this.received.push(view(message))
      this.#look()
    })
  }

  #look(): void {
    for (const wait of this.#waits) wait()
  }

  #until<T>(look: () => T | null | undefined | false): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the device waited in vain')), 15_000)
      const wait = (): void => {
        const found = look()
        if (!found) return
        clearTimeout(timer)
        this.#waits.delete(wait)
        resolve(found)
      }
      this.#waits.add(wait)
      wait()
    })
  }
}

const view = ({ key, message }: WAMessage): Received => ({
  id: key.id ?? '',
  text: message?.conversation || message?.extendedTextMessage?.text || '',
  from: (key.participant ?? key.remoteJid ?? '').split(/[:@]/)[0] ?? '',
  group: key.remoteJid?.endsWith('@g.us') ?? false,
  fromMe: key.fromMe ?? false,
  quoted: message?.extendedTextMessage?.contextInfo?.stanzaId ?? null,
  kinds: Object.keys(message ?? {}),
})

function memory(): AuthenticationState {
  const kept = new Map<string, unknown>()
  return {
    creds: initAuthCreds(),
    keys: {
      get: async <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) =>
        Object.fromEntries(
          ids.filter((id) => kept.has(`${type} ${id}`)).map((id) => [id, kept.get(`${type} ${id}`)]),
        ) as { [id: string]: SignalDataTypeMap[T] },
      set: async (data: SignalDataSet) => {
        for (const [type, entries] of Object.entries(data)) {
          for (const [id, value] of Object.entries(entries ?? {})) {
            if (value == null) kept.delete(`${type} ${id}`)
            else kept.set(`${type} ${id}`, value)
          }
        }
      },
    },
  }
}
