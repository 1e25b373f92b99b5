import { randomBytes } from 'node:crypto'
import type { BinaryNode } from '@whiskeysockets/baileys'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/http/server.ts'
import { participantHash } from '../src/network/admission.ts'
import { messageId } from '../src/network/wire.ts'
import { Device } from './support/device.ts'

const TOKEN = 'a-token-for-the-strict-tests'
const CLINIC = '+5491155550100'
const ANA = '+5492211234567'
const ANA_JID = `${ANA.slice(1)}@s.whatsapp.net`
const CLINIC_JID = `${CLINIC.slice(1)}@s.whatsapp.net`

const element = (
  tag: string,
  attrs: Record<string, string>,
  content?: BinaryNode['content'],
): BinaryNode => ({
  tag,
  attrs,
  ...(content === undefined ? {} : { content }),
})

describe('the simulated network refuses what the real one refuses', () => {
  let simulator: Simulator
  let device: Device

  beforeEach(async () => {
    simulator = await startSimulator({ port: 0, token: TOKEN, dataFolder: null })
    device = new Device(`ws://127.0.0.1:${simulator.port}/ws/chat`)
    await call(`phones/${CLINIC}/scan-qr`, { qr: await device.start(), name: 'Aurora' })
    await device.open()
  })
  afterEach(async () => {
    device.stop()
    await simulator.close()
  })

  const call = async (path: string, body: object = {}): Promise<void> => {
    const response = await fetch(`http://127.0.0.1:${simulator.port}/admin/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(200)
  }

  const message = (content: BinaryNode[], attrs: Record<string, string> = {}): BinaryNode =>
    element('message', { id: messageId(), to: ANA_JID, type: 'text', ...attrs }, content)

  const received = (): unknown[] => simulator.network.findContact(ANA.slice(1))?.messages ?? []

  it('no ciphertext, garbage, an unknown kind of ciphertext', async () => {
    const garbage = [randomBytes(3), randomBytes(80).fill(1, 0, 1), Buffer.alloc(0)]
    const wrong = [
      [],
      [element('participants', {}, [])],
      ...garbage.map((bytes) => [element('enc', { v: '2', type: 'msg' }, bytes)]),
      [element('enc', { v: '2', type: 'secret' }, randomBytes(80).fill(0x33, 0, 1))],
    ]
    for (const content of wrong) expect((await device.acknowledged(message(content))).error).toBe('479')
    expect(received()).toEqual([])
  })

  it('a first message that does not say which device wrote it', async () => {
    const participants = element('participants', {}, await device.sealed([ANA_JID], 'Hola'))
    expect((await device.acknowledged(message([participants]))).error).toBe('479')
    const identity = element('device-identity', {}, randomBytes(40))
    expect((await device.acknowledged(message([participants, identity]))).error).toBeUndefined()
  })

  it('a group that does not exist, and one the clinic is not in', async () => {
    const content = [element('enc', { v: '2', type: 'skmsg' }, randomBytes(80).fill(0x33, 0, 1))]
    const inGroup = (to: string) => device.acknowledged(message(content, { to }))
    expect((await inGroup('120363025@g.us')).error).toBe('404')
    await call('groups', { group: '120363025', members: [ANA] })
    expect((await inGroup('120363025@g.us')).error).toBe('403')
  })

  it('not a wrong hash over the devices, but it answers with its own', async () => {
    await device.send(ANA, 'para que haya una sesión')
    await call(`contacts/${ANA}/send`, { to: CLINIC, text: 'y esté confirmada' })
    await device.receives('y esté confirmada')
    const send = async (phash: string) => {
      const participants = element('participants', {}, await device.sealed([ANA_JID], 'Hola'))
      return (await device.acknowledged(message([participants], { phash }))).phash
    }
    const right = participantHash([CLINIC_JID, `${CLINIC.slice(1)}:1@s.whatsapp.net`, ANA_JID])
    expect(await send(right)).toBeUndefined()
    expect(await send('2:AAAAAAAA')).toBe(right)
  })

  it('questions it does not know, and too many of those it knows', async () => {
    const ask = (xmlns: string, child: BinaryNode, type = 'get') =>
      device.refusal(element('iq', { to: 's.whatsapp.net', xmlns, type }, [child]))
    expect(await ask('w:weather', element('today', {}))).toBe(501)
    expect(await ask('w:p', element('ping', {}))).toBeNull()
    expect(await ask('encrypt', element('secrets', {}))).toBe(501)
    expect(await ask('md', element('hello', {}), 'set')).toBe(400)
    await call('faults', { limitQuestions: 1 })
    const usync = element('usync', { context: 'interactive', mode: 'query', sid: '1' }, [])
    expect(await ask('usync', usync)).toBe(429)
    expect(await ask('usync', usync)).toBeNull()
  })

  it('sixty messages to sixty strangers in a moment, though not to people it knows', async () => {
    const strangers = Array.from({ length: 60 }, (_, index) => `+54922150000${10 + index}`)
    await call('faults', { strangersPerMinute: 0 })
    const refused = (): unknown[] =>
      simulator.network.journal
        .since(0)
        .filter(({ type, code }) => type === 'message-refused' && code === '463')
    for (const phone of strangers) await device.send(phone, 'Su turno es mañana')
    await expect.poll(() => refused().length, { timeout: 15_000 }).toBe(20)
    const [known = ''] = strangers
    await device.send(known, 'Lo esperamos')
    await expect
      .poll(() => simulator.network.findContact(known.slice(1))?.messages.length, { timeout: 15_000 })
      .toBe(2)
    expect(refused()).toHaveLength(20)
  })
})

describe('the simulated network tells what the real one tells', () => {
  let simulator: Simulator
  let device: Device

  beforeEach(async () => {
    simulator = await startSimulator({ port: 0, token: TOKEN, dataFolder: null })
    device = new Device(`ws://127.0.0.1:${simulator.port}/ws/chat`)
    await call(`phones/${CLINIC}/scan-qr`, { qr: await device.start(), name: 'Aurora' })
    await device.open()
  })
  afterEach(async () => {
    device.stop()
    await simulator.close()
  })

  const call = async (path: string, body: object = {}): Promise<void> => {
    await fetch(`http://127.0.0.1:${simulator.port}/admin/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify(body),
    })
  }

  const companion = () => {
    const [found] = simulator.network.account(CLINIC.slice(1)).companions.values()
    if (!found) throw new Error('no device is linked')
    return found
  }

  it('that a device was added to the phone, until that is acknowledged', async () => {
    const heard = device.hears('CB:notification,type:devices')
    await call(`phones/${CLINIC}/devices`)
    expect(((await heard).content as BinaryNode[])[0]?.tag).toBe('add')
    await expect.poll(() => companion().queue.length).toBe(0)
  })

  it('that settings changed on another device', async () => {
    const heard = device.hears('CB:notification,type:server_sync')
    await call(`phones/${CLINIC}/settings-changed`, { collection: 'regular_low', version: 2 })
    expect(((await heard).content as BinaryNode[])[0]?.attrs).toMatchObject({ name: 'regular_low' })
  })

  it('that few keys are left, by itself as they are used up', async () => {
    companion().preKeys.splice(0, companion().preKeys.length - 10)
    const heard = device.hears('CB:notification,type:encrypt')
    for (let index = 0; index < 6; index += 1)
      await call(`contacts/+54922160000${10 + index}/send`, { to: CLINIC, text: 'Hola' })
    expect(((await heard).content as BinaryNode[])[0]?.attrs).toMatchObject({ value: '9' })
    await expect.poll(() => companion().preKeys.length, { timeout: 10_000 }).toBeGreaterThan(4)
  })

  it('what a channel publishes', async () => {
    await call(`phones/${CLINIC}/newsletter`, { newsletter: '120363111', text: 'Novedades' })
    expect(await device.receives('Novedades')).toMatchObject({ group: false })
  })

  it('how much waits, before it comes', async () => {
    await expect.poll(() => companion().queue.length).toBe(0)
    device.stop()
    await expect.poll(() => simulator.network.connections.size).toBe(0)
    for (const text of ['uno', 'dos', 'tres']) await call(`contacts/${ANA}/send`, { to: CLINIC, text })
    const back = new Device(`ws://127.0.0.1:${simulator.port}/ws/chat`, device.auth)
    const opened = back.resume()
    const preview = await back.hears('CB:ib,,offline_preview')
    await opened
    expect((preview.content as BinaryNode[])[0]?.attrs).toMatchObject({ count: '3', message: '3' })
    await back.receives('tres')
    back.stop()
  })
})
