import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Failpoint } from '../src/failpoint.ts'
import { type Clinic, type GatewayProcess, newPatient, World } from './support/world.ts'

describe('a gateway that is killed', () => {
  let world: World
  let clinic: Clinic
  let ana: string

  beforeAll(async () => {
    world = await World.create()
    const gateway = await world.gateway()
    clinic = await world.link(gateway)
  })
  beforeEach(() => {
    ana = newPatient()
  })
  afterEach(() => world.stopGateways())
  afterAll(() => world.close())

  /** Runs a gateway that dies at this moment, then a healthy one. */
  async function dying<T>(
    at: Failpoint,
    act: (gateway: GatewayProcess) => Promise<T>,
  ): Promise<[T, GatewayProcess]> {
    const doomed = await world.gateway({ RECADO_FAILPOINT: at })
    await world.reaches(doomed, clinic, 'linked')
    const result = await act(doomed)
    expect((await doomed.child.exited).signal).toBe('SIGKILL')
    const healthy = await world.gateway()
    await world.reaches(healthy, clinic, 'linked')
    return [result, healthy]
  }

  /** The kill may come before or after the message is taken up: then it is sent, or unknown, but never sent twice. */
  const isSettled = (messageId: string) =>
    world.backend.hears(
      'it is settled',
      ({ data }) => data.messageId === messageId && ['delivered', 'unknown'].includes(String(data.state)),
    )

  const deliveries = async () => (await world.simulator.inbox(ana)).map(({ deliveries }) => deliveries)

  it('before a command is committed knows nothing of it, and takes it when it is repeated', async () => {
    const [sent, gateway] = await dying('command-before-commit', (doomed) =>
      world.send(doomed, clinic, ana, 'uno'),
    )
    expect(sent.answer).toBeNull()
    expect((await gateway.call('GET', sent.path)).status).toBe(404)
    expect((await gateway.call('PUT', sent.path, sent.command)).status).toBe(202)
    await world.told(sent.messageId, 'delivered')
    expect(await deliveries()).toEqual([1])
  })

  it('after a command is committed goes on by itself, and sends it once', async () => {
    const [sent, gateway] = await dying('command-accepted', (doomed) =>
      world.send(doomed, clinic, ana, 'dos'),
    )
    expect(sent.answer).toBeNull()
    expect((await gateway.call('PUT', sent.path, sent.command)).status).toBe(200)
    await isSettled(sent.messageId)
    expect((await deliveries()).length).toBeLessThanOrEqual(1)
  })

  it('before writing to the socket calls the message unknown and never sends it', async () => {
    const [sent, gateway] = await dying('sending-committed', (doomed) =>
      world.send(doomed, clinic, ana, 'tres'),
    )
    const { data } = await world.told(sent.messageId, 'unknown')
    expect(data.reason).toBe('found-sending-at-start')
    const next = await world.send(gateway, clinic, ana, 'cuatro')
    await world.told(next.messageId, 'delivered')
    expect((await world.simulator.inbox(ana)).map(({ text }) => text)).toEqual(['cuatro'])
    expect(world.backend.story(sent.messageId)).toEqual(['sending', 'unknown'])
  })

  it('after writing to the socket never sends again; the receipt settles it', async () => {
    await world.simulator.call('POST', `contacts/${ana}/policy`, { delivery: false })
    const [sent, gateway] = await dying('socket-written', (doomed) =>
      world.send(doomed, clinic, ana, 'cinco'),
    )
    await world.told(sent.messageId, 'unknown')
    await world.simulator.call('POST', `contacts/${ana}/policy`, { delivery: true })
    await world.simulator.call('POST', `contacts/${ana}/read`, {
      from: clinic.phone,
      ids: [sent.providerMessageId],
    })
    await world.told(sent.messageId, 'read')
    const next = await world.send(gateway, clinic, ana, 'seis')
    await world.told(next.messageId, 'delivered')
    expect(await deliveries()).toEqual([1, 1])
  })

  it('before committing the acknowledgement never sends again; the receipt that waited settles it', async () => {
    const [sent] = await dying('ack-received', (doomed) => world.send(doomed, clinic, ana, 'siete'))
    await world.told(sent.messageId, 'delivered')
    expect(world.backend.story(sent.messageId)).toEqual(['sending', 'unknown', 'delivered'])
    expect(await deliveries()).toEqual([1])
  })

  it.each<Failpoint>(['inbound-in-handler', 'inbound-committed'])(
    'while it receives a message (%s) neither loses nor repeats it, and the patient sees that it arrived',
    async (moment) => {
      const [id] = await dying(moment, () => world.simulator.writes(ana, clinic.phone, `hola ${moment}`))
      await world.backend.hears('the message', ({ data }) => data.providerMessageId === id)
      await world.simulator.sees(
        'a receipt',
        (event) => event.type === 'companion-receipt' && event.id === id,
      )
      const after = await world.simulator.writes(ana, clinic.phone, 'y otra')
      await world.backend.hears('the next message', ({ data }) => data.providerMessageId === after)
      const copies = world.backend
        .inbound(clinic.lineId)
        .filter(({ providerMessageId }) => providerMessageId === id)
      expect(copies).toHaveLength(1)
    },
  )

  it.each<Failpoint>(['event-before-post', 'event-posted'])(
    'while it reports (%s) reports everything at least once and in order',
    async (moment) => {
      const doomed = await world.gateway({ RECADO_FAILPOINT: moment, RECADO_FAILPOINT_COUNT: '2' })
      await world.reaches(doomed, clinic, 'linked')
      const sent = await world.send(doomed, clinic, ana, 'ocho')
      expect((await doomed.child.exited).signal).toBe('SIGKILL')
      await world.gateway()
      await isSettled(sent.messageId)
      const seqs = world.backend.of(clinic.lineId).map(({ seq }) => seq)
      expect(seqs).toEqual(seqs.map((_, index) => index + 1))
    },
  )

  it('keeps events while the backend is away', async () => {
    const gateway = await world.gateway()
    await world.reaches(gateway, clinic, 'linked')
    world.backend.taking = false
    const sent = await world.send(gateway, clinic, ana, 'nueve')
    await world.simulator.sees(
      'it is sent anyway',
      (event) => event.type === 'message' && event.id === sent.providerMessageId,
    )
    await gateway.kill()
    world.backend.taking = true
    const next = await world.gateway()
    await world.told(sent.messageId, 'delivered')
    await next.stop()
  })

  it('or stopped leaves no message behind that nobody waits for', async () => {
    const gateway = await world.gateway({ RECADO_GATEWAY_ACK_SECONDS: '60' })
    await world.reaches(gateway, clinic, 'linked')
    await world.simulator.call('POST', `contacts/${ana}/policy`, { delivery: false })
    await world.simulator.faults({ swallowAck: 1 })
    const { messageId } = await world.send(gateway, clinic, ana, 'diez')
    await world.told(messageId, 'sending')
    await gateway.call('POST', `/lines/${clinic.lineId}/stop`)
    expect((await world.told(messageId, 'unknown')).data.reason).toBe('no-acknowledgement')
    await world.reaches(gateway, clinic, 'stopped')
  })

  it('and has lost its ratchets asks again for what it cannot open, also for what its owner typed', async () => {
    const before = await world.gateway()
    const clinic = await world.link(before)
    const types = async (text: string) =>
      String((await world.simulator.call('POST', `phones/${clinic.phone}/send`, { to: ana, text })).id)
    const known = [await world.simulator.writes(ana, clinic.phone, 'hola'), await types('hola')]
    for (const id of known) await world.backend.hears('it came', ({ data }) => data.providerMessageId === id)
    await before.stop()
    await world.database.query(`delete from gateway.credential where line_id = $1 and type = 'session'`, [
      clinic.lineId,
    ])

    const after = await world.gateway()
    await world.reaches(after, clinic, 'linked')
    const lost = [
      await world.simulator.writes(ana, clinic.phone, 'sigo acá'),
      await types('nosotros también'),
    ]

    for (const id of lost) {
      await world.backend.hears('it came', ({ data }) => data.providerMessageId === id, 15_000)
    }
    const reported = world.backend.inbound(clinic.lineId).map(({ providerMessageId }) => providerMessageId)
    expect(reported.filter((id) => lost.includes(String(id)))).toHaveLength(2)
  })
})
