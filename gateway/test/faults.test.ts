import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from './support/until.ts'
import { type Clinic, type GatewayProcess, newPatient, World } from './support/world.ts'

describe('a network that misbehaves', () => {
  let world: World
  let gateway: GatewayProcess
  let clinic: Clinic
  let ana: string

  beforeAll(async () => {
    world = await World.create()
    gateway = await world.gateway()
    clinic = await world.link(gateway)
  })
  beforeEach(() => {
    ana = newPatient()
  })
  afterEach(() =>
    world.simulator.faults({ reorderDeliveries: 0, latencyMs: 0, receiptDelayMs: 0, loseReceipts: 0 }),
  )
  afterAll(() => world.close())

  const arrives = (id: string) =>
    world.backend.hears(
      'the message arrives',
      ({ type, data }) => type === 'message.inbound' && data.providerMessageId === id,
    )

  it('may deliver messages in another order: each is reported once, with the time it was written', async () => {
    await arrives(await world.simulator.writes(ana, clinic.phone, 'al principio'))
    await world.simulator.faults({ reorderDeliveries: 3 })
    const sent = []
    for (const minutes of [3, 2, 1]) {
      const writtenAt = new Date(Math.floor(Date.now() / 1000 - minutes * 60) * 1000).toISOString()
      const id = await world.simulator.writes(ana, clinic.phone, `hace ${minutes}`, { writtenAt })
      sent.push({ id, writtenAt })
    }
    for (const { id, writtenAt } of sent) expect((await arrives(id)).data.sentAt).toBe(writtenAt)
    const copies = world.backend.inbound(clinic.lineId).filter(({ text }) => String(text).startsWith('hace '))
    expect(copies.map(({ text }) => text)).toEqual(['hace 1', 'hace 2', 'hace 3'])
  })

  it('may be slow: messages still leave once and come once', async () => {
    await world.simulator.faults({ latencyMs: 120 })
    const [sent, id] = await Promise.all([
      world.send(gateway, clinic, ana, 'sin apuro'),
      world.simulator.writes(ana, clinic.phone, 'tampoco'),
    ])
    await Promise.all([world.told(sent.messageId, 'delivered'), arrives(id)])
    expect((await world.simulator.inbox(ana)).map(({ deliveries }) => deliveries)).toEqual([1])
  })

  it('may lose a receipt or bring it late: a message is said to be where it was seen last', async () => {
    await world.simulator.faults({ loseReceipts: 1 })
    const lost = await world.send(gateway, clinic, ana, '¿llegó?')
    await world.simulator.sees(
      'the loss',
      ({ type, id }) => type === 'receipt-lost' && id === lost.providerMessageId,
    )
    expect(world.backend.story(lost.messageId)).not.toContain('delivered')
    await world.simulator.faults({ receiptDelayMs: 300 })
    const late = await world.send(gateway, clinic, ana, '¿y ahora?')
    await world.told(late.messageId, 'delivered')
    expect(world.backend.story(late.messageId)).toEqual(['sending', 'sent', 'delivered'])
    expect(world.backend.story(lost.messageId)).toEqual(['sending', 'sent'])
  })

  it('may send frames that are cut off: the connection starts over and the process lives', async () => {
    await world.simulator.drop('truncated', undefined, clinic.phone)
    await world.backend.hears(
      'a lost connection',
      ({ lineId, data }) => lineId === clinic.lineId && data.state === 'reconnecting',
    )
    await arrives(await world.simulator.writes(ana, clinic.phone, 'sigo acá'))
    expect(gateway.child.running).toBe(true)
  })

  it('may take back the QR codes it gave: others are offered', async () => {
    const fresh = world.newClinic()
    await world.start(gateway, fresh)
    const before = await world.qr(gateway, fresh)
    await world.simulator.call('POST', 'expire-qr')
    await world.backend.hears(
      'another QR code',
      ({ lineId, data }) => lineId === fresh.lineId && Number(data.qrGeneration) > 1,
    )
    const after = await world.qr(gateway, fresh)
    expect(after).not.toBe(before)
    await world.simulator.scan(fresh.phone, after)
    await world.reaches(gateway, fresh, 'linked')
  })

  it('may be gone without a word: what is to be sent then waits for a connection that answers', async () => {
    const clinic = await world.link(gateway)
    const patient = newPatient()
    const known = await world.send(gateway, clinic, patient, 'Antes')
    await world.told(known.messageId, 'delivered')
    await world.simulator.drop('blackhole', undefined, clinic.phone)
    const cutAt = Date.now()
    await until('longer is passed than a connection is believed in', () => Date.now() - cutAt > 1_100)
    const sent = await world.send(gateway, clinic, patient, 'Su turno es mañana')
    await world.told(sent.messageId, 'delivered', 30_000)
    expect(world.backend.story(sent.messageId)).not.toContain('unknown')
    const inbox = await world.simulator.inbox(patient)
    expect(inbox.map(({ text, deliveries }) => [text, deliveries])).toEqual([
      ['Antes', 1],
      ['Su turno es mañana', 1],
    ])
  }, 60_000)

  it('may restart: lines come back by themselves and what was waiting arrives', async () => {
    await world.simulator.call('POST', 'restart', { downMs: 300 })
    const id = await world.simulator.writes(ana, clinic.phone, 'durante la pausa')
    expect((await arrives(id)).data.offline).toBe(true)
    await world.reaches(gateway, clinic, 'linked')
  })

  it("may have another device of the clinic: what is written there is the clinic's own", async () => {
    await world.simulator.call('POST', `phones/${clinic.phone}/devices`)
    const sent = await world.send(gateway, clinic, ana, 'desde Recado')
    await world.simulator.sees(
      'its copy on the other device',
      ({ type, id }) => type === 'device-copy' && id === sent.providerMessageId,
    )
    const writing = { to: ana, text: 'desde la recepción' }
    const { id } = await world.simulator.call('POST', `phones/${clinic.phone}/devices-send`, writing)
    expect((await arrives(String(id))).data).toMatchObject({
      fromMe: true,
      chat: { kind: 'direct', phone: ana },
      sender: { phone: clinic.phone },
      text: 'desde la recepción',
    })
  })
})
