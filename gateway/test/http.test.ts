import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from './support/until.ts'
import { commandFor, type GatewayProcess, newPatient, World } from './support/world.ts'

describe('the API', () => {
  let world: World
  let gateway: GatewayProcess

  beforeAll(async () => {
    world = await World.create()
    // What is counted once must not be taken up again because the machine is busy.
    gateway = await world.gateway({ RECADO_GATEWAY_LEASE_SECONDS: '10' })
  })
  afterAll(() => world.close())

  const refusal = async (method: string, path: string, body?: unknown) => {
    const { status, body: problem } = await gateway.call(method, path, body)
    return [status, problem.code]
  }

  it('tells anybody whether it is well, and nothing else', async () => {
    const answer = await fetch(`${gateway.url}/health`)
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok', service: 'recado-gateway' }])
    for (const path of ['/lines', '/metrics', '/figures', `/lines/${randomUUID()}`, '/nothing']) {
      const { status, body } = await gateway.call('GET', path, undefined, 'another-token-altogether')
      expect([status, body.code]).toEqual([401, 'unauthorized'])
      expect((await fetch(gateway.url + path)).status).toBe(401)
    }
  })

  it('answers and logs under the id of the request it is part of', async () => {
    const trace = randomUUID().replaceAll('-', '')
    const answer = await fetch(`${gateway.url}/lines/${randomUUID()}`, {
      headers: {
        authorization: 'Bearer gateway-token-for-tests',
        traceparent: `00-${trace}-00f067aa0ba902b7-00`,
      },
    })
    expect(await answer.json()).toMatchObject({ code: 'line-unknown', traceId: trace })
  })

  it('says in numbers what waits, over all lines', async () => {
    const clinic = world.newClinic()
    await world.start(gateway, clinic)
    const { body: before } = await gateway.call('GET', '/figures')
    await gateway.call(
      'PUT',
      `/lines/${clinic.lineId}/commands/${randomUUID()}`,
      commandFor(newPatient(), 'hola'),
    )
    const { status, body } = await gateway.call('GET', '/figures')
    expect([status, body.queueDepth]).toEqual([200, before.queueDepth + 1])
    expect(Date.parse(body.startedAt)).toBeLessThanOrEqual(Date.now())
  })

  it('knows only lines that were started', async () => {
    const line = `/lines/${randomUUID()}`
    for (const [method, path, body] of [
      ['GET', line],
      ['POST', `${line}/stop`],
      ['POST', `${line}/log-out`],
      ['POST', `${line}/pairing-code`, { phone: newPatient() }],
      ['PUT', `${line}/settings`, { typing: true }],
      ['PUT', `${line}/commands/${randomUUID()}`, commandFor(newPatient(), 'hola')],
      ['DELETE', `${line}/commands/${randomUUID()}`],
    ] as const) {
      expect(await refusal(method, path, body)).toEqual([404, 'line-unknown'])
    }
  })

  it('refuses what it cannot understand, naming the field and never its value', async () => {
    const clinic = world.newClinic()
    await world.start(gateway, clinic)
    const path = `/lines/${clinic.lineId}/commands/${randomUUID()}`
    const good = commandFor(newPatient(), 'hola')
    const wrong: [unknown, string][] = [
      [{ ...good, payload: { ...good.payload, to: '0111567890' } }, '/payload/to'],
      [{ ...good, payload: { ...good.payload, text: 'nada\u0000' } }, '/payload/text'],
      [{ ...good, payload: { ...good.payload, text: 'medio \ud83e' } }, '/payload/text'],
      [{ ...good, payload: { ...good.payload, kind: 'poll' } }, '/payload/kind'],
      [{ ...good, payload: { kind: 'image', to: good.payload.to } }, '/payload/media'],
      [
        { ...good, payload: { kind: 'location', to: good.payload.to, latitude: 91, longitude: 0 } },
        '/payload/latitude',
      ],
      [
        {
          ...good,
          payload: { kind: 'contact', to: good.payload.to, contact: { name: 'x', phones: ['0111567890'] } },
        },
        '/payload/contact/phones/0',
      ],
      [{ ...good, notAfter: 'mañana' }, '/notAfter'],
      [{ ...good, extra: 1 }, '/'],
    ]
    for (const [body, pointer] of wrong) {
      const { status, body: problem } = await gateway.call('PUT', path, body)
      expect([status, problem.code, problem.errors[0].pointer]).toEqual([400, 'invalid-request', pointer])
      expect(JSON.stringify(problem)).not.toContain('0111567890')
    }
    expect(await refusal('PUT', path, '{"broken"')).toEqual([400, 'invalid-request'])
    expect(
      await refusal('PUT', path, { ...good, payload: { ...good.payload, text: 'x'.repeat(600_000) } }),
    ).toEqual([413, 'too-large'])
    expect(await refusal('POST', '/lines/not-a-uuid/start', { organizationId: randomUUID() })).toEqual([
      400,
      'invalid-request',
    ])
  })

  it('counts what operations watch, without naming anybody', async () => {
    const clinic = await world.link(gateway)
    const patient = newPatient()
    const id = await world.simulator.writes(patient, clinic.phone, 'contame')
    await world.backend.hears('the message', ({ data }) => data.providerMessageId === id)
    const sent = await world.send(gateway, clinic, patient, 'contada')
    await world.told(sent.messageId, 'sent')
    await world.simulator.drop('close', undefined, clinic.phone)
    await world.backend.hears(
      'a lost connection',
      ({ data }) => data.state === 'reconnecting' && data.cause === 'network',
    )
    const { body } = await gateway.call('GET', '/metrics')
    expect(body).toMatch(/recado_gateway_inbound_total\{kind="text"\} 1/)
    expect(body).toMatch(/recado_gateway_outbound_total\{result="sent"\} 1/)
    expect(body).toMatch(/recado_gateway_disconnects_total\{cause="network"\} 1/)
    expect(body).toMatch(/recado_gateway_sessions\{state="pairing"\} \d/)
    expect(body).toContain('recado_gateway_event_backlog')
    expect(body).toContain('recado_gateway_commands')
    expect(body).toMatch(/recado_gateway_pairing_seconds_count 1/)
    expect(body).toMatch(/recado_gateway_uptime_seconds \d/)
    expect(body).toMatch(/recado_gateway_media_waiting 0/)
    for (const secret of [clinic.phone, patient, clinic.lineId, clinic.organizationId])
      expect(body).not.toContain(secret)
  })

  it('shows the same numbers on a port of their own to whoever has no token, and nothing else there', async () => {
    const watched = await world.gateway({ RECADO_GATEWAY_METRICS_PORT: '0' })
    const [, port] = await watched.child.says(/"metricsPort":(\d+)/)
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`)
    expect(answer.headers.get('content-type')).toContain('text/plain')
    expect(await answer.text()).toContain('recado_gateway_event_lag_seconds 0')
    for (const path of ['/', '/lines', '/figures', '/health'])
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404)
    expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: 'POST' })).status).toBe(404)
    await watched.stop() // or it takes lines of the tests that follow
  })

  it('shows how much waits, and for how long', async () => {
    const clinic = world.newClinic()
    await world.start(gateway, clinic)
    const value = async (name: string) => {
      const { body } = await gateway.call('GET', '/metrics')
      return Number(new RegExp(`recado_gateway_${name} ([0-9.]+)`).exec(body)?.[1])
    }
    const before = await value('queue_depth')
    await world.send(gateway, clinic, newPatient(), 'espera')
    expect(await value('queue_depth')).toBe(before + 1)
    world.backend.taking = false
    const [event] = (await world.backend.of(clinic.lineId)).slice(-1)
    await gateway.call('POST', `/lines/${clinic.lineId}/stop`)
    const lag = await until('an event that is a second old', async () => {
      const seconds = await value('event_lag_seconds')
      return seconds > 1 && seconds
    })
    expect(lag).toBeLessThan(10)
    world.backend.taking = true
    await world.backend.hears(
      'what waited',
      ({ lineId, seq }) => lineId === clinic.lineId && seq > (event?.seq ?? 0),
    )
    await until('nothing waits', async () => (await value('event_lag_seconds')) === 0)
  })

  it('writes no text, phone or key to its log', async () => {
    const clinic = await world.link(gateway)
    const patient = newPatient()
    const { messageId } = await world.send(gateway, clinic, patient, 'texto-secreto')
    await world.told(messageId, 'delivered')
    await world.simulator.drop('garbage', undefined, clinic.phone)
    await world.backend.hears(
      'a lost connection',
      ({ lineId, data }) => lineId === clinic.lineId && data.state === 'reconnecting',
    )
    const log = gateway.child.output.join('\n')
    expect(log).toContain(clinic.lineId)
    for (const secret of [
      'texto-secreto',
      patient.slice(1),
      clinic.phone.slice(1),
      'privKey',
      'Closing session',
    ]) {
      expect(log).not.toContain(secret)
    }
  })
})
