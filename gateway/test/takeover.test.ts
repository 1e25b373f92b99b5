import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { until } from './support/until.ts'
import { type Clinic, type GatewayProcess, newPatient, World } from './support/world.ts'

describe('two gateways', () => {
  let world: World
  let clinic: Clinic
  let owner: GatewayProcess
  let other: GatewayProcess

  beforeAll(async () => {
    world = await World.create()
    owner = await world.gateway()
    clinic = await world.link(owner)
    other = await world.gateway()
  })
  afterEach(async () => {
    if (owner.child.running) return
    owner = other
    other = await world.gateway()
  })
  afterAll(() => world.close())

  const logins = async () => (await world.simulator.events()).filter(({ type }) => type === 'login').length

  const epoch = async (): Promise<bigint> => {
    const { rows } = await world.database.query('select lease_epoch from gateway.line where id = $1', [
      clinic.lineId,
    ])
    return BigInt(rows[0].lease_epoch)
  }

  const takenAfter = (before: bigint) =>
    until('another gateway takes the line', async () => (await epoch()) > before)

  it('leave a line to its owner, whichever of them is asked', async () => {
    const before = await logins()
    expect((await world.start(other, clinic)).body.state).toBe('linked')
    const { messageId } = await world.send(other, clinic, newPatient(), 'por el otro')
    await world.told(messageId, 'delivered')
    expect(await logins()).toBe(before)
  })

  it('show the QR code of a line, whichever of them is asked, and keep it nowhere', async () => {
    const another = world.newClinic()
    await world.start(owner, another)
    const codes = await Promise.all([world.qr(owner, another), world.qr(other, another)])
    expect(codes[0]).toBe(codes[1])
    const { rows } = await world.database.query(
      'select row_to_json(l)::text as line from gateway.line l where id = $1',
      [another.lineId],
    )
    expect(rows[0].line).not.toContain('2@')
    await owner.call('POST', `/lines/${another.lineId}/stop`)
    await world.reaches(owner, another, 'stopped')
  })

  it('share the work: when one is killed the other takes its lines over', async () => {
    const before = await epoch()
    await owner.kill()
    const since = Date.now()
    await takenAfter(before)
    await world.reaches(other, clinic, 'linked')
    expect(Date.now() - since).toBeLessThan(30_000)
    // Had it slept and not died, it might wake while it opens a connection: nobody has opened the line elsewhere then.
    const mark = (await world.simulator.events()).length
    await world.simulator.drop('replaced', undefined, clinic.phone)
    await until('the line is opened again', async () =>
      (await world.simulator.events(mark)).some(
        ({ type, phone }) => type === 'login' && phone === clinic.phone,
      ),
    )
    await world.reaches(other, clinic, 'linked')
    const states = world.backend.of(clinic.lineId, 'line.state').map(({ data }) => data.state)
    expect(states).not.toContain('halted')
    const id = await world.simulator.writes(newPatient(), clinic.phone, '¿hay alguien?')
    await world.backend.hears('the message', ({ data }) => data.providerMessageId === id)
  })

  it('hand a line over at once when one is stopped', async () => {
    const before = await epoch()
    await owner.stop()
    expect((await owner.child.exited).code).toBe(0)
    await takenAfter(before)
    const { messageId } = await world.send(other, clinic, newPatient(), 'seguimos')
    await world.told(messageId, 'delivered')
  })

  it('do not both write: an owner that slept through its lease writes nothing any more', async () => {
    const before = await epoch()
    owner.child.process.kill('SIGSTOP')
    await takenAfter(before)
    await world.reaches(other, clinic, 'linked')
    const sent = await Promise.all(
      Array.from({ length: 5 }, (_, index) => world.send(other, clinic, newPatient(), `mensaje ${index}`)),
    )
    const mark = (await world.simulator.events()).length
    owner.child.process.kill('SIGCONT')
    for (const { messageId } of sent) await world.told(messageId, 'delivered')
    // The sleeper finds its socket replaced; it must not take that for news about the line.
    const id = await world.simulator.writes(newPatient(), clinic.phone, 'después de la siesta')
    await world.backend.hears('the message', ({ data }) => data.providerMessageId === id)
    expect((await world.status(other, clinic)).state).toBe('linked')
    expect((await world.simulator.events(mark)).filter(({ type }) => type === 'login')).toEqual([])
    await owner.stop()
  })
})
