import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { until } from './until.ts'

export interface Reported {
  id: string
  seq: number
  type: string
  at: string
  data: Record<string, unknown>
  lineId: string
}

/** What the real one refuses to read. */
const LARGEST = 1024 * 1024

/** A backend that takes events: checks the signature, stores each event id once, and answers. */
export class FakeBackend {
  readonly secret = Buffer.from('events-secret-for-tests!')
  readonly events: Reported[] = []
  /** Every delivery, repeated ones included, as the sequence numbers it carried. */
  readonly deliveries: number[][] = []
  readonly refused: string[] = []
  /** The `traceparent` of every delivery. */
  readonly traceparents: string[] = []
  /** While false, every delivery is answered 503 and nothing is stored. */
  taking = true
  #stored = new Set<string>()
  /** By line, and for messages by message, because a soak asks about each of a hundred thousand. */
  #ofLine = new Map<string, Reported[]>()
  #ofMessage = new Map<string, Reported[]>()
  #server: Server

  private constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response))
  }

  static async start(): Promise<FakeBackend> {
    const backend = new FakeBackend()
    await new Promise<void>((resolve) => backend.#server.listen(0, '127.0.0.1', resolve))
    return backend
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/internal/v1/gateway/events`
  }

  of(lineId: string, type?: string): Reported[] {
    const all = this.#ofLine.get(lineId) ?? []
    return type === undefined ? [...all] : all.filter((event) => event.type === type)
  }

  async hears(what: string, look: (event: Reported) => boolean, ms?: number): Promise<Reported> {
    return until(what, () => this.events.find(look), ms)
  }

  /** The states a message went through, in the order they were reported. */
  story(messageId: string): string[] {
    return (this.#ofMessage.get(messageId) ?? []).map(({ data }) => String(data.state))
  }

  inbound(lineId: string): Record<string, unknown>[] {
    return this.of(lineId, 'message.inbound').map(({ data }) => data)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const answer = (status: number): void => {
      response.writeHead(status)
      response.end()
    }
    if (!this.#genuine(request, body)) {
      this.refused.push(body)
      return answer(401)
    }
    if (Buffer.byteLength(body) > LARGEST) {
      this.refused.push(`a delivery of ${Buffer.byteLength(body)} bytes`)
      return answer(413)
    }
    this.traceparents.push(String(request.headers.traceparent))
    if (!this.taking) return answer(503)
    const { lineId, events } = JSON.parse(body) as { lineId: string; events: Reported[] }
    this.deliveries.push(events.map(({ seq }) => seq))
    for (const event of events) {
      if (this.#stored.has(event.id)) continue
      this.#stored.add(event.id)
      this.#keep({ ...event, lineId })
    }
    answer(204)
  }

  #keep(event: Reported): void {
    this.events.push(event)
    add(this.#ofLine, event.lineId, event)
    if (event.type === 'message.status') add(this.#ofMessage, String(event.data.messageId), event)
  }

  #genuine(request: IncomingMessage, body: string): boolean {
    const header = (name: string): string => String(request.headers[name] ?? '')
    const timestamp = header('webhook-timestamp')
    if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false
    const mac = createHmac('sha256', this.secret)
      .update(`${header('webhook-id')}.${timestamp}.${body}`)
      .digest()
    const [version, given = ''] = header('webhook-signature').split(',')
    const bytes = Buffer.from(given, 'base64')
    return version === 'v1' && bytes.length === mac.length && timingSafeEqual(bytes, mac)
  }
}

function add(index: Map<string, Reported[]>, key: string, event: Reported): void {
  const known = index.get(key)
  if (known) known.push(event)
  else index.set(key, [event])
}
