import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Clinic, type GatewayProcess, newPatient, World } from './support/world.ts'

describe('pairing', () => {
  let world: World
  let gateway: GatewayProcess
  let other: GatewayProcess
  let hasty: World | undefined

  beforeAll(async () => {
    world = await World.create()
    gateway = await world.gateway({ RECADO_GATEWAY_TYPING: 'human' })
    other = await world.gateway()
  })
  afterAll(async () => {
    await hasty?.close()
    await world.close()
  })

  const typed = (phone: string, code: string) =>
    world.simulator.call('POST', `phones/${phone}/enter-code`, { code })

  const started = async (): Promise<Clinic> => {
    const clinic = world.newClinic()
    await world.start(gateway, clinic)
    return clinic
  }

  const causes = (clinic: Clinic) =>
    world.backend.of(clinic.lineId, 'line.state').map(({ data }) => data.cause)

  /** A clinic whose device was removed on its phone, and which another phone tried to replace. */
  const replacedBy = async (phone: string): Promise<Clinic> => {
    const clinic = await world.link(gateway)
    await world.simulator.call('POST', `phones/${clinic.phone}/unlink`)
    await world.reaches(gateway, clinic, 'needs-pairing')
    await world.start(gateway, clinic)
    await world.simulator.scan(phone, await world.qr(gateway, clinic))
    await world.reaches(gateway, clinic, 'needs-pairing')
    return clinic
  }

  it('by a typed code links the line, whichever gateway shows it, and keeps the code nowhere', async () => {
    const clinic = await started()
    const answer = await world.askForCode(gateway, clinic)
    expect([answer.status, answer.body.state]).toEqual([202, 'starting'])
    const code = await world.code(gateway, clinic)
    expect(code).toMatch(/^[A-Z0-9]{8}$/)
    expect(await world.code(other, clinic)).toBe(code)
    const { pairingCode, qr } = await world.status(gateway, clinic)
    expect(qr).toBeNull()
    expect(Date.parse(String(pairingCode?.expiresAt)) - Date.now()).toBeGreaterThan(120_000)
    await typed(clinic.phone, code)
    await world.reaches(gateway, clinic, 'linked')
    expect((await world.status(gateway, clinic)).pairingCode).toBeNull()
    const { rows } = await world.database.query(
      'select row_to_json(l)::text as line from gateway.line l where id = $1',
      [clinic.lineId],
    )
    for (const kept of [rows[0].line, JSON.stringify(world.backend.events), gateway.child.output.join('\n')])
      expect(kept).not.toContain(code)
  })

  it('starts over with another code when the connection drops before it is typed', async () => {
    const clinic = await started()
    await world.askForCode(gateway, clinic)
    const lost = await world.code(gateway, clinic)
    await world.simulator.drop('close')
    const code = await world.code(gateway, clinic, lost)
    await expect(typed(clinic.phone, lost)).rejects.toThrow('403')
    await world.askForCode(gateway, clinic)
    await typed(clinic.phone, await world.code(gateway, clinic, code))
    await world.reaches(gateway, clinic, 'linked')
    expect(causes(clinic)).not.toContain('logged-out-on-phone')
  })

  it('goes back to a QR code when the line is started again', async () => {
    const clinic = await started()
    await world.askForCode(gateway, clinic)
    await world.code(gateway, clinic)
    await world.start(gateway, clinic)
    const qr = await world.qr(gateway, clinic)
    expect((await world.status(gateway, clinic)).pairingCode).toBeNull()
    await world.simulator.scan(clinic.phone, qr)
    await world.reaches(gateway, clinic, 'linked')
  })

  it('is over when nobody types the code in time', async () => {
    hasty = await World.create()
    const owner = await hasty.gateway({ RECADO_GATEWAY_QR_SECONDS: '0.2' })
    const clinic = hasty.newClinic()
    await hasty.start(owner, clinic)
    await hasty.askForCode(owner, clinic)
    await hasty.code(owner, clinic)
    expect((await hasty.reaches(owner, clinic, 'needs-pairing')).cause).toBe('qr-expired')
    expect((await hasty.status(owner, clinic)).pairingCode).toBeNull()
    await hasty.start(owner, clinic)
    await hasty.qr(owner, clinic)
  })

  it('is refused for a line that is linked, whether connected or not', async () => {
    const clinic = await world.link(gateway)
    const refused = async () => {
      const code = await world.askForCode(gateway, clinic)
      const replace = await world.start(gateway, clinic, { replacePhone: true })
      return [code.status, code.body.code, replace.status, replace.body.code]
    }
    expect(await refused()).toEqual([409, 'line-linked', 409, 'line-linked'])
    await gateway.call('POST', `/lines/${clinic.lineId}/stop`)
    await world.reaches(gateway, clinic, 'stopped')
    expect(await refused()).toEqual([409, 'line-linked', 409, 'line-linked'])
  })

  it('with another phone is undone, and says which, until somebody wants it replaced', async () => {
    const phone = '+5491155556666'
    const clinic = await replacedBy(phone)
    const undone = await world.status(gateway, clinic)
    expect(undone).toMatchObject({ cause: 'wrong-number', phone: clinic.phone, otherPhone: phone })
    await world.backend.hears(
      'it is reported',
      ({ lineId, data }) => lineId === clinic.lineId && data.otherPhone === phone,
    )
    await world.start(gateway, clinic, { replacePhone: true })
    await world.askForCode(gateway, clinic, phone)
    await typed(phone, await world.code(gateway, clinic))
    expect(await world.reaches(gateway, clinic, 'linked')).toMatchObject({ phone, otherPhone: null })
  })

  it('with another phone was agreed to once only', async () => {
    const clinic = await replacedBy('+5491155557777')
    await world.start(gateway, clinic, { replacePhone: true })
    await world.simulator.scan('+5491155557777', await world.qr(gateway, clinic))
    await world.reaches(gateway, clinic, 'linked')
    await world.simulator.call('POST', 'phones/+5491155557777/unlink')
    await world.reaches(gateway, clinic, 'needs-pairing')
    await world.start(gateway, clinic)
    await world.simulator.scan('+5491155558888', await world.qr(gateway, clinic))
    expect((await world.reaches(gateway, clinic, 'needs-pairing')).cause).toBe('wrong-number')
  })

  it('does not change how a line types: that is its own setting', async () => {
    const clinic = await world.link(gateway)
    // Only the first gateway writes like a person; a line belongs to whichever was asked first. That typing began is
    // what counts: of a message begun on a connection that broke, the end of typing may come after the message.
    const signs = async () =>
      (await world.simulator.events()).filter(
        ({ type, phone, state }) => type === 'typing' && phone === clinic.phone && state === 'composing',
      ).length
    const sent = async () => {
      const { messageId } = await world.send(gateway, clinic, newPatient(), 'hola')
      await world.told(messageId, 'delivered')
      return signs()
    }
    await other.stop()
    await world.reaches(gateway, clinic, 'linked')
    const before = await sent()
    expect(before).toBeGreaterThan(0)
    const set = await gateway.call('PUT', `/lines/${clinic.lineId}/settings`, { typing: false })
    expect([set.status, set.body.state]).toEqual([200, 'linked'])
    expect(await sent()).toBe(before)
    await gateway.call('PUT', `/lines/${clinic.lineId}/settings`, { typing: true })
    expect(await sent()).toBeGreaterThan(before)
  })
})
