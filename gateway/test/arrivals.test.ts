import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { png } from './support/files.ts'
import { until } from './support/until.ts'
import { type Clinic, type GatewayProcess, newPatient, World } from './support/world.ts'

describe('what reaches a line', () => {
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

  const raw = async (more: object) => {
    const path = `contacts/${ana}/send-raw`
    return String((await world.simulator.call('POST', path, { to: clinic.phone, ...more })).id)
  }
  const told = (id: string) =>
    world.backend.inbound(clinic.lineId).filter(({ providerMessageId }) => providerMessageId === id)
  const arrives = (id: string, nth = 1) => until('it is reported', () => told(id)[nth - 1])
  /** Everything before it was worked off as well: a line takes one after another. */
  const passes = async () => arrives(await world.simulator.writes(newPatient(), clinic.phone, 'después'))
  const isKept = async (id: string) => {
    await until('it is noted', async () => {
      const { rowCount } = await world.database.query(
        'select 1 from gateway.inbound where provider_message_id = $1',
        [id],
      )
      return rowCount === 1
    })
  }
  const timePasses = (id: string) =>
    world.database.query('update gateway.inbound set due_at = now() where provider_message_id = $1', [id])
  const nothingWaits = () =>
    until('the network keeps nothing', async () => {
      const { items } = (await world.simulator.call('GET', 'phones')) as {
        items: { phone: string; devices: { waiting: number }[] }[]
      }
      return items.find(({ phone }) => phone === clinic.phone)?.devices.every(({ waiting }) => waiting === 0)
    })
  const counted = async (line: string) => String((await gateway.call('GET', '/metrics')).body).includes(line)

  describe('without being readable', () => {
    it('is told at once when only the phone may show it', async () => {
      const id = await raw({ unavailable: 'view_once_unavailable_fanout' })
      expect(await arrives(id)).toMatchObject({
        kind: 'unavailable',
        stub: { reason: 'view-once' },
        text: null,
        chat: { kind: 'direct', phone: ana },
        sender: { phone: ana },
      })
      await nothingWaits()
      expect(await counted('recado_gateway_inbound_total{kind="unavailable"}')).toBe(true)
    })

    it('is told when the phone does not hand it over in time, and replaced when it does later', async () => {
      const message = { conversation: '1' }
      const id = await raw({ unavailable: '', message })
      await isKept(id)
      await nothingWaits()
      expect(told(id)).toEqual([])
      await timePasses(id)
      expect(await arrives(id)).toMatchObject({ kind: 'unavailable', stub: { reason: 'not-sent' } })
      await world.simulator.call('POST', `phones/${clinic.phone}/hand-over`, { id })
      expect(await arrives(id, 2)).toMatchObject({
        kind: 'text',
        text: '1',
        stub: null,
        chat: { phone: ana },
      })
    })

    it('leaves no stub when the phone hands it over', async () => {
      const id = await raw({ unavailable: '', message: { conversation: 'sí' } })
      await isKept(id)
      await world.simulator.call('POST', `phones/${clinic.phone}/hand-over`, { id })
      expect(await arrives(id)).toMatchObject({ kind: 'text', text: 'sí' })
      await timePasses(id)
      await passes()
      expect(told(id)).toHaveLength(1)
    })

    it('is told when nobody sends again what could not be decrypted, also after the gateway died', async () => {
      const id = await raw({ unreadable: true })
      await isKept(id)
      await gateway.kill()
      await timePasses(id)
      gateway = await world.gateway()
      expect(await arrives(id)).toMatchObject({ kind: 'unavailable', stub: { reason: 'not-decrypted' } })
      await world.reaches(gateway, clinic, 'linked')
    })

    it('is silent when it is one of those of which phones show nothing either', async () => {
      const id = await raw({ message: { pinInChatMessage: { type: 1 } } })
      await passes()
      expect(told(id)).toEqual([])
    })
  })

  describe('from an unusual address', () => {
    it("is its author's when it came through a broadcast list", async () => {
      const participant = `${ana.slice(1)}@s.whatsapp.net`
      const attrs = { from: '1700000000@broadcast', participant, sender_lid: null }
      const id = await raw({ message: { conversation: '1' }, attrs })
      expect(await arrives(id)).toMatchObject({
        chat: { kind: 'direct', phone: ana, id: ana },
        sender: { phone: ana },
        text: '1',
      })
    })

    it('is read when it uses the old name of the network', async () => {
      const id = await raw({ message: { conversation: 'hola' }, attrs: { from: `${ana.slice(1)}@c.us` } })
      expect(await arrives(id)).toMatchObject({ chat: { kind: 'direct', phone: ana }, text: 'hola' })
    })

    it.each(['29-4@interop', '100088@msgr'])('of another network leaves a stub: %s', async (from) => {
      const id = await raw({ unreadable: true, attrs: { from, sender_lid: null, notify: 'Ana' } })
      expect(await arrives(id)).toMatchObject({
        kind: 'unavailable',
        stub: { reason: 'not-decrypted' },
        chat: { kind: 'direct', phone: null, lid: null, id: from },
        sender: { phone: null, lid: null, name: 'Ana' },
      })
      await nothingWaits()
    })

    it('is not reported and nothing of it is fetched when it is a status, a channel or a bot', async () => {
      const before = (await world.simulator.events()).length
      const picture = {
        imageMessage: {
          directPath: '/v/00000000-0000-4000-8000-000000000000',
          mediaKey: Buffer.alloc(32).toString('base64'),
          mimetype: 'image/png',
        },
      }
      const participant = `${ana.slice(1)}@s.whatsapp.net`
      const ids = [
        await raw({ message: picture, attrs: { from: 'status@broadcast', participant } }),
        await raw({ unreadable: true, attrs: { from: '867051314767696@bot', sender_lid: null } }),
        await raw({ message: picture, attrs: { from: '13135550002@s.whatsapp.net', sender_lid: null } }),
        await raw({ unavailable: '', attrs: { from: '120363@newsletter', sender_lid: null } }),
      ]
      await passes()
      for (const id of ids) expect(told(id)).toEqual([])
      await nothingWaits()
      const { rowCount } = await world.database.query('select 1 from gateway.media_download')
      expect(rowCount).toBe(0)
      expect((await world.simulator.events(before)).filter(({ type }) => type === 'media-fetched')).toEqual(
        [],
      )
      expect(await counted('recado_gateway_ignored_total{chat="status"} 1')).toBe(true)
    })

    it('is told without its picture when it is a group', async () => {
      const { id } = await world.simulator.call('POST', `contacts/${ana}/send-group`, {
        to: clinic.phone,
        group: '120363026',
        text: 'foto',
        kind: 'image',
        mediaId: await world.simulator.chooses(png()),
      })
      expect(await arrives(String(id))).toMatchObject({ chat: { kind: 'group' }, kind: 'image', media: null })
      const { rowCount } = await world.database.query('select 1 from gateway.media_download')
      expect(rowCount).toBe(0)
    })

    it("is nobody's when the owner writes to a bot", async () => {
      const before = (await world.simulator.events()).length
      const ids = []
      for (const recipient of ['867051314767696@bot', '13135550002@c.us']) {
        const attrs = { recipient }
        ids.push(await raw({ fromOwner: true, message: { conversation: 'receta de pan' }, attrs }))
      }
      await passes()
      for (const id of ids) expect(told(id)).toEqual([])
      await nothingWaits()
      const receipts = (await world.simulator.events(before)).filter(
        ({ type }) => type === 'companion-receipt',
      )
      expect(receipts.some(({ to }) => String(to).startsWith(clinic.phone.slice(1)))).toBe(false)
    })

    it('keeps the patient apart from the clinic when another device of the clinic names itself', async () => {
      const attrs = { sender_lid: '99887766554433@lid' }
      const id = await raw({ fromOwner: true, message: { conversation: 'le escribo yo' }, attrs })
      expect(await arrives(id)).toMatchObject({ fromMe: true, chat: { phone: ana, id: ana } })
      expect((await arrives(id)).chat).not.toMatchObject({ lid: '99887766554433' })
    })

    it('is told as unknown when this version has no name for it', async () => {
      const id = await raw({ message: { messageContextInfo: { messageSecret: 'AAAA' } } })
      expect(await arrives(id)).toMatchObject({ kind: 'other', text: null })
    })
  })

  describe('as a call', () => {
    const step = async (name: string, more: object = {}) =>
      String(
        (
          await world.simulator.call('POST', `contacts/${ana}/call`, {
            to: clinic.phone,
            step: name,
            ...more,
          })
        ).id,
      )

    it('is told once it is over, with when it began to ring', async () => {
      const at = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z/, '.000Z')
      const id = await step('offer', { at, video: true })
      await passes()
      expect(told(id)).toEqual([])
      await step('terminate', { id, reason: 'timeout' })
      expect(await arrives(id)).toMatchObject({
        kind: 'call',
        call: { video: true, missed: true },
        sentAt: at,
        chat: { kind: 'direct', phone: ana },
      })
      await step('terminate', { id, reason: 'timeout' })
      await passes()
      expect(told(id)).toHaveLength(1)
      await nothingWaits()
    })

    it('is not missed when it was taken on the phone', async () => {
      const elsewhere = await step('offer')
      await step('terminate', { id: elsewhere, reason: 'accepted_elsewhere' })
      const accepted = await step('offer')
      await step('accept', { id: accepted })
      await step('terminate', { id: accepted })
      for (const id of [elsewhere, accepted])
        expect((await arrives(id)).call).toEqual({ video: false, missed: false })
    })

    it('is missed when nobody says how it ended', async () => {
      const id = await step('offer')
      await isKept(id)
      await timePasses(id)
      expect((await arrives(id)).call).toEqual({ video: false, missed: true })
    })
  })
})
