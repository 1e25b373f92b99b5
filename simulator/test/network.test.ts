import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'
import { type Simulator, startSimulator } from '../src/http/server.ts'
import { Device } from './support/device.ts'

const TOKEN = 'a-token-for-the-network-tests'
const CLINIC = '+5491155550100'
const ANA = '+5492211234567'

describe('the simulated network', () => {
  let folder: string
  let simulator: Simulator
  let devices: Device[]

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recado-simulator-'))
    devices = []
    simulator = await startSimulator({ port: 0, token: TOKEN, dataFolder: folder })
  })
  afterEach(async () => {
    for (const device of devices) device.stop()
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })

  const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${simulator.port}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const answer = (await response.json()) as { phone: string; items: { text: string; type?: string }[] }
    return { status: response.status, body: answer }
  }

  const device = (auth?: Device['auth']): Device => {
    const made = new Device(`ws://127.0.0.1:${simulator.port}/ws/chat`, auth)
    devices.push(made)
    return made
  }

  const linked = async (): Promise<Device> => {
    const made = device()
    const qr = await made.start()
    expect((await call('POST', `/admin/phones/${CLINIC}/scan-qr`, { qr, name: 'Aurora' })).body.phone).toBe(
      CLINIC,
    )
    await made.open()
    return made
  }

  it('links an unmodified device by QR code, which then restarts its connection', async () => {
    const made = await linked()
    expect(made.closes).toEqual([515])
    const { body } = await call('GET', '/admin/phones')
    expect(body.items).toMatchObject([{ phone: CLINIC, name: 'Aurora', devices: [{ online: true }] }])
  })

  it('links by a typed code, and refuses a wrong one', async () => {
    const made = device()
    await made.start()
    const code = await made.pairingCode(CLINIC)
    const path = `/admin/phones/${CLINIC}/enter-code`
    expect((await call('POST', path, { code })).status).toBe(200)
    expect(await made.open()).toContain(CLINIC.slice(1))
    const other = device()
    await other.start()
    await other.pairingCode('+5491155550101')
    expect((await call('POST', '/admin/phones/+5491155550101/enter-code', { code: 'AAAABBBB' })).status).toBe(
      403,
    )
  })

  it('carries messages both ways, quoted, in a group and typed by the owner', async () => {
    const made = await linked()
    await made.send(ANA, 'Su turno es mañana')
    const quotedId = made.lastSentId
    await call('POST', `/admin/contacts/${ANA}/send`, { to: CLINIC, text: 'Sí', quotedId })
    expect((await made.receives('Sí')).quoted).toBe(quotedId)
    await call('POST', `/admin/contacts/${ANA}/send-group`, {
      to: CLINIC,
      group: '120363025',
      text: 'Hola grupo',
    })
    expect(await made.receives('Hola grupo')).toMatchObject({
      group: true,
      fromMe: false,
      from: ANA.slice(1),
    })
    await call('POST', `/admin/phones/${CLINIC}/send`, { to: ANA, text: 'La llamo' })
    expect(await made.receives('La llamo')).toMatchObject({ fromMe: true })
    const { body } = await call('GET', `/admin/inbox?to=${encodeURIComponent(ANA)}`)
    expect(body.items).toMatchObject([
      { from: CLINIC, to: ANA, text: 'Su turno es mañana', deliveries: 1 },
      { from: CLINIC, to: ANA, text: 'La llamo', deliveries: 1 },
    ])
  })

  it('lets a patient write a message once, however often it is asked to under the same id', async () => {
    await linked()
    const writing = { to: CLINIC, text: '1', id: '3A0000000000000001' }
    const asked = [1, 2, 3].map(() => call('POST', `/admin/contacts/${ANA}/send`, writing))
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200])
    const { body } = await call('GET', '/admin/events')
    const wrote = body.items.filter(({ type }) => type === 'contact-wrote')
    expect(wrote).toMatchObject([{ id: writing.id }])
  })

  it('keeps what a device has not confirmed until it comes back', async () => {
    const made = await linked()
    await call('POST', `/admin/contacts/${ANA}/send`, { to: CLINIC, text: 'al principio' })
    await made.receives('al principio')
    made.stop()
    await call('POST', `/admin/contacts/${ANA}/send`, { to: CLINIC, text: 'mientras tanto' })
    const back = device(made.auth)
    await back.resume()
    await back.receives('mientras tanto')
  })

  it('keeps phones linked, and conversations readable, over a restart', async () => {
    const made = await linked()
    await made.send(ANA, 'antes')
    await call('POST', `/admin/contacts/${ANA}/send`, { to: CLINIC, text: 'primero' })
    await made.receives('primero')
    made.stop()
    await simulator.close()
    simulator = await startSimulator({ port: 0, token: TOKEN, dataFolder: folder })
    const back = device(made.auth)
    await back.resume()
    await call('POST', `/admin/contacts/${ANA}/send`, { to: CLINIC, text: 'después' })
    await back.receives('después')
    await back.send(ANA, 'sigo acá')
    const { body } = await call('GET', '/admin/inbox')
    expect(body.items.map(({ text }) => text)).toEqual(['antes', 'sigo acá'])
  })

  it('tells a device that it was removed', async () => {
    const made = await linked()
    await call('POST', `/admin/phones/${CLINIC}/unlink`)
    await made.closed(401)
  })

  it('lets in nobody without the token, no other site and no other name of this machine', async () => {
    expect((await call('GET', '/health', undefined, { authorization: '' })).status).toBe(200)
    expect((await call('GET', '/admin/phones', undefined, { authorization: '' })).status).toBe(401)
    expect((await call('GET', '/', undefined, { authorization: 'Bearer wrong' })).status).toBe(401)
    expect((await call('GET', '/admin/phones', undefined, { origin: 'https://example.org' })).status).toBe(
      403,
    )
    const own = { origin: `http://127.0.0.1:${simulator.port}` }
    expect((await call('GET', '/admin/phones', undefined, own)).status).toBe(200)
  })

  it('refuses to run in production or with a guessable token', () => {
    expect(() => readConfig({ RECADO_SIMULATOR_TOKEN: TOKEN, RECADO_PROFILE: 'production' })).toThrow(
      'RECADO_PROFILE',
    )
    expect(
      readConfig({ RECADO_SIMULATOR_TOKEN: TOKEN, RECADO_SIMULATOR_STRANGERS: '500' }).strangersAtOnce,
    ).toBe(500)
    expect(() => readConfig({ RECADO_SIMULATOR_TOKEN: TOKEN, RECADO_SIMULATOR_STRANGERS: 'all' })).toThrow(
      'RECADO_SIMULATOR_STRANGERS',
    )
    expect(() => readConfig({ RECADO_SIMULATOR_TOKEN: 'demo' })).toThrow('RECADO_SIMULATOR_TOKEN')
  })
})
