import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from './support/until.ts'
import { type GatewayProcess, newPatient, World } from './support/world.ts'

describe('linking a line', () => {
  let world: World
  let gateway: GatewayProcess

  beforeAll(async () => {
    world = await World.create()
    gateway = await world.gateway({ RECADO_GATEWAY_QR_SECONDS: '0.6' })
  })
  afterAll(() => world.close())

  it('offers QR codes one after another and never puts one in an event', async () => {
    const clinic = world.newClinic()
    expect((await world.start(gateway, clinic)).status).toBe(202)
    const first = await world.qr(gateway, clinic)
    const again = await world.backend.hears(
      'a second QR code',
      ({ lineId, data }) => lineId === clinic.lineId && data.qrGeneration === 2,
    )
    expect(again.data).toMatchObject({
      state: 'pairing',
      cause: 'none',
      organizationId: clinic.organizationId,
    })
    expect(await world.qr(gateway, clinic)).not.toBe(first)
    const told = JSON.stringify(world.backend.of(clinic.lineId))
    expect(told).not.toContain(first.split(',')[0])
    expect(told).not.toContain('"qr"')
    expect(gateway.child.output.join('\n')).not.toContain('2@')
    const { cause } = await world.reaches(gateway, clinic, 'needs-pairing')
    expect(cause).toBe('qr-expired')
    await expect(world.simulator.scan(clinic.phone, first)).rejects.toThrow('410')
  })

  it('knows whose phone it is linked to', async () => {
    const clinic = await world.link(gateway)
    expect(await world.status(gateway, clinic)).toMatchObject({
      state: 'linked',
      cause: 'none',
      phone: clinic.phone,
      profileName: 'Clínica Aurora',
      platform: 'android',
      qr: null,
    })
    await world.backend.hears(
      'it is linked',
      ({ lineId, data }) => lineId === clinic.lineId && data.state === 'linked',
    )
    const states = world.backend.of(clinic.lineId, 'line.state').map(({ data }) => data.state)
    expect(states).toEqual(['starting', 'pairing', 'reconnecting', 'linked'])
  })

  it('refuses to give a line to another organization', async () => {
    const clinic = await world.link(gateway)
    const other = await world.start(gateway, { ...clinic, organizationId: randomUUID() })
    expect([other.status, other.body.code]).toEqual([409, 'organization-mismatch'])
  })

  it('needs pairing again when the device is removed on the phone', async () => {
    const clinic = await world.link(gateway)
    await world.simulator.call('POST', `phones/${clinic.phone}/unlink`)
    expect((await world.reaches(gateway, clinic, 'needs-pairing')).cause).toBe('device-removed')
    await credentialsAre('gone', clinic.lineId)
    await world.link(gateway, clinic)
  })

  it('learns at login that the device was removed while it was away', async () => {
    const clinic = await world.link(gateway)
    await gateway.call('POST', `/lines/${clinic.lineId}/stop`)
    await world.reaches(gateway, clinic, 'stopped')
    await world.simulator.call('POST', `phones/${clinic.phone}/unlink`)
    await world.start(gateway, clinic)
    expect((await world.reaches(gateway, clinic, 'needs-pairing')).cause).toBe('logged-out-on-phone')
  })

  it('unlinks at the network when it is logged out, and then fails what was waiting', async () => {
    const clinic = await world.link(gateway)
    await gateway.call('POST', `/lines/${clinic.lineId}/log-out`)
    const { cause, phone } = await world.reaches(gateway, clinic, 'stopped')
    expect([cause, phone]).toEqual(['logged-out-here', null])
    await world.simulator.sees(
      'the device leaves',
      ({ type, phone: of }) => type === 'logged-out' && of === clinic.phone,
    )
    await credentialsAre('gone', clinic.lineId)
  })

  it('logs out a line that is stopped', async () => {
    const clinic = await world.link(gateway)
    await gateway.call('POST', `/lines/${clinic.lineId}/stop`)
    await world.reaches(gateway, clinic, 'stopped')
    await credentialsAre('kept', clinic.lineId)
    const waiting = await world.send(gateway, clinic, newPatient(), 'espera')
    await gateway.call('POST', `/lines/${clinic.lineId}/log-out`)
    await world.simulator.sees(
      'the device leaves',
      ({ type, phone: of }) => type === 'logged-out' && of === clinic.phone,
    )
    expect((await world.told(waiting.messageId, 'failed')).data.reason).toBe('line-logged-out')
    await credentialsAre('gone', clinic.lineId)
  })

  it('keeps nothing of a line that is forgotten, which a linked phone has to be unlinked for first', async () => {
    const clinic = await world.link(gateway)
    const path = `/lines/${clinic.lineId}`
    await world.send(gateway, clinic, newPatient(), 'antes')
    const refused = await gateway.call('DELETE', path)
    expect([refused.status, refused.body.code]).toEqual([409, 'line-linked'])
    await gateway.call('POST', `${path}/log-out`)
    await world.reaches(gateway, clinic, 'stopped')

    expect((await gateway.call('DELETE', path)).status).toBe(204)

    expect((await gateway.call('GET', path)).body.code).toBe('line-unknown')
    expect((await gateway.call('DELETE', path)).status).toBe(204)
    for (const table of ['credential', 'command', 'event', 'contact', 'inbound', 'media_download']) {
      const { rows } = await world.database.query(`select from gateway.${table} where line_id = $1`, [
        clinic.lineId,
      ])
      expect([table, rows.length]).toEqual([table, 0])
    }
  })

  it('forgets a line while it offers a code, and closes what it had open', async () => {
    const clinic = world.newClinic()
    await world.start(gateway, clinic)
    await world.reaches(gateway, clinic, 'pairing')
    expect((await gateway.call('DELETE', `/lines/${clinic.lineId}`)).status).toBe(204)
    expect((await gateway.call('GET', `/lines/${clinic.lineId}`)).body.code).toBe('line-unknown')
    expect((await gateway.call('GET', '/health')).status).toBe(200)
  })

  it("does not take another phone for the clinic's own", async () => {
    const clinic = await world.link(gateway)
    await world.simulator.call('POST', `phones/${clinic.phone}/unlink`)
    await world.reaches(gateway, clinic, 'needs-pairing')
    await world.start(gateway, clinic)
    await world.simulator.scan('+5491199999999', await world.qr(gateway, clinic))
    const { cause, phone } = await world.reaches(gateway, clinic, 'needs-pairing')
    expect([cause, phone]).toEqual(['wrong-number', clinic.phone])
  })

  it('starts over when the connection drops before anybody scanned', async () => {
    const clinic = world.newClinic()
    await world.start(gateway, clinic)
    const first = await world.qr(gateway, clinic)
    await world.simulator.drop('close')
    await expect(world.simulator.scan(clinic.phone, first)).rejects.toThrow('410')
    await world.backend.hears(
      'a fresh QR code',
      ({ lineId, data }) => lineId === clinic.lineId && Number(data.qrGeneration) >= 2,
    )
    await world.simulator.scan(clinic.phone, await world.qr(gateway, clinic))
    await world.reaches(gateway, clinic, 'linked')
  })

  it('is linked again after a restart without a QR code', async () => {
    const clinic = await world.link(gateway)
    await gateway.stop()
    expect((await gateway.child.exited).code).toBe(0)
    gateway = await world.gateway({ RECADO_GATEWAY_QR_SECONDS: '0.6' })
    await world.reaches(gateway, clinic, 'linked')
    const { messageId } = await world.send(gateway, clinic, newPatient(), 'después del reinicio')
    await world.told(messageId, 'delivered')
    const generations = world.backend
      .of(clinic.lineId, 'line.state')
      .map(({ data }) => Number(data.qrGeneration))
    expect(Math.max(...generations)).toBe(1)
  })

  it('halts only the line whose credentials cannot be opened', async () => {
    const [broken, whole] = [await world.link(gateway), await world.link(gateway)]
    await gateway.stop()
    await world.database.query(
      `update gateway.credential set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)
        where line_id = $1 and type = 'creds'`,
      [broken.lineId],
    )
    gateway = await world.gateway()
    expect((await world.reaches(gateway, broken, 'halted')).cause).toBe('credentials-unreadable')
    await world.reaches(gateway, whole, 'linked')
  })

  it('seals every credential', async () => {
    const { lineId } = await world.link(gateway)
    // The first session is kept when the phone's first message is opened, which may be after the line is linked.
    const rows = await until('a session is kept', async () => {
      const found = await world.database.query<{ sealed: Buffer; type: string }>(
        'select type, sealed from gateway.credential where line_id = $1',
        [lineId],
      )
      return found.rows.some(({ type }) => type === 'session') && found.rows
    })
    for (const { sealed } of rows) {
      expect(sealed[0]).toBe(2)
      expect(sealed.toString('latin1')).not.toMatch(/"private"|"type":"Buffer"/)
    }
  })

  it("halts another network's lines and refuses to start them", async () => {
    const clinic = await world.link(gateway)
    await gateway.stop()
    const real = await world.gateway({ RECADO_WHATSAPP_NETWORK: 'whatsapp', RECADO_WHATSAPP_URL: '' })
    const { body } = await real.call('GET', `/lines/${clinic.lineId}`)
    expect([body.state, body.cause, body.network]).toEqual(['halted', 'network-mismatch', 'simulator'])
    const refused = await world.start(real, clinic)
    expect([refused.status, refused.body.code]).toEqual([409, 'network-mismatch'])
    await real.stop()
    gateway = await world.gateway({ RECADO_GATEWAY_CREDENTIALS_KEY: randomBytes(32).toString('base64') })
    await world.start(gateway, clinic)
    expect((await world.reaches(gateway, clinic, 'halted')).cause).toBe('credentials-unreadable')
  })

  async function credentialsAre(expected: 'gone' | 'kept', lineId: string): Promise<void> {
    const { rowCount } = await world.database.query('select 1 from gateway.credential where line_id = $1', [
      lineId,
    ])
    expect(rowCount === 0 ? 'gone' : 'kept').toBe(expected)
  }
})
