import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Clinic, type GatewayProcess, newPatient, World } from './support/world.ts'

describe('a message that is more than a text', () => {
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

  const delivered = async (payload: object) => {
    const sent = await world.sendPayload(gateway, clinic, { ...payload, to: ana })
    expect(sent.answer?.status).toBe(202)
    await world.told(sent.messageId, 'delivered')
    return (await world.simulator.inbox(ana)).at(-1)
  }

  it.each([
    { kind: 'image', contentType: 'image/png', size: 3_000_000, text: 'Cómo llegar 🦷', fileName: undefined },
    {
      kind: 'document',
      contentType: 'application/pdf',
      size: 100,
      text: undefined,
      fileName: 'órdenes médicas.pdf',
    },
  ])('brings $kind with every byte, its name and its caption', async ({ size, fileName, text, ...rest }) => {
    const content = randomBytes(size)
    const media = await world.keeps(clinic, content, rest.contentType)
    const shown = await delivered({ kind: rest.kind, media, text, fileName })
    expect(shown).toMatchObject({
      kind: rest.kind,
      text: text ?? '',
      media: { size, contentType: rest.contentType, fileName: fileName ?? null, sha256: media.sha256 },
    })
    const opened = await world.simulator.opened(ana, String(shown?.id))
    expect(createHash('sha256').update(opened).digest('hex')).toBe(media.sha256)
  })

  it('brings a voice note as one, with every byte and its length', async () => {
    const content = Buffer.concat([Buffer.from('OggS'), randomBytes(20_000)])
    const media = await world.keeps(clinic, content, 'audio/ogg')
    const shown = await delivered({ kind: 'voice', media, seconds: 12 })
    expect(shown).toMatchObject({
      kind: 'audio',
      media: { contentType: 'audio/ogg; codecs=opus', voiceSeconds: 12, sha256: media.sha256 },
    })
    const opened = await world.simulator.opened(ana, String(shown?.id))
    expect(createHash('sha256').update(opened).digest('hex')).toBe(media.sha256)
  })

  it('brings a place', async () => {
    const place = {
      latitude: -34.6037,
      longitude: -58.3816,
      name: 'Clínica Aurora',
      address: 'Av. Corrientes 1234',
    }
    expect(await delivered({ kind: 'location', ...place })).toMatchObject({
      kind: 'location',
      location: place,
    })
  })

  it('brings a card with phones that the patient can tap', async () => {
    const contact = { name: 'Pérez; guardia, 24 h', phones: ['+5491144445555', '+5491144446666'] }
    const shown = await delivered({ kind: 'contact', contact })
    const [card] = (shown?.contacts ?? []) as { name: string; vcard: string }[]
    expect(card?.name).toBe(contact.name)
    expect(card?.vcard).toContain('FN:Pérez\\; guardia\\, 24 h\n')
    for (const phone of contact.phones) expect(card?.vcard).toContain(`waid=${phone.slice(1)}:${phone}`)
  })

  it('quotes what it answers', async () => {
    const asked = await delivered({ kind: 'text', text: '¿A qué hora puede?' })
    const quoting = { id: String(asked?.id), fromMe: true, text: '¿A qué hora puede?' }
    const shown = await delivered({ kind: 'text', text: 'O mañana', quoting })
    expect(shown).toMatchObject({ kind: 'text', text: 'O mañana', quotedId: asked?.id, quotedKind: 'text' })
  })

  it.each(['image', 'audio', 'document', 'location'])('quotes %s as what it is', async (kind) => {
    const quoting = { id: 'ABCDEF0123456789', fromMe: false, kind }
    const shown = await delivered({ kind: 'text', text: 'Gracias, la recibimos', quoting })
    expect(shown).toMatchObject({ quotedId: quoting.id, quotedKind: kind })
  })

  it('puts a sign at a message, and takes it back', async () => {
    const asked = await delivered({ kind: 'text', text: 'Turno confirmado' })
    const target = { id: String(asked?.id), fromMe: true }
    expect(await delivered({ kind: 'reaction', target, text: '👍' })).toMatchObject({
      kind: 'reaction',
      text: '👍',
      targetId: asked?.id,
    })
    expect(await delivered({ kind: 'reaction', target, text: '' })).toMatchObject({
      kind: 'reaction',
      text: '',
    })
  })

  it('fails when its media is not what the backend said, or not its own, and holds up nothing', async () => {
    const media = await world.keeps(clinic, Buffer.from('%PDF-1.7 nothing'), 'application/pdf')
    const foreign = await world.keeps(world.newClinic(), Buffer.from('%PDF-1.7 secret'), 'application/pdf')
    for (const wrong of [
      { ...media, key: media.key.replace(/[^/]+$/, randomUUID()) },
      { ...media, sha256: '0'.repeat(64) },
      { ...media, size: media.size - 1 },
      { ...media, size: media.size + 1 },
      foreign,
      { ...media, key: `${clinic.organizationId}/2026/11/../../../../etc/hostname` },
    ]) {
      const payload = { kind: 'document', to: ana, media: wrong, fileName: 'orden.pdf' }
      const { messageId } = await world.sendPayload(gateway, clinic, payload)
      expect((await world.told(messageId, 'failed')).data.reason).toBe('media-missing')
    }
    expect(await delivered({ kind: 'text', text: 'y sigue' })).toMatchObject({ text: 'y sigue' })
    expect(await world.simulator.inbox(ana)).toHaveLength(1)
  })

  it('waits while the store does not answer, and only those to the same patient wait with it', async () => {
    const content = randomBytes(100)
    const media = await world.keeps(clinic, content, 'image/png')
    const [year] = media.key.split('/').slice(1)
    const folder = join(world.mediaFolder, clinic.organizationId, String(year))
    await rename(folder, `${folder}-away`)
    await writeFile(folder, 'not a folder')
    const image = await world.sendPayload(gateway, clinic, { kind: 'image', to: ana, media })
    const after = await world.send(gateway, clinic, ana, 'después de la imagen')
    const other = await world.send(gateway, clinic, newPatient(), 'a otra persona')
    await world.told(other.messageId, 'delivered')
    expect(world.backend.story(image.messageId)).toEqual([])
    await rm(folder)
    await rename(`${folder}-away`, folder)
    await world.told(after.messageId, 'delivered')
    expect((await world.simulator.inbox(ana)).map(({ kind }) => kind)).toEqual(['image', 'text'])
  })

  it('is sent again, from the database, to a phone that asks for it after a restart', async () => {
    const media = await world.keeps(clinic, randomBytes(1000), 'image/jpeg')
    const shown = await delivered({ kind: 'image', media, text: 'otra vez' })
    const id = String(shown?.id)
    await gateway.stop()
    gateway = await world.gateway()
    await world.reaches(gateway, clinic, 'linked')
    const mark = (await world.simulator.events()).length
    await world.simulator.call('POST', `contacts/${ana}/ask-again`, { from: clinic.phone, id })
    await world.simulator.sees('it comes again', (event) => event.type === 'message' && event.id === id, mark)
    expect(await world.simulator.inbox(ana)).toEqual([shown])
  })

  it('is sent again to a phone that could not open it', async () => {
    await world.simulator.faults({ askAgain: 1 })
    expect(await delivered({ kind: 'text', text: 'ahora sí' })).toMatchObject({
      text: 'ahora sí',
      deliveries: 1,
    })
  })

  it('stands beside texts that an older gateway took', async () => {
    await gateway.stop()
    const [messageId, providerMessageId] = [
      randomUUID(),
      `3EB0${randomBytes(9).toString('hex').toUpperCase()}`,
    ]
    await world.database.query(
      `insert into gateway.command (line_id, message_id, provider_message_id, recipient, body, hash, not_after, state, changed_at)
       values ($1, $2, $3, $4, 'de antes', $5, now() + interval '5 minutes', 'accepted', now())`,
      [clinic.lineId, messageId, providerMessageId, ana, '0'.repeat(64)],
    )
    gateway = await world.gateway()
    await world.told(messageId, 'delivered')
    await world.database.query('update gateway.command set content = null where message_id = $1', [messageId])
    await gateway.stop()
    gateway = await world.gateway()
    await world.reaches(gateway, clinic, 'linked')
    const mark = (await world.simulator.events()).length
    await world.simulator.call('POST', `contacts/${ana}/ask-again`, {
      from: clinic.phone,
      id: providerMessageId,
    })
    await world.simulator.sees(
      'it comes again',
      ({ type, id }) => type === 'message' && id === providerMessageId,
      mark,
    )
    expect((await world.simulator.inbox(ana)).map(({ text }) => text)).toEqual(['de antes'])
  })
})
