import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from './support/until.ts'
import { type Clinic, type GatewayProcess, newPatient, World } from './support/world.ts'

describe('a person', () => {
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

  const arrives = async (id: string) =>
    (
      await world.backend.hears(
        'the message arrives',
        ({ type, data }) => type === 'message.inbound' && data.providerMessageId === id,
      )
    ).data as { chat: { phone: string | null; lid: string | null; id: string }; sender: object }

  const reminded = async () => {
    const sent = await world.send(gateway, clinic, ana, '¿Viene mañana?')
    await world.told(sent.messageId, 'delivered')
    return sent
  }
  const answers = async (text: string, addressing: string) =>
    arrives(await world.simulator.writes(ana, clinic.phone, text, { addressing }))
  const addresses = async (since = 0) =>
    (await world.simulator.events(since)).flatMap(({ type, addressedTo }) =>
      type === 'message' ? [String(addressedTo).split('@')[1]] : [],
    )

  it('who was written to first is known when the answer names the hidden identifier alone', async () => {
    await reminded()
    expect((await answers('1', 'lid-only')).chat).toMatchObject({ kind: 'direct', phone: ana, id: ana })
  })

  it('is known by what the library learned, when nobody wrote yet', async () => {
    const { chat } = await answers('hola', 'lid')
    await world.database.query('delete from gateway.contact where line_id = $1', [clinic.lineId])
    expect((await answers('1', 'lid-only')).chat).toEqual(chat)
    await world.database.query('delete from gateway.contact where line_id = $1', [clinic.lineId])
    const plain = await world.simulator.call('POST', `contacts/${ana}/send-raw`, {
      to: clinic.phone,
      message: { conversation: 'sí' },
      attrs: { sender_lid: null },
    })
    expect((await arrives(String(plain.id))).chat).toEqual(chat)
  })

  it('of whom only the hidden identifier is known is never given a phone, and can be answered', async () => {
    const { chat, sender } = await answers('¿atienden?', 'lid-only')
    expect(chat).toMatchObject({ phone: null, id: `lid:${chat.lid}` })
    expect(sender).toMatchObject({ phone: null, lid: chat.lid })
    const mark = (await world.simulator.events()).length
    const sent = await world.sendPayload(gateway, clinic, { kind: 'text', lid: chat.lid, text: 'Sí' })
    expect(sent.answer?.status).toBe(202)
    await world.told(sent.messageId, 'delivered')
    expect((await world.simulator.inbox(ana)).map(({ text }) => text)).toEqual(['Sí'])
    expect(await addresses(mark)).toEqual(['lid'])
  })

  it('is written to under the hidden identifier wherever it is known', async () => {
    const mark = (await world.simulator.events()).length
    await reminded()
    await reminded()
    expect(await addresses(mark)).toEqual(['lid', 'lid'])
  })

  it('named by phone, hidden identifier or both gets everything in one order', async () => {
    const { chat } = await answers('hola', 'lid')
    await world.simulator.faults({ delayAckMs: 120 })
    const texts = ['uno', 'dos', 'tres', 'cuatro']
    const names = [{ to: ana }, { lid: chat.lid }, { to: ana, lid: chat.lid }, { lid: chat.lid }]
    const sent = []
    for (const [index, text] of texts.entries())
      sent.push(await world.sendPayload(gateway, clinic, { kind: 'text', ...names[index], text }))
    await world.told(String(sent.at(-1)?.messageId), 'delivered')
    await world.simulator.faults({ delayAckMs: 0 })
    expect((await world.simulator.inbox(ana)).map(({ text }) => text)).toEqual(texts)
  })

  it('is named in a command somehow', async () => {
    const { answer } = await world.sendPayload(gateway, clinic, { kind: 'text', text: 'a nadie' })
    expect([answer?.status, answer?.body.code]).toEqual([400, 'invalid-request'])
  })

  it('is not met anew after a reconnect: the session goes on', async () => {
    await reminded()
    const mark = (await world.simulator.events()).length
    await world.simulator.drop('close', undefined, clinic.phone)
    await world.simulator.sees('it is back', ({ type }) => type === 'online', mark)
    await world.reaches(gateway, clinic, 'linked')
    await reminded()
    const fetched = (await world.simulator.events(mark)).filter(({ type }) => type === 'keys-fetched')
    expect(fetched).toEqual([])
  })

  it('who got nothing, because the network refused the copy that the phone asked for, is told of', async () => {
    await world.simulator.call('POST', `contacts/${ana}/policy`, { delivery: false })
    const { messageId, providerMessageId: id } = await world.send(gateway, clinic, ana, 'una vez')
    await world.told(messageId, 'sent')
    await world.simulator.faults({ nextAckError: '463' })
    await world.simulator.call('POST', `contacts/${ana}/ask-again`, { from: clinic.phone, id })
    expect((await world.told(messageId, 'failed')).data.reason).toBe('rate-limited')
  })

  it('whose phone cannot read a message however often it is sent has nothing', async () => {
    await world.simulator.call('POST', `contacts/${ana}/policy`, { delivery: false })
    const { messageId, providerMessageId: id } = await world.send(gateway, clinic, ana, 'ilegible')
    await world.told(messageId, 'sent')
    await world.simulator.call('POST', `contacts/${ana}/ask-again`, { from: clinic.phone, id, count: 5 })
    expect((await world.told(messageId, 'failed')).data.reason).toBe('rejected-by-network')
  })

  describe('is forgotten', () => {
    const known = async (lineId = clinic.lineId) => {
      const { rows } = await world.database.query(
        `select (select count(*)::int from gateway.contact where line_id = $1) as contacts,
                (select count(*)::int from gateway.recipient where line_id = $1) as recipients`,
        [lineId],
      )
      return rows[0]
    }

    it('a year after the last word', async () => {
      await world.database.query('delete from gateway.contact; delete from gateway.recipient')
      await reminded()
      for (const [phone, days] of [
        ['+5491100000001', 364],
        ['+5491100000002', 367],
      ])
        await world.database.query(
          `with c as (insert into gateway.contact (line_id, phone, seen_at)
                      values ($1, $2, now() - $3 * interval '1 day'))
           insert into gateway.recipient (line_id, phone, address, checked_at)
           values ($1, $2, null, now() - $3 * interval '1 day')`,
          [clinic.lineId, phone, days],
        )
      expect(await known()).toEqual({ contacts: 3, recipients: 3 })
      await gateway.stop()
      gateway = await world.gateway()
      await until('it is cleaned up', async () => (await known()).recipients === 2)
      expect(await known()).toEqual({ contacts: 2, recipients: 2 })
      await world.reaches(gateway, clinic, 'linked')
    })

    it('with the line that is logged out', async () => {
      const other = await world.link(gateway)
      const sent = await world.send(gateway, other, ana, 'hola')
      await world.told(sent.messageId, 'delivered')
      expect(await known(other.lineId)).toEqual({ contacts: 1, recipients: 1 })
      await gateway.call('POST', `/lines/${other.lineId}/log-out`)
      await world.reaches(gateway, other, 'stopped')
      expect(await known(other.lineId)).toEqual({ contacts: 0, recipients: 0 })
    })
  })
})
