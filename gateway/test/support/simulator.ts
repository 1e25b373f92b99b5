import { join } from 'node:path'
import { Child } from './child.ts'
import { until } from './until.ts'

const SCRIPT = join(import.meta.dirname, '../../../simulator/src/main.ts')
const TOKEN = 'simulator-token-for-tests'

export interface InboxItem {
  from: string
  to: string
  id: string
  kind: string
  text: string
  deliveries: number
  media: { contentType: string; fileName: string | null; size: number; sha256: string } | null
  [detail: string]: unknown
}

export interface NetworkEvent {
  seq: number
  type: string
  id?: string
  kind?: string
  phone?: string
  [detail: string]: unknown
}

/** The simulated WhatsApp network, as a process of its own. */
export class Simulator {
  readonly child: Child
  readonly port: number

  private constructor(child: Child, port: number) {
    this.child = child
    this.port = port
  }

  static async start(): Promise<Simulator> {
    const child = new Child(SCRIPT, { RECADO_SIMULATOR_PORT: '0', RECADO_SIMULATOR_TOKEN: TOKEN })
    const [, port] = await child.says(/ws:\/\/127\.0\.0\.1:(\d+)/)
    return new Simulator(child, Number(port))
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws/chat`
  }

  async call(method: 'GET' | 'POST', path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`http://127.0.0.1:${this.port}/admin/${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const answer = (await response.json()) as Record<string, unknown>
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`)
    return answer
  }

  scan(phone: string, qr: string): Promise<unknown> {
    return this.call('POST', `phones/${phone}/scan-qr`, { qr, name: 'Clínica Aurora' })
  }

  /** A patient writes to the clinic. @returns the message's id */
  async writes(patient: string, to: string, text: string, more: object = {}): Promise<string> {
    const { id } = await this.call('POST', `contacts/${patient}/send`, { to, text, ...more })
    return String(id)
  }

  /** A patient sends a file. @returns the message's id */
  sends(patient: string, to: string, kind: string, content: Buffer, more: object = {}): Promise<string> {
    return this.#sendsFile(`contacts/${patient}/send`, content, { to, kind, ...more })
  }

  /** Somebody sends a file from the clinic's own phone. @returns the message's id */
  ownerSends(clinic: string, to: string, kind: string, content: Buffer, more: object = {}): Promise<string> {
    return this.#sendsFile(`phones/${clinic}/send`, content, { to, kind, ...more })
  }

  /** A file is chosen, to be sent. @returns what the request to send it names */
  async chooses(content: Buffer): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.port}/admin/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(content),
    })
    return ((await response.json()) as { mediaId: string }).mediaId
  }

  async #sendsFile(path: string, content: Buffer, writing: object): Promise<string> {
    const mediaId = await this.chooses(content)
    const { id } = await this.call('POST', path, { mediaId, ...writing })
    return String(id)
  }

  /** The bytes of what a patient's phone opened. */
  async opened(phone: string, id: string): Promise<Buffer> {
    const response = await fetch(`http://127.0.0.1:${this.port}/admin/contacts/${phone}/media/${id}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    })
    if (!response.ok) throw new Error(`media of ${id}: ${response.status}`)
    return Buffer.from(await response.arrayBuffer())
  }

  async inbox(to: string): Promise<InboxItem[]> {
    return (await this.call('GET', `inbox?to=${encodeURIComponent(to)}`)).items as InboxItem[]
  }

  async events(since = 0): Promise<NetworkEvent[]> {
    return (await this.call('GET', `events?since=${since}`)).items as NetworkEvent[]
  }

  /** Ends the connections of one phone's devices, or, without a phone, every connection. */
  drop(mode: string, code?: string, phone?: string): Promise<unknown> {
    return this.call('POST', 'drop', { mode, ...(code ? { code } : {}), ...(phone ? { phone } : {}) })
  }

  faults(faults: object): Promise<unknown> {
    return this.call('POST', 'faults', faults)
  }

  async sees(what: string, look: (event: NetworkEvent) => boolean, since = 0): Promise<NetworkEvent> {
    return until(what, async () => (await this.events(since)).find(look))
  }

  stop(): Promise<void> {
    return this.child.end('SIGTERM')
  }
}
