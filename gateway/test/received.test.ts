import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pauseMs } from '../src/media/downloads.ts'
import { pdf, png, program, script, voiceNote } from './support/files.ts'
import { ACCESS_KEY, S3Server, SECRET_KEY } from './support/s3.ts'
import { type Clinic, type GatewayProcess, newPatient, World } from './support/world.ts'

const LARGEST = 16_000_000

describe('what a patient sends', () => {
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
  afterEach(() => world.simulator.faults({ failMedia: 0, loseMedia: false }))
  afterAll(() => world.close())

  const arrives = async (id: string) =>
    (
      await world.backend.hears(
        'the message arrives',
        ({ type, data }) => type === 'message.inbound' && data.providerMessageId === id,
      )
    ).data

  const becomes = async (id: string, ms?: number) =>
    (
      await world.backend.hears(
        'what became of its media',
        ({ type, data }) => type === 'message.media' && data.providerMessageId === id,
        ms,
      )
    ).data

  const writes = (more: object) => world.simulator.writes(ana, clinic.phone, '', more)

  it.each([
    { kind: 'image', content: png(40_000), claimed: 'image/png', type: 'image/png', text: 'mi receta' },
    { kind: 'audio', content: voiceNote(), claimed: 'audio/ogg; codecs=opus', type: 'audio/ogg', text: null },
    {
      kind: 'document',
      content: pdf(2_000),
      claimed: 'application/octet-stream',
      type: 'application/pdf',
      text: null,
    },
    {
      kind: 'document',
      content: Buffer.from('¿Atienden el sábado?\r\n'),
      claimed: 'text/plain',
      type: 'text/plain',
      text: null,
    },
    { kind: 'sticker', content: png(), claimed: 'image/webp', type: 'image/png', text: null },
  ])(
    'as $kind is reported at once and its bytes are kept',
    async ({ kind, content, claimed, type, text }) => {
      const more = {
        contentType: claimed,
        ...(text ? { text } : {}),
        fileName: kind === 'document' ? 'análisis.pdf' : '',
      }
      const id = await world.simulator.sends(ana, clinic.phone, kind, content, more)
      const message = await arrives(id)
      expect(message).toMatchObject({
        kind,
        text,
        media: {
          kind,
          contentType: claimed.split(';')[0],
          size: content.length,
          fileName: more.fileName || null,
        },
      })
      expect(JSON.stringify(message)).not.toMatch(/mediaKey|directPath/)
      const { mediaId, state, key, contentType, size, sha256 } = await becomes(id)
      expect([state, mediaId]).toEqual(['stored', (message.media as { id: string }).id])
      expect([contentType, size]).toEqual([type, content.length])
      expect(sha256).toBe(createHash('sha256').update(content).digest('hex'))
      expect(String(key).startsWith(`${clinic.organizationId}/`)).toBe(true)
      expect(await readFile(join(world.mediaFolder, String(key)))).toEqual(content)
    },
  )

  it.each([
    ['a program that says it is a picture', program(), 'image/jpeg'],
    ['a drawing that can run scripts', script(), 'image/svg+xml'],
    ['what cannot be told', Buffer.from('solo texto, mañana', 'latin1'), 'application/pdf'],
  ])('is not kept when it is %s', async (_, content, contentType) => {
    const id = await world.simulator.sends(ana, clinic.phone, 'document', content, { contentType })
    expect(await becomes(id)).toMatchObject({
      state: 'refused',
      key: null,
      sha256: null,
      size: content.length,
    })
  })

  it('is kept up to sixteen million bytes and not one more, whatever it claims', async () => {
    const fits = await world.simulator.sends(ana, clinic.phone, 'image', png(LARGEST))
    expect(await becomes(fits)).toMatchObject({ state: 'stored', size: LARGEST })
    for (const more of [{}, { claimedSize: 10 }]) {
      const id = await world.simulator.sends(ana, clinic.phone, 'image', png(LARGEST + 1), more)
      expect(await becomes(id)).toMatchObject({ state: 'too-large', key: null, sha256: null })
    }
    const boast = await world.simulator.sends(ana, clinic.phone, 'image', png(), { claimedSize: LARGEST + 1 })
    expect(await becomes(boast)).toMatchObject({ state: 'too-large', size: LARGEST + 1 })
  })

  it('is fetched later when the network is busy, also by the next process, and holds up nothing', async () => {
    await world.simulator.faults({ failMedia: 1 })
    const mark = (await world.simulator.events()).length
    const id = await world.simulator.sends(ana, clinic.phone, 'image', png())
    await arrives(id)
    await arrives(await world.simulator.writes(ana, clinic.phone, '¿llegó la foto?'))
    await world.simulator.sees('an attempt', ({ type }) => type === 'media-fetched', mark)
    await gateway.kill()
    const { rows } = await world.database.query(
      'update gateway.media_download set next_attempt_at = now() where provider_message_id = $1 returning attempts',
      [id],
    )
    expect(rows).toEqual([{ attempts: 1 }])
    gateway = await world.gateway()
    expect(await becomes(id)).toMatchObject({ state: 'stored' })
    const left = await world.database.query('select 1 from gateway.media_download')
    expect(left.rowCount).toBe(0)
  })

  it('is given up after a day of trying when the network has it no more', async () => {
    await world.simulator.faults({ loseMedia: true })
    const id = await world.simulator.sends(ana, clinic.phone, 'image', png())
    await arrives(id)
    const later = async (hours: number) => {
      await world.database.query(
        `update gateway.media_download set next_attempt_at = now(), recorded_at = recorded_at - $2 * interval '1 hour'
          where provider_message_id = $1`,
        [id, hours],
      )
    }
    const mark = (await world.simulator.events()).length
    await later(23)
    await world.simulator.sees('another attempt', ({ type }) => type === 'media-fetched', mark)
    expect(
      world.backend.of(clinic.lineId, 'message.media').map(({ data }) => data.providerMessageId),
    ).not.toContain(id)
    await later(2)
    expect(await becomes(id)).toMatchObject({ state: 'unavailable', key: null, sha256: null })
  })

  it('is tried again after pauses that grow up to an hour', () => {
    for (const [failures, shortest, longest] of [
      [0, 2_500, 5_000],
      [3, 20_000, 40_000],
      [30, 1_800_000, 3_600_000],
    ] as const) {
      const pauses = Array.from({ length: 50 }, () => pauseMs(failures))
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(shortest)
      expect(Math.max(...pauses)).toBeLessThanOrEqual(longest)
    }
  })

  it('is kept in a bucket as well, and sent from it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recado-bucket-'))
    const s3 = await S3Server.start(folder)
    await gateway.stop()
    gateway = await world.gateway({
      RECADO_MEDIA_STORE: 's3://media',
      RECADO_MEDIA_ENDPOINT: s3.endpoint,
      RECADO_MEDIA_ACCESS_KEY: ACCESS_KEY,
      RECADO_MEDIA_SECRET_KEY: SECRET_KEY,
    })
    const content = png(70_000)
    const id = await world.simulator.sends(ana, clinic.phone, 'image', content)
    const { state, key, contentType, size, sha256 } = await becomes(id)
    expect(state).toBe('stored')
    const payload = { kind: 'image', to: ana, media: { key, contentType, size, sha256 } }
    const { messageId } = await world.sendPayload(gateway, clinic, payload)
    await world.told(messageId, 'delivered')
    expect(await world.simulator.inbox(ana)).toMatchObject([{ media: { size, sha256 } }])
    await gateway.stop()
    gateway = await world.gateway()
    await s3.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('may be a place, cards of people, or a choice', async () => {
    const location = { latitude: -34.9, longitude: -57.95, name: 'Mi casa', address: 'Calle 7' }
    expect(await arrives(await writes({ kind: 'location', location }))).toMatchObject({
      kind: 'location',
      location,
    })
    const contacts = [
      { name: 'Mamá', phones: ['+551187654321'] },
      {
        name: 'Tío',
        vcard: 'BEGIN:VCARD\nFN:Tío\nitem1.TEL;type=CELL:+54 9 11 4444-5555\nTEL:4444-5555\nEND:VCARD',
      },
    ]
    expect(await arrives(await writes({ kind: 'contacts', contacts }))).toMatchObject({
      kind: 'contact',
      contacts: [
        { name: 'Mamá', phones: ['+5511987654321'] },
        { name: 'Tío', phones: ['+5491144445555'] },
      ],
    })
    const choice = { id: 'confirm', title: 'Confirmo' }
    for (const kind of ['button', 'list', 'template'])
      expect(await arrives(await writes({ kind, choice }))).toMatchObject({
        kind: 'text',
        text: 'Confirmo',
        choice,
      })
  })

  it('may be about another message: a reaction, an edit, a deletion', async () => {
    const targetId = await world.simulator.writes(ana, clinic.phone, 'mañana')
    for (const [kind, text] of [
      ['reaction', '👍'],
      ['edit', 'pasado mañana'],
      ['delete', ''],
    ]) {
      const message = await arrives(await writes({ kind, text, targetId }))
      expect(message).toMatchObject({
        kind,
        text: text || null,
        targetProviderMessageId: targetId,
        media: null,
      })
    }
  })

  it('while nobody listened comes in its true order with its own time', async () => {
    await gateway.call('POST', `/lines/${clinic.lineId}/stop`)
    await world.reaches(gateway, clinic, 'stopped')
    const hours = [5, 4, 3, 2]
    const ids = []
    for (const ago of hours) {
      const writtenAt = new Date(Math.floor(Date.now() / 1000) * 1000 - ago * 3_600_000).toISOString()
      const from = ago % 2 ? ana : newPatient()
      ids.push({
        id: await world.simulator.writes(from, clinic.phone, `hace ${ago} horas`, { writtenAt }),
        writtenAt,
      })
    }
    await world.start(gateway, clinic)
    for (const { id, writtenAt } of ids)
      expect(await arrives(id)).toMatchObject({ sentAt: writtenAt, offline: true })
    const order = world.backend.inbound(clinic.lineId).slice(-4)
    expect(order.map(({ providerMessageId }) => providerMessageId)).toEqual(ids.map(({ id }) => id))
  })

  it('comes from one person, whichever of their two names the network uses', async () => {
    const hidden = await arrives(
      await world.simulator.writes(ana, clinic.phone, 'uno', { addressing: 'lid' }),
    )
    const plain = await arrives(await world.simulator.writes(ana, clinic.phone, 'dos'))
    expect(hidden.chat).toEqual(plain.chat)
    expect(hidden.sender).toEqual(plain.sender)
    expect(plain.chat).toMatchObject({ kind: 'direct', phone: ana, id: ana })
    const unnamed = await arrives(
      await world.simulator.writes(ana, clinic.phone, 'tres', { addressing: 'lid-only' }),
    )
    expect(unnamed.chat).toEqual(plain.chat)
  })

  it("is also what the clinic's own phone sends, pictures included", async () => {
    const response = await world.simulator.sends(ana, clinic.phone, 'image', png())
    await becomes(response)
    const typed = await world.simulator.ownerSends(clinic.phone, ana, 'image', png(500), {
      text: 'así llega',
    })
    expect(await arrives(typed)).toMatchObject({
      fromMe: true,
      kind: 'image',
      text: 'así llega',
      chat: { phone: ana },
    })
    expect(await becomes(typed)).toMatchObject({ state: 'stored', size: 500 })
  })

  it('whose keys cannot be written is not refused, and comes again when they can', async () => {
    const [writer, before] = [newPatient(), (await world.simulator.events()).length]
    await world.database.query(
      `create function gateway.broken() returns trigger language plpgsql as $$ begin raise 'no space left'; end $$;
       create trigger broken before insert or update on gateway.credential
          for each row when (new.type = 'lid-mapping') execute function gateway.broken()`,
    )
    const id = await world.simulator.writes(writer, clinic.phone, 'que no se pierda')
    await world.simulator.sees(
      'the connection ends',
      ({ type, phone }) => type === 'disconnected' && phone === clinic.phone,
      before,
    )
    await world.database.query('drop function gateway.broken() cascade')
    expect(await arrives(id)).toMatchObject({ text: 'que no se pierda', offline: true })
    const refused = (await world.simulator.events(before)).filter(({ type }) => type === 'companion-refused')
    expect(refused).toEqual([])
    await world.reaches(gateway, clinic, 'linked')
  })
})
