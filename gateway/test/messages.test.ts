import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Clinic, commandFor, type GatewayProcess, newPatient, World } from './support/world.ts'

describe('a linked line', () => {
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
  afterAll(() => world.close())

  const arrives = (id: string) =>
    world.backend.hears(
      'the message arrives',
      ({ type, data }) => type === 'message.inbound' && data.providerMessageId === id,
    )

  it('brings a reminder to the patient and says when it was delivered and read', async () => {
    await world.simulator.call('POST', `contacts/${ana}/policy`, { read: true, name: 'Ana' })
    const { messageId, providerMessageId, answer } = await world.send(
      gateway,
      clinic,
      ana,
      'Su turno es mañana 🦷',
    )
    expect(answer?.status).toBe(202)
    expect(answer?.body).toEqual({ messageId, state: 'accepted' })
    await world.told(messageId, 'read')
    expect(world.backend.story(messageId)).toEqual(['sending', 'sent', 'delivered', 'read'])
    expect(await world.simulator.inbox(ana)).toEqual([
      expect.objectContaining({
        from: clinic.phone,
        id: providerMessageId,
        text: 'Su turno es mañana 🦷',
        deliveries: 1,
      }),
    ])
  })

  it('tells the backend what a patient answers, quoting what, and the network that it arrived', async () => {
    const reminder = await world.send(gateway, clinic, ana, '¿Viene mañana?')
    await world.told(reminder.messageId, 'delivered')
    const quotedId = reminder.providerMessageId
    const id = await world.simulator.writes(ana, clinic.phone, 'Sí, voy 👍', { name: 'Ana', quotedId })
    expect((await arrives(id)).data).toMatchObject({
      chat: { kind: 'direct', phone: ana, id: ana },
      sender: { phone: ana, name: 'Ana' },
      fromMe: false,
      kind: 'text',
      text: 'Sí, voy 👍',
      quotedProviderMessageId: quotedId,
      offline: false,
    })
    await world.simulator.sees(
      'a delivery receipt',
      ({ type, id: of }) => type === 'companion-receipt' && of === id,
    )
  })

  it('says of a group message that it is one, and of what the owner types that it is our own', async () => {
    const inGroup = await world.simulator.call('POST', `contacts/${ana}/send-group`, {
      to: clinic.phone,
      group: '120363025',
      text: 'Hola a todos',
    })
    expect((await arrives(String(inGroup.id))).data).toMatchObject({
      chat: { kind: 'group', phone: null, id: '120363025@g.us' },
      sender: { phone: ana },
      fromMe: false,
      text: 'Hola a todos',
    })
    const typed = await world.simulator.call('POST', `phones/${clinic.phone}/send`, {
      to: ana,
      text: 'La llamo luego',
    })
    expect((await arrives(String(typed.id))).data).toMatchObject({
      chat: { kind: 'direct', phone: ana },
      sender: { phone: clinic.phone },
      fromMe: true,
      text: 'La llamo luego',
    })
  })

  it('keeps the order in which messages to one patient were accepted', async () => {
    const texts = Array.from({ length: 12 }, (_, index) => `mensaje ${index}`)
    const sent = []
    for (const text of texts) sent.push(await world.send(gateway, clinic, ana, text))
    for (const { messageId } of sent) await world.told(messageId, 'delivered')
    expect((await world.simulator.inbox(ana)).map(({ text }) => text)).toEqual(texts)
  })

  it('survives a patient and the clinic writing first at the same instant', async () => {
    const both = Array.from({ length: 8 }, async () => {
      const patient = newPatient()
      const [sent, id] = await Promise.all([
        world.send(gateway, clinic, patient, 'recordatorio'),
        world.simulator.writes(patient, clinic.phone, 'hola'),
      ])
      await Promise.all([world.told(sent.messageId, 'delivered'), arrives(id)])
      return (await world.simulator.inbox(patient)).map(({ deliveries }) => deliveries)
    })
    expect((await Promise.all(both)).flat()).toEqual(Array(8).fill(1))
  })

  it('records a message once, however often the network delivers it', async () => {
    await world.simulator.faults({ duplicateDeliveries: 2 })
    const id = await world.simulator.writes(ana, clinic.phone, 'una sola vez')
    await arrives(String(id))
    await world.simulator.faults({ duplicateDeliveries: 0 })
    const after = await world.simulator.writes(ana, clinic.phone, 'después')
    await arrives(after)
    expect(world.backend.inbound(clinic.lineId).filter(({ text }) => text === 'una sola vez')).toHaveLength(1)
    const refusals = (await world.simulator.events()).filter(
      (event) => event.type === 'companion-refused' && event.id === id,
    )
    expect(refusals).toEqual([])
  })

  it('does not write to a phone that is not on WhatsApp', async () => {
    await world.simulator.call('POST', `contacts/${ana}/policy`, { onWhatsApp: false })
    const { messageId } = await world.send(gateway, clinic, ana, 'nadie lo lee')
    const { data } = await world.told(messageId, 'failed')
    expect(data.reason).toBe('not-on-whatsapp')
    expect(world.backend.story(messageId)).toEqual(['failed'])
  })

  it('remembers who is on WhatsApp instead of asking with each message', async () => {
    const first = await world.send(gateway, clinic, ana, 'uno')
    await world.told(first.messageId, 'delivered')
    await world.simulator.call('POST', `contacts/${ana}/policy`, { onWhatsApp: false })
    const second = await world.send(gateway, clinic, ana, 'dos')
    await world.told(second.messageId, 'sent')
    const stranger = newPatient()
    await world.simulator.call('POST', `contacts/${stranger}/policy`, { onWhatsApp: false })
    await world.told((await world.send(gateway, clinic, stranger, 'tres')).messageId, 'failed')
    await world.simulator.call('POST', `contacts/${stranger}/policy`, { onWhatsApp: true })
    const { data } = await world.told(
      (await world.send(gateway, clinic, stranger, 'cuatro')).messageId,
      'failed',
    )
    expect(data.reason).toBe('not-on-whatsapp')
  })

  it('finds people whose number the network spells differently', async () => {
    const digits = ana.slice(-6)
    const brazil = { wire: `+5511${'87'}${digits}`, e164: `+55119${'87'}${digits}` }
    const mexico = { wire: `+52155${'12'}${digits}`, e164: `+5255${'12'}${digits}` }
    for (const { wire, e164 } of [brazil, mexico]) {
      const id = await world.simulator.writes(wire, clinic.phone, 'oi')
      expect((await arrives(id)).data).toMatchObject({ chat: { phone: e164 }, sender: { phone: e164 } })
      const { messageId } = await world.send(gateway, clinic, e164, 'respuesta')
      await world.told(messageId, 'delivered')
      expect(await world.simulator.inbox(wire)).toEqual([
        expect.objectContaining({ text: 'respuesta', deliveries: 1 }),
      ])
    }
  })

  it('takes a command once, and refuses another one under the same id', async () => {
    const { messageId, command, path } = await world.send(gateway, clinic, ana, 'una vez')
    await world.told(messageId, 'delivered')
    const again = await gateway.call('PUT', path, command)
    expect([again.status, again.body.messageId]).toEqual([200, messageId])
    expect(['delivered', 'read']).toContain(again.body.state)
    const other = await gateway.call('PUT', path, commandFor(ana, 'otra cosa'))
    expect([other.status, other.body.code, other.type]).toEqual([
      409,
      'command-differs',
      expect.stringContaining('application/problem+json'),
    ])
    expect(await world.simulator.inbox(ana)).toHaveLength(1)
  })

  it('withdraws what has not left, and stores a tombstone for what has not come', async () => {
    const gone = randomUUID()
    const path = `/lines/${clinic.lineId}/commands/${gone}`
    expect((await gateway.call('DELETE', path)).body).toEqual({ messageId: gone, state: 'withdrawn' })
    const late = await gateway.call('PUT', path, commandFor(ana, 'tarde'))
    expect([late.status, late.body.state]).toEqual([200, 'withdrawn'])
    const sent = await world.send(gateway, clinic, ana, 'ya salió')
    await world.told(sent.messageId, 'sent')
    const refused = await gateway.call('DELETE', sent.path)
    expect([refused.status, refused.body.code]).toEqual([409, 'command-not-withdrawable'])
    expect(['sent', 'delivered']).toContain(refused.body.state)
  })

  it('lets exactly one of sending and withdrawing win', async () => {
    const races = Array.from({ length: 20 }, async () => {
      const patient = newPatient()
      const { messageId, path } = await world.send(gateway, clinic, patient, 'carrera')
      const { status } = await gateway.call('DELETE', path)
      await world.told(messageId, status === 200 ? 'withdrawn' : 'delivered')
      return { withdrawn: status === 200, received: (await world.simulator.inbox(patient)).length }
    })
    for (const { withdrawn, received } of await Promise.all(races)) expect(received).toBe(withdrawn ? 0 : 1)
  })

  it('reports what the network refuses, and why', async () => {
    await world.simulator.faults({ nextAckError: '463' })
    const limited = await world.send(gateway, clinic, ana, 'demasiados')
    expect((await world.told(limited.messageId, 'failed')).data.reason).toBe('rate-limited')
    await world.simulator.faults({ nextAckError: '479' })
    const rejected = await world.send(gateway, clinic, ana, 'rechazado')
    expect((await world.told(rejected.messageId, 'failed')).data.reason).toBe('rejected-by-network')
  })

  it('calls a message unknown when the network is silent, and does not send it again', async () => {
    await world.simulator.call('POST', `contacts/${ana}/policy`, { delivery: false })
    await world.simulator.faults({ swallowAck: 1 })
    const { messageId, providerMessageId } = await world.send(gateway, clinic, ana, '¿llegó?')
    expect((await world.told(messageId, 'unknown')).data.reason).toBe('no-acknowledgement')
    await world.simulator.call('POST', `contacts/${ana}/read`, {
      from: clinic.phone,
      ids: [providerMessageId],
    })
    await world.told(messageId, 'read')
    expect(world.backend.story(messageId)).toEqual(['sending', 'unknown', 'read'])
    expect((await world.simulator.inbox(ana)).map(({ deliveries }) => deliveries)).toEqual([1])
  })

  it('settles an unknown message by a late acknowledgement, or by its copy from the phone', async () => {
    await world.simulator.call('POST', `contacts/${ana}/policy`, { delivery: false })
    await world.simulator.faults({ delayAckMs: 1300 })
    const late = await world.send(gateway, clinic, ana, 'tarde pero seguro')
    await world.told(late.messageId, 'unknown')
    await world.told(late.messageId, 'sent')
    await world.simulator.faults({ delayAckMs: 0, swallowAck: 1 })
    const { messageId, providerMessageId } = await world.send(gateway, clinic, ana, 'eco')
    await world.told(messageId, 'unknown')
    const copy = { to: ana, text: 'eco', id: providerMessageId }
    await world.simulator.call('POST', `phones/${clinic.phone}/send`, copy)
    await world.told(messageId, 'sent')
    expect(world.backend.inbound(clinic.lineId).filter(({ text }) => text === 'eco')).toEqual([])
  })

  it('gives up a command that is too late, and keeps messages written while the line was away', async () => {
    await gateway.call('POST', `/lines/${clinic.lineId}/stop`)
    await world.reaches(gateway, clinic, 'stopped')
    const { messageId, answer } = await world.send(gateway, clinic, ana, 'ya no sirve', 0.005)
    expect(answer?.status).toBe(202)
    expect((await world.told(messageId, 'expired')).data.reason).toBe('too-late')
    const waiting = await world.send(gateway, clinic, ana, 'todavía sirve')
    const id = await world.simulator.writes(ana, clinic.phone, 'mientras no estaban')
    await world.start(gateway, clinic)
    expect((await arrives(id)).data).toMatchObject({ text: 'mientras no estaban', offline: true })
    await world.told(waiting.messageId, 'delivered')
  })

  it('carries long texts in deliveries that the backend can take, and cuts one beyond all measure', async () => {
    const from = newPatient()
    world.backend.taking = false
    for (let i = 0; i < 24; i += 1) {
      await world.simulator.call('POST', `contacts/${from}/send`, {
        to: clinic.phone,
        text: `${i} ${'ñ'.repeat(40_000)}`,
      })
    }
    const { id } = await world.simulator.call('POST', `contacts/${from}/send`, {
      to: clinic.phone,
      text: 'x'.repeat(70_000),
    })
    world.backend.taking = true
    const last = await arrives(String(id))
    expect(String(last.data.text)).toHaveLength(65_536)
    const texts = world.backend.inbound(clinic.lineId).filter(({ text }) => String(text).endsWith('ñ'))
    expect(texts).toHaveLength(24)
  })

  it('numbers the events of a line without gaps, each delivered and signed', async () => {
    const seqs = world.backend.of(clinic.lineId).map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.map((_, index) => index + 1))
    expect(world.backend.refused).toEqual([])
  })
})
