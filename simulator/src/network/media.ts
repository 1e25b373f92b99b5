import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  randomUUID,
} from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getMediaKeys, type MediaType } from '@whiskeysockets/baileys'
import { BadRequest } from './wire.ts'

/** What a phone must know to fetch and open one picture or file. */
export interface MediaRef {
  directPath: string
  mediaKey: Uint8Array
  fileSha256: Uint8Array
  fileEncSha256: Uint8Array
  /** Bytes of the content. */
  fileLength: number
}

const MAC_BYTES = 10
const KEPT = 200

/** The network's store of encrypted media: it never sees a key. */
export class MediaHost {
  /** What an upload must present, as handed out to logged-in devices. */
  readonly auth = randomBytes(16).toString('hex')
  #folder: string | null
  #blobs = new Map<string, Buffer>()

  /** @param folder where the blobs persist; null keeps the newest in memory */
  constructor(folder: string | null) {
    this.#folder = folder === null ? null : join(folder, 'media')
  }

  /** @returns the path under which it is fetched */
  async put(blob: Buffer): Promise<string> {
    const id = randomUUID()
    if (this.#folder === null) {
      this.#blobs.set(id, blob)
      const [oldest] = this.#blobs.keys()
      if (this.#blobs.size > KEPT && oldest) this.#blobs.delete(oldest)
    } else {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 })
      await writeFile(join(this.#folder, id), blob, { mode: 0o600 })
    }
    return `/v/${id}`
  }

  async get(path: string): Promise<Buffer | undefined> {
    const id = /^\/v\/([0-9a-f-]{36})$/.exec(path)?.[1]
    if (!id) return undefined
    if (this.#folder === null) return this.#blobs.get(id)
    return readFile(join(this.#folder, id)).catch(() => undefined)
  }
}

/** Encrypts as a phone does before it uploads. */
export async function encryptMedia(host: MediaHost, content: Buffer, type: MediaType): Promise<MediaRef> {
  const mediaKey = randomBytes(32)
  const keys = await getMediaKeys(mediaKey, type)
  const cipher = createCipheriv('aes-256-cbc', keys.cipherKey, keys.iv)
  const sealed = Buffer.concat([cipher.update(content), cipher.final()])
  const blob = Buffer.concat([sealed, mac(keys, sealed)])
  return {
    directPath: await host.put(blob),
    mediaKey,
    fileSha256: createHash('sha256').update(content).digest(),
    fileEncSha256: createHash('sha256').update(blob).digest(),
    fileLength: content.length,
  }
}

/** Fetches and opens as a phone does. Throws when it is gone or was tampered with. */
export async function decryptMedia(host: MediaHost, ref: MediaRef, type: MediaType): Promise<Buffer> {
  const blob = await host.get(ref.directPath.split('?')[0] ?? '')
  if (!blob) throw new BadRequest('the network does not have this any more', 410)
  const keys = await getMediaKeys(Buffer.from(ref.mediaKey), type)
  const sealed = blob.subarray(0, -MAC_BYTES)
  if (!blob.subarray(-MAC_BYTES).equals(mac(keys, sealed))) throw new BadRequest('the media was changed', 422)
  const decipher = createDecipheriv('aes-256-cbc', keys.cipherKey, keys.iv)
  const content = Buffer.concat([decipher.update(sealed), decipher.final()])
  const sha256 = createHash('sha256').update(content).digest()
  if (!sha256.equals(Buffer.from(ref.fileSha256))) throw new BadRequest('the media was changed', 422)
  return content
}

const mac = ({ macKey, iv }: { macKey?: Uint8Array; iv: Uint8Array }, sealed: Buffer): Buffer =>
  createHmac('sha256', Buffer.from(macKey ?? []))
    .update(iv)
    .update(sealed)
    .digest()
    .subarray(0, MAC_BYTES)
