import { createStore, type WaAuthCredentials, WaClient, type WaClientOptions, type WaStore } from 'zapo-js'
import type { Network } from '../../src/network/network.ts'

interface Heard {
  id: string
  text: string
  from: string
  group: boolean
}

// The library's own types lean on names that only its build knows.
interface Stanza {
  stanzaId?: string
  stanzaType?: string
}
interface Arrived extends Stanza {
  message?: { conversation?: string; extendedTextMessage?: { text?: string } }
  senderJid?: string
  isGroupChat: boolean
}

const WAIT_MS = 20_000
const QUIET = {
  level: 'error' as const,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

/** Everything in memory; the library brings that for all but the credentials. */
function inMemory(): WaStore {
  let kept: WaAuthCredentials | null = null
  const auth = {
    load: async () => kept,
    save: async (credentials: WaAuthCredentials) => {
      kept = credentials
    },
    clear: async () => {
      kept = null
    },
  }
  const backend = { stores: { auth: () => auth }, caches: {} }
  return createStore({ backends: { test: backend as never }, providers: { auth: 'test' } })
}

/**
 * A linked device of a client that shares no code with the simulator or the gateway, used as its documentation says.
 * It checks the server's certificate, its own key digest and every answer; only the root it trusts is the simulator's.
 */
export class ForeignDevice {
  readonly client: WaClient
  readonly store: WaStore
  readonly heard: Heard[] = []
  readonly receipts: { id: string; type: string }[] = []
  /** What the library logged, warnings and worse, and which handshakes it made. */
  readonly log: string[] = []
  readonly notifications: string[] = []
  #waits = new Set<() => void>()
  #qr: string | null = null
  #opened = 0

  constructor(url: string, network: Network, store: WaStore = inMemory()) {
    this.store = store
    const options: WaClientOptions = {
      store,
      sessionId: 'clinic',
      chatSocketUrls: [url],
      reconnectIntervalMs: 50,
      testHooks: { noiseRootCa: { publicKey: network.certificateRoot.public, serial: 0 } },
    }
    const note = (message: string, context?: object): void => {
      this.log.push(`${message} ${JSON.stringify(context ?? {})}`)
      this.#look()
    }
    this.client = new WaClient(options, { ...QUIET, debug: note, info: note, warn: note, error: note })
    this.client.on('auth_qr', ({ qr }: { qr: string }) => {
      this.#qr = qr
      this.#look()
    })
    this.client.on('connection_success', () => {
      this.#opened += 1
      this.#look()
    })
    this.client.on('message', ({ stanzaId, message, senderJid, isGroupChat }: Arrived) => {
      const text = message?.conversation || message?.extendedTextMessage?.text || ''
      this.heard.push({ id: stanzaId ?? '', text, from: senderJid ?? '', group: isGroupChat })
      this.#look()
    })
    this.client.on('message_receipt', ({ stanzaId, stanzaType }: Stanza) => {
      this.receipts.push({ id: stanzaId ?? '', type: stanzaType ?? 'delivery' })
      this.#look()
    })
    this.client.on('notification', ({ notificationType }: { notificationType?: string }) => {
      this.notifications.push(notificationType ?? '')
      this.#look()
    })
  }

  /** Connects for the first time. @returns the text of its QR code */
  async start(): Promise<string> {
    await this.client.connect()
    return this.until('a QR code', () => this.#qr)
  }

  /** @param times how often it must have logged in by then */
  online(times = 1): Promise<boolean> {
    return this.until(`login number ${times}`, () => this.#opened >= times)
  }

  receives(text: string): Promise<Heard> {
    return this.until(text, () => this.heard.find((one) => one.text === text))
  }

  receipt(id: string): Promise<unknown> {
    return this.until(`a receipt for ${id}`, () => this.receipts.find((one) => one.id === id))
  }

  logged(part: string): Promise<string> {
    return this.until(part, () => this.log.find((line) => line.includes(part)))
  }

  async send(phone: string, text: string): Promise<string> {
    const { id } = await this.client.sendMessage(`${phone.slice(1)}@s.whatsapp.net`, text)
    return id
  }

  stop(): Promise<void> {
    return this.client.disconnect().catch(() => undefined)
  }

  until<T>(what: string, look: () => T | null | undefined | false): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waits.delete(wait)
        reject(new Error(`the foreign device waited in vain for ${what}; it said:\n${this.log.join('\n')}`))
      }, WAIT_MS)
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

  #look(): void {
    for (const wait of [...this.#waits]) wait()
  }
}
