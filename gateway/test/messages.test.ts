import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Clinic, type GatewayProcess, newPatient, World } from './support/world.ts'

describe('a linked line', () => {
  let world: World
  let gateway: GatewayProcess
  let clinic: Clinic

  beforeAll(async () => {
    world = await World.create()
    gateway = await world.gateway()
    clinic = await world.link(gateway)
  })
  afterAll(() => world.close())

  it('brings a reminder to the patient and says when it was delivered and read', async () => {
    const ana = newPatient()
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

  it("tells the backend what a patient answers, and that the clinic's phone has it", async () => {
    const ana = newPatient()
    const id = await world.simulator.writes(ana, clinic.phone, 'Sí, voy 👍', { name: 'Ana' })
    const { data } = await world.backend.hears(
      'the answer arrives',
      ({ type, data }) => type === 'message.inbound' && data.providerMessageId === id,
    )
    expect(data).toMatchObject({
      chat: { kind: 'direct', phone: ana, id: ana },
      sender: { phone: ana, name: 'Ana' },
      fromMe: false,
      kind: 'text',
      text: 'Sí, voy 👍',
      quotedProviderMessageId: null,
    })
    await world.simulator.sees(
      'a delivery receipt',
      (event) => event.type === 'companion-receipt' && event.id === id,
    )
  })
})
