import { afterEach, describe, expect, it } from 'vitest'
import { type Clinic, type GatewayProcess, newPatient, World } from './support/world.ts'

/** Each starts a gateway three times. */
const PATIENCE = { timeout: 60_000 }

describe('after a restore from backup', PATIENCE, () => {
  let world: World
  afterEach(() => world.close())

  const heldAfterRestore = (messageId: string) =>
    world.backend.hears(
      'it is held',
      ({ data }) => data.messageId === messageId && data.reason === 'restored-from-backup',
    )

  const talks = async (gateway: GatewayProcess, clinic: Clinic, ana: string, text: string) => {
    const written = await world.simulator.writes(ana, clinic.phone, text)
    await world.backend.hears('it came', ({ data }) => data.providerMessageId === written)
    const { messageId } = await world.send(gateway, clinic, ana, text)
    await world.told(messageId, 'delivered')
  }

  it('what was open is unknown before a line is opened, leaves never again, and a receipt settles it', async () => {
    world = await World.create()
    const ana = newPatient()
    const before = await world.gateway()
    const clinic = await world.link(before)
    const sent = []
    for (const text of ['uno', 'dos', 'tres']) sent.push(await world.send(before, clinic, ana, text))
    const [waiting, late, sending] = sent.map(({ messageId }) => messageId) as [string, string, string]
    for (const id of [waiting, late, sending]) await world.told(id, 'delivered')
    await before.stop()
    // As a backup would have it that was made just before they left.
    const backup = await world.backup()
    await backup.query(`update gateway.command set state = 'accepted' where message_id <> $1`, [sending])
    await backup.query(`update gateway.command set not_after = changed_at where message_id = $1`, [late])
    await backup.query(`update gateway.command set state = 'sending' where message_id = $1`, [sending])
    const restored = { RECADO_GATEWAY_DATABASE_URL: backup.url, RECADO_RESTORED_AT: new Date().toISOString() }
    const after = await world.gateway(restored)
    for (const messageId of [waiting, late, sending]) {
      expect((await heldAfterRestore(messageId)).data.state).toBe('unknown')
    }
    await world.reaches(after, clinic, 'linked')
    await world.simulator.call('POST', `contacts/${ana}/read`, {
      from: clinic.phone,
      ids: [sent[0]?.providerMessageId],
    })
    await world.told(waiting, 'read')

    // The setting stays: what was accepted afterwards is nobody's doubt.
    await after.call('POST', `/lines/${clinic.lineId}/stop`)
    await world.reaches(after, clinic, 'stopped')
    const { messageId, path } = await world.send(after, clinic, ana, 'cuatro')
    await after.stop()
    const again = await world.gateway(restored)
    expect((await again.call('GET', path)).body.state).toBe('accepted')
    await world.start(again, clinic)
    await world.told(messageId, 'delivered')

    const arrived = (await world.simulator.inbox(ana)).map(({ text, deliveries }) => `${text} ${deliveries}`)
    expect(arrived).toEqual(['uno 1', 'dos 1', 'tres 1', 'cuatro 1'])
  })

  it('a device whose keys are older than its conversations goes on with its next messages', async () => {
    world = await World.create()
    const ana = newPatient()
    const before = await world.gateway()
    const clinic = await world.link(before)
    await talks(before, clinic, ana, 'lunes')
    await before.stop()
    const backup = await world.backup()
    const lost = await world.gateway()
    await world.reaches(lost, clinic, 'linked')
    for (const day of ['martes', 'miércoles']) await talks(lost, clinic, ana, day)
    await lost.stop()

    const after = await world.gateway({
      RECADO_GATEWAY_DATABASE_URL: backup.url,
      RECADO_RESTORED_AT: new Date().toISOString(),
    })
    await world.reaches(after, clinic, 'linked')
    await talks(after, clinic, ana, 'jueves')
    await talks(after, clinic, ana, 'viernes')
  })
})
