import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSent, originOf, traceOf } from '../src/spans.ts'
import { until } from './support/until.ts'
import { type Clinic, commandFor, type GatewayProcess, newPatient, World } from './support/world.ts'

interface Sent {
  traceId: string
  spanId: string
  parentSpanId: string
  name: string
  attributes: { key: string }[]
}

/** Takes spans as a collector does. */
class Collector {
  readonly bodies: string[] = []
  #server: Server

  constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      this.bodies.push(Buffer.concat(chunks).toString('utf8'))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1/traces`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  get spans(): Sent[] {
    return this.bodies.flatMap((body) =>
      JSON.parse(body).resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: Sent[] }[] }) =>
        scopeSpans.flatMap(({ spans }) => spans),
      ),
    )
  }

  /** The spans of a trace once they are so many, by name. */
  async of(traceId: string, names: string[]): Promise<Map<string, Sent>> {
    return until(
      `spans ${names.join(', ')}`,
      () => {
        const found = new Map(
          this.spans.filter((span) => span.traceId === traceId).map((span) => [span.name, span]),
        )
        return names.every((name) => found.has(name)) && found
      },
      15_000,
    )
  }
}

describe('spans', () => {
  const collector = new Collector()
  let world: World
  let gateway: GatewayProcess
  let clinic: Clinic

  beforeAll(async () => {
    world = await World.create()
    gateway = await world.gateway({
      RECADO_TRACES_URL: await collector.open(),
      RECADO_TRACES_SHARE: '1',
      RECADO_GATEWAY_LEASE_SECONDS: '10',
    })
    clinic = await world.link(gateway)
  })
  afterAll(async () => {
    await world.close()
    collector.close()
  })

  it('lead from the call of the backend over the sending to what the backend is told of it', async () => {
    const messageId = crypto.randomUUID()
    const { traceId } = traceOf(messageId)
    const caller = randomBytes(8).toString('hex')
    const path = `/lines/${clinic.lineId}/commands/${messageId}`
    await fetch(gateway.url + path, {
      method: 'PUT',
      headers: {
        authorization: 'Bearer gateway-token-for-tests',
        'content-type': 'application/json',
        traceparent: `00-${traceId}-${caller}-01`,
      },
      body: JSON.stringify(commandFor(newPatient(), 'hola')),
    })
    const answered = 'PUT /lines/:lineId/commands/:messageId'
    const spans = await collector.of(traceId, [answered, 'send', 'events'])
    expect(spans.get(answered)?.parentSpanId).toBe(caller)
    const told = world.backend.traceparents.map(originOf)
    const events = collector.spans.filter((span) => span.traceId === traceId && span.name === 'events')
    expect(told).toContainEqual({ traceId, spanId: events[0]?.spanId })
  })

  it('say when what somebody wrote was recorded and when the backend had it', async () => {
    const patient = newPatient()
    await world.simulator.writes(patient, clinic.phone, 'un texto que nadie debe ver')
    const { id } = await world.backend.hears(
      'the message',
      ({ type, lineId }) => type === 'message.inbound' && lineId === clinic.lineId,
    )
    await collector.of(traceOf(id).traceId, ['receive', 'events'])
    const all = collector.bodies.join('\n')
    for (const marked of [
      patient,
      patient.slice(1),
      clinic.phone,
      'un texto',
      clinic.lineId,
      clinic.organizationId,
    ])
      expect(all).not.toContain(marked)
    expect(new Set(collector.spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)))).toEqual(
      new Set(['http.response.status_code']),
    )
  })

  it('are of the same traces as those the backend sends', () => {
    // As OpenTelemetry for Java 1.62 decides for a tenth.
    const decided = {
      '0199c7a46f3e7c520ccccccccccccc00': true,
      '0199c7a46f3e7c520cccccccccccd000': false,
      '0199c7a46f3e7c52f333333333333400': true,
      '0199c7a46f3e7c52f333333333333000': false,
      '0199c7a46f3e7c521ee88ee940ae7fdf': false,
    }
    for (const [traceId, sent] of Object.entries(decided))
      expect([traceId, isSent(traceId, 0.1)]).toEqual([traceId, sent])
    expect(isSent('0199c7a46f3e7c52ffffffffffffffff', 0)).toBe(false)
    expect(isSent('0199c7a46f3e7c528000000000000000', 1)).toBe(true)
  })
})
