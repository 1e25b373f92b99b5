import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/http/server.ts'
import { ForeignDevice } from './support/foreign.ts'

const TOKEN = 'a-token-for-the-foreign-tests'
const CLINIC = '+5491155550100'
const ANA = '+5492211234567'

/** zapo-js was written against the real network: what it needs is what the simulator must do. */
describe('a client of other origin, unmodified', () => {
  let simulator: Simulator
  let devices: ForeignDevice[]

  beforeEach(async () => {
    devices = []
    simulator = await startSimulator({ port: 0, token: TOKEN, dataFolder: null })
  })
  afterEach(async () => {
    await Promise.all(devices.map((device) => device.stop()))
    await simulator.close()
  })

  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`http://127.0.0.1:${simulator.port}/admin/${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return (await response.json()) as {
      id: string
      jid: string
      items: { text: string; deliveries: number }[]
    }
  }

  const device = (store?: ForeignDevice['store']): ForeignDevice => {
    const made = new ForeignDevice(`ws://127.0.0.1:${simulator.port}/ws/chat`, simulator.network, store)
    devices.push(made)
    return made
  }

  const linked = async (): Promise<ForeignDevice> => {
    const made = device()
    await call('POST', `phones/${CLINIC}/scan-qr`, { qr: await made.start(), name: 'Aurora' })
    await made.online()
    return made
  }

  const writes = (text: string) => call('POST', `contacts/${ANA}/send`, { to: CLINIC, text })

  it('is linked, receives without asking to, sends, and hears of it', async () => {
    const made = await linked()
    await writes('Hola')
    await made.receives('Hola')
    const id = await made.send(ANA, 'Su turno es mañana')
    await made.receipt(id)
    const { items } = await call('GET', `inbox?to=${encodeURIComponent(ANA)}`)
    expect(items).toMatchObject([{ text: 'Su turno es mañana', deliveries: 1 }])
    await writes('Sí')
    await made.receives('Sí')
  })

  it('finds the digest of its keys right', async () => {
    const made = await linked()
    await made.logged('signal digest validated')
    expect(made.log.filter((line) => line.includes('digest validation failed'))).toEqual([])
  })

  it('resumes with the key it remembers, and gets what waited', async () => {
    const made = await linked()
    await made.logged('signal digest validated')
    await made.stop()
    await writes('mientras tanto')
    const back = device(made.store)
    await back.client.connect()
    await back.receives('mientras tanto')
    await back.logged('noise resume handshake successful without fallback')
  })

  it('is told when the network has another key than the one it remembers', async () => {
    const made = await linked()
    await made.stop()
    await call('POST', 'renew-server-key')
    const back = device(made.store)
    await back.client.connect()
    await back.online()
    await back.logged('noise resume handshake fallback to XX')
    await writes('después')
    await back.receives('después')
  })

  it('brings new keys when few are left', async () => {
    const made = await linked()
    await made.logged('signal digest validated')
    await call('POST', `phones/${CLINIC}/few-keys`, { left: 3 })
    const [companion] = simulator.network.account(CLINIC.slice(1)).companions.values()
    await made.until('new keys', () => (companion?.preKeys.length ?? 0) > 100)
  })

  it('reads a group with sender keys, writes in it, and is refused in one that does not exist', async () => {
    const made = await linked()
    const { jid } = await call('POST', 'groups', { group: '120363025', members: [CLINIC, ANA] })
    for (const text of ['Hola grupo', 'otra vez']) {
      await call('POST', `contacts/${ANA}/send-group`, { to: CLINIC, group: jid, text })
      expect(await made.receives(text)).toMatchObject({ group: true })
    }
    const { id } = await made.client.sendMessage(jid, 'Buenas')
    await made.receipt(id)
    const { items } = await call('GET', `inbox?to=${encodeURIComponent(ANA)}`)
    expect(items).toMatchObject([{ text: 'Buenas', deliveries: 1 }])
    await expect(made.client.sendMessage('120363999@g.us', '¿hay alguien?')).rejects.toThrow()
  })
})
