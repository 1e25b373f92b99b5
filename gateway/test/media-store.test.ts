import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FolderStore } from '../src/media/folder-store.ts'
import { isKeyOf, type MediaStore, newKey } from '../src/media/media-store.ts'
import { S3Store } from '../src/media/s3-store.ts'
import { downloadUrl, ForeignHost, uploadAgent } from '../src/whatsapp/media-hosts.ts'
import { ACCESS_KEY, S3Server, SECRET_KEY } from './support/s3.ts'

describe('the media store', () => {
  let folder: string
  let server: S3Server

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recado-media-store-'))
    server = await S3Server.start(join(folder, 's3'))
  })
  afterAll(async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const bucket = (secretKey = SECRET_KEY): MediaStore =>
    new S3Store({
      bucket: 'media',
      endpoint: server.endpoint,
      region: 'us-east-1',
      accessKey: ACCESS_KEY,
      secretKey,
    })

  const written = async (content: Buffer): Promise<string> => {
    const path = join(folder, randomUUID())
    await writeFile(path, content)
    return path
  }

  it.each([
    ['as a folder', () => new FolderStore(join(folder, 'plain'))],
    ['as a bucket', () => bucket()],
  ])('%s gives back what was put there, the newest, and null for what was not', async (_, open) => {
    const store = open()
    const key = newKey(randomUUID(), randomUUID(), new Date('2026-03-09T12:00:00Z'))
    expect(key).toContain('/2026/03/')
    expect(await store.read(key)).toBeNull()
    for (const content of [randomBytes(10), randomBytes(3_000_000)]) {
      const object = { contentType: 'image/png', size: content.length }
      await store.write(key, await written(content), object)
      expect(await buffer((await store.read(key)) as Readable)).toEqual(content)
    }
    store.close()
  })

  it('as a folder never shows half an object, and leaves nothing of one behind', async () => {
    const place = join(folder, 'broken')
    const store = new FolderStore(place)
    const key = newKey(randomUUID(), randomUUID(), new Date())
    await expect(store.write(key, join(folder, 'not-there'))).rejects.toThrow('ENOENT')
    expect(await store.read(key)).toBeNull()
    const files = (await readdir(place, { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    )
    expect(files).toEqual([])
  })

  it('as a bucket refuses a wrong key instead of saying that nothing is there', async () => {
    const stranger = bucket('another-secret')
    const object = { contentType: 'image/png', size: 3 }
    await expect(stranger.write('a/b', await written(Buffer.from('abc')), object)).rejects.toThrow()
    stranger.close()
  })

  it('keeps one organization out of the objects of another, and out of everything else', () => {
    const [mine, other] = [randomUUID(), randomUUID()]
    expect(isKeyOf(mine, newKey(mine, randomUUID(), new Date()))).toBe(true)
    for (const key of [
      newKey(other, randomUUID(), new Date()),
      `${mine}/../${other}/2026/01/${randomUUID()}`,
      `${mine}/2026/01/../../../../etc/passwd`,
      `${mine}/2026/01/${randomUUID()}.part`,
    ])
      expect(isKeyOf(mine, key)).toBe(false)
  })
})

describe('media on the network', () => {
  it("is fetched from WhatsApp's own host, whatever path a sender names", () => {
    expect(downloadUrl(null, '/v/t62.7118/abc?ccb=1')).toBe('https://mmg.whatsapp.net/v/t62.7118/abc?ccb=1')
    for (const path of ['@evil.example/v', '.evil.example/v', ':8080/v', 'v/abc', ''])
      expect(() => downloadUrl(null, path)).toThrow(ForeignHost)
    expect(new URL(downloadUrl(null, '//evil.example/v')).hostname).toBe('mmg.whatsapp.net')
    expect(downloadUrl('ws://127.0.0.1:8091/ws/chat', '/v/abc')).toBe('http://127.0.0.1:8091/v/abc')
  })

  it("is put on WhatsApp's own hosts only", () => {
    const real = uploadAgent(null)
    for (const host of ['evil.example', 'whatsapp.net.evil.example', 'evilwhatsapp.net', '127.0.0.1'])
      expect(() => real.createConnection({ host, port: 443 })).toThrow(ForeignHost)
    const simulated = uploadAgent('ws://127.0.0.1:8091/ws/chat')
    for (const [host, port] of [
      ['mmg.whatsapp.net', 443],
      ['127.0.0.1', 8092],
    ] as const)
      expect(() => simulated.createConnection({ host, port })).toThrow(ForeignHost)
  })
})
