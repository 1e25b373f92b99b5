import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from './support/until.ts'
import { type Clinic, type GatewayProcess, newPatient, World } from './support/world.ts'

describe('the key of the credentials', () => {
  let world: World
  let gateway: GatewayProcess
  const key = () => randomBytes(32).toString('base64')
  const next = key()

  beforeAll(async () => {
    world = await World.create()
    gateway = await world.gateway()
  })
  afterAll(() => world.close())

  const sealings = async ({ lineId }: Clinic): Promise<string[]> => {
    const { rows } = await world.database.query<{ prefix: string }>(
      `select distinct encode(substring(sealed from 1 for 5), 'hex') as prefix from gateway.credential
        where line_id = $1 order by 1`,
      [lineId],
    )
    return rows.map(({ prefix }) => prefix)
  }

  const left = async () => {
    const { body } = await gateway.call('GET', '/metrics')
    return Number(/recado_gateway_credentials_under_old_keys (\d+)/.exec(body)?.[1])
  }

  const delivers = async (clinic: Clinic) => {
    const { messageId } = await world.send(gateway, clinic, newPatient(), 'sigue vinculada')
    await world.told(messageId, 'delivered')
  }

  it('can be changed while lines stay linked, also those that rest, and then the old one is not needed', async () => {
    const [linked, resting, broken] = [
      await world.link(gateway),
      await world.link(gateway),
      await world.link(gateway),
    ]
    await gateway.call('POST', `/lines/${resting.lineId}/stop`)
    await world.reaches(gateway, resting, 'stopped')
    const before = await sealings(linked)
    await gateway.stop()
    await world.database.query(
      `update gateway.credential set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)
        where line_id = $1 and type = 'creds'`,
      [broken.lineId],
    )
    gateway = await world.gateway({
      RECADO_GATEWAY_CREDENTIALS_KEY: next,
      RECADO_GATEWAY_CREDENTIALS_KEYS_OLD: `${key()}, ${world.credentialsKey}`,
    })
    await until('all but the broken row are under the new key', async () => (await left()) === 1)
    await delivers(linked)
    expect((await world.reaches(gateway, broken, 'halted')).cause).toBe('credentials-unreadable')
    for (const clinic of [linked, resting]) {
      expect(await sealings(clinic)).toHaveLength(1)
      expect(await sealings(clinic)).not.toEqual(before)
    }
    await gateway.stop()
    gateway = await world.gateway({ RECADO_GATEWAY_CREDENTIALS_KEY: next })
    await world.reaches(gateway, linked, 'linked')
    await delivers(linked)
    await world.start(gateway, resting)
    await world.reaches(gateway, resting, 'linked')
    const generations = world.backend.of(linked.lineId, 'line.state').map(({ data }) => data.qrGeneration)
    expect(Math.max(...generations.map(Number))).toBe(1)
  })
})
