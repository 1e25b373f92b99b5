import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/http/server.ts'
import { Delivery } from '../src/network/delivery.ts'
import { Device } from './support/device.ts'

const TOKEN = 'a-token-for-the-fault-tests'
const CLINIC = '+5491155550100'
const ANA = '+5492211234567'

interface Entry {
  type: string
  id?: string
  answer?: string
}

describe('the simulated network misbehaves on request', () => {
  let simulator: Simulator
  let device: Device

  beforeEach(async () => {
    simulator = await startSimulator({ port: 0, token: TOKEN, dataFolder: null })
    device = new Device(`ws://127.0.0.1:${simulator.port}/ws/chat`)
  })
  afterEach(async () => {
    device.stop()
    await simulator.close()
  })

  const call = async (path: string, body: object = {}): Promise<{ status: number; id: string }> => {
    const response = await fetch(`http://127.0.0.1:${simulator.port}/admin/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify(body),
    })
    return { status: response.status, ...((await response.json()) as { id: string }) }
  }

  const linked = async (): Promise<void> => {
    await call(`phones/${CLINIC}/scan-qr`, { qr: await device.start(), name: 'Aurora' })
    await device.open()
  }

  /** Waits for something to be written in the network's journal. */
  const happens = (look: (entry: Entry) => boolean): Promise<Entry> =>
    new Promise((resolve) => {
      const { journal } = simulator.network
      const found = (journal.since(0) as unknown as Entry[]).find(look)
      if (found) return resolve(found)
      const stop = journal.listen((entry) => {
        if (!look(entry as unknown as Entry)) return
        stop()
        resolve(entry as unknown as Entry)
      })
    })

  const writes = async (text: string): Promise<string> =>
    (await call(`contacts/${ANA}/send`, { to: CLINIC, text })).id

  /** In the order in which they came; what devices tell each other has no text. */
  const texts = (): string[] => device.received.map(({ text }) => text).filter((text) => text !== '')

  it('by taking QR codes back before somebody scans one', async () => {
    const qr = await device.start()
    expect(await call('expire-qr')).toMatchObject({ status: 200, expired: 1 })
    expect((await call(`phones/${CLINIC}/scan-qr`, { qr })).status).toBe(410)
    await device.closed(428)
  })

  it('by delivering messages last first', async () => {
    await linked()
    await writes('al principio')
    await device.receives('al principio')
    await call('faults', { reorderDeliveries: 3 })
    for (const text of ['uno', 'dos', 'tres']) await writes(text)
    for (const text of ['uno', 'dos', 'tres']) await device.receives(text)
    expect(texts()).toEqual(['al principio', 'tres', 'dos', 'uno'])
  })

  it('by being slow, in both directions and in order', async () => {
    await linked()
    await call('faults', { latencyMs: 100 })
    const began = Date.now()
    await device.send(ANA, 'despacio')
    await happens(({ type, id }) => type === 'message' && id === device.lastSentId)
    expect(Date.now() - began).toBeGreaterThanOrEqual(100)
    for (const text of ['uno', 'dos']) await writes(text)
    await device.receives('dos')
    expect(texts()).toEqual(['despacio', 'uno', 'dos'])
  })

  it('by losing receipts, and by asking for a message again', async () => {
    await linked()
    await call('faults', { loseReceipts: 1, askAgain: 1 })
    await device.send(ANA, '¿llegó?')
    await happens(({ type, id }) => type === 'undecryptable' && id === device.lastSentId)
    await happens(({ type, id }) => type === 'receipt-lost' && id === device.lastSentId)
  })

  it('by going away and coming back, with what was waiting', async () => {
    await linked()
    await call('restart', { downMs: 150 })
    await writes('mientras tanto')
    await happens(({ type }) => type === 'restarted')
    await device.receives('mientras tanto')
  })

  it('by a script, step after step', async () => {
    await linked()
    const steps = [
      { afterMs: 1, call: `contacts/${ANA}/send`, body: { to: CLINIC, text: 'del guion' } },
      { afterMs: 1, call: 'no-such-call' },
    ]
    expect(await call('script', { steps })).toMatchObject({ status: 200, steps: 2 })
    await device.receives('del guion')
    await happens(({ type, answer }) => type === 'script-step' && answer === 'no such path')
    // A device whose connection ends while it opens a message may never show it, so that comes after.
    await call('script', { steps: [{ afterMs: 1, call: 'drop', body: { mode: 'close' } }] })
    await device.closed(428)
  })

  it("through another device of the clinic, which sees what the clinic sends and whose messages are the clinic's", async () => {
    await linked()
    await call(`phones/${CLINIC}/devices`)
    await device.send(ANA, 'desde Recado')
    await happens(({ type, id }) => type === 'device-copy' && id === device.lastSentId)
    await call(`phones/${CLINIC}/devices-send`, { to: ANA, text: 'desde la recepción' })
    expect(await device.receives('desde la recepción')).toMatchObject({ fromMe: true })
  })

  it('in known ways only', async () => {
    expect((await call('faults', { sendEverythingTwice: true })).status).toBe(400)
    expect((await call('faults', { latencyMs: 'slow' })).status).toBe(400)
    expect((await call('drop', { mode: 'unkindly' })).status).toBe(400)
  })

  it('but brings what is written to the connection that came last, though an older one was never closed', async () => {
    await linked()
    device.falls()
    const next = new Device(`ws://127.0.0.1:${simulator.port}/ws/chat`, device.auth)
    await next.resume()
    await writes('para la nueva')
    await next.receives('para la nueva')
    next.stop()
  })

  it('and by asking twice for a message: each question waits for its own answer', async () => {
    await linked()
    await device.send(ANA, '¿llegó?')
    const id = device.lastSentId
    await happens((entry) => entry.type === 'receipt' && entry.id === id)
    device.stop()
    await happens(({ type }) => type === 'disconnected')
    for (let i = 0; i < 2; i += 1) await call(`contacts/${ANA}/ask-again`, { from: CLINIC, ids: [], id })
    const [companion] = simulator.network.account(CLINIC.slice(1)).companions.values()
    if (!companion) throw new Error('no device is linked')
    const waiting = () => companion.queue.filter(({ node }) => node.attrs.type === 'retry').length
    const delivery = new Delivery(simulator.network)
    delivery.heard(companion, id, undefined)
    expect(waiting()).toBe(2)
    delivery.heard(companion, id, 'retry')
    expect(waiting()).toBe(1)
  })
})
