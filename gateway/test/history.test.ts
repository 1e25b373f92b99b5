import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from './support/until.ts'
import { type Clinic, type GatewayProcess, newPatient, World } from './support/world.ts'

describe('pairing again', () => {
  let world: World
  let gateway: GatewayProcess
  let clinic: Clinic
  let ana: string

  beforeAll(async () => {
    world = await World.create()
    gateway = await world.gateway()
  })
  beforeEach(async () => {
    ana = newPatient()
    clinic = await world.link(gateway)
  })
  afterAll(() => world.close())

  const goesDown = async () => {
    await world.simulator.call('POST', `phones/${clinic.phone}/unlink`)
    await world.reaches(gateway, clinic, 'needs-pairing')
  }
  const comesBack = async (phone = clinic.phone, more: { replacePhone?: boolean } = {}) => {
    await world.start(gateway, clinic, more)
    await world.simulator.scan(phone, await world.qr(gateway, clinic))
    await world.reaches(gateway, clinic, 'linked')
  }
  const writes = (text: string, more: object = {}) => world.simulator.writes(ana, clinic.phone, text, more)
  const texts = () => world.backend.inbound(clinic.lineId).map(({ text }) => text)
  const partsLeft = async () => {
    const { rows } = await world.database.query(
      `select count(p.*)::int as parts, l.history_since from gateway.line l
         left join gateway.history_part p on p.line_id = l.id where l.id = $1 group by l.id`,
      [clinic.lineId],
    )
    return rows[0] as { parts: number; history_since: Date | null }
  }
  const isRead = () => until('the history is read', async () => (await partsLeft()).history_since === null)

  it('reads what was written meanwhile, once, in order, and nothing of before', async () => {
    const reminder = await world.send(gateway, clinic, ana, '¿Viene mañana?')
    await world.told(reminder.messageId, 'delivered')
    await writes('hace días', { writtenAt: new Date(Date.now() - 5 * 86_400_000).toISOString() })
    await until('it came', () => texts().includes('hace días'))
    await goesDown()
    const first = await writes('1', { quotedId: reminder.providerMessageId })
    await writes('¿me leyeron?')
    await comesBack()
    await isRead()
    await until('they came', () => texts().length === 3)
    expect(texts()).toEqual(['hace días', '1', '¿me leyeron?'])
    const [, answer] = world.backend.inbound(clinic.lineId)
    expect(answer).toMatchObject({
      providerMessageId: first,
      history: true,
      chat: { kind: 'direct', phone: ana },
      sender: { phone: ana },
      quotedProviderMessageId: reminder.providerMessageId,
    })
    expect(world.backend.inbound(clinic.lineId)[0]).toMatchObject({ history: false })
    await goesDown()
    await comesBack()
    await isRead()
    expect(texts()).toHaveLength(3)
  })

  it('goes on with the history after the gateway died, and while the network does not give it', async () => {
    await goesDown()
    await writes('¿siguen ahí?')
    await world.simulator.faults({ failMedia: 1 })
    const mark = (await world.simulator.events()).length
    await comesBack()
    await world.simulator.sees('an attempt', ({ type }) => type === 'media-fetched', mark)
    await until('it is to be tried again', async () => (await partsLeft()).parts === 1)
    await gateway.kill()
    await world.database.query('update gateway.history_part set next_attempt_at = now()')
    const { rows } = await world.database.query('select sealed from gateway.history_part')
    expect(Buffer.from(rows[0]?.sealed).toString('latin1')).not.toContain('mediaKey')
    gateway = await world.gateway()
    await until('it came', () => texts().includes('¿siguen ahí?'))
    await isRead()
  })

  it('reads nothing when the line is new, or the phone is another one', async () => {
    const fresh = world.newClinic()
    await world.simulator.call('POST', `contacts/${ana}/send`, { to: clinic.phone, text: 'a la clínica' })
    await until('it came', () => texts().includes('a la clínica'))
    await gateway.call('POST', `/lines/${clinic.lineId}/log-out`)
    await world.reaches(gateway, clinic, 'stopped')
    await writes('mientras no estaban')
    await comesBack()
    await world.simulator.writes(newPatient(), clinic.phone, 'después')
    await until('it came', () => texts().includes('después'))
    expect(texts()).toEqual(['a la clínica', 'después'])
    await goesDown()
    await comesBack(fresh.phone, { replacePhone: true })
    expect((await partsLeft()).history_since).toBeNull()
  })
})

describe('a gateway that is killed while its code is scanned', () => {
  let world: World
  let clinic: Clinic

  beforeAll(async () => {
    world = await World.create()
  })
  beforeEach(() => {
    clinic = world.newClinic()
  })
  afterAll(() => world.close())

  const devices = async () => {
    const { items } = (await world.simulator.call('GET', 'phones')) as {
      items: { phone: string; devices: { jid: string; online: boolean }[] }[]
    }
    return items.find(({ phone }) => phone === clinic.phone)?.devices ?? []
  }
  const killedAt = async (failpoint: string) => {
    const doomed = await world.gateway({ RECADO_FAILPOINT: failpoint })
    await world.start(doomed, clinic)
    const qr = await world.qr(doomed, clinic)
    const scanned = world.simulator.scan(clinic.phone, qr).then(
      () => 'linked',
      () => 'refused',
    )
    expect((await doomed.child.exited).signal).toBe('SIGKILL')
    return { gateway: await world.gateway(), scanned }
  }

  it.each(['pairing-before-commit', 'pairing-committed'])(
    'leaves no device on the phone that nobody has: %s',
    async (failpoint) => {
      const { gateway } = await killedAt(failpoint)
      expect(await devices()).toEqual([])
      await world.simulator.scan(clinic.phone, await world.qr(gateway, clinic))
      await world.reaches(gateway, clinic, 'linked')
      expect(await devices()).toHaveLength(1)
      await gateway.stop()
    },
  )

  it('goes on with the pairing once the phone was told of the device', async () => {
    const { gateway, scanned } = await killedAt('pairing-confirmed')
    await world.reaches(gateway, clinic, 'linked')
    expect(await scanned).toBe('linked')
    expect(await devices()).toHaveLength(1)
    await gateway.stop()
  })
})
