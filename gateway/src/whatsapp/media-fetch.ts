import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import { Readable } from 'node:stream'
import { getMediaKeys } from '@whiskeysockets/baileys'
import type { MediaSource } from '../media/download-store.ts'
import { downloadUrl } from './media-hosts.ts'

const MAC_BYTES = 10

/** The network did not give the bytes, or not the ones that were sent. */
export class MediaUnavailable extends Error {
  override name = 'MediaUnavailable'
  /** Status of the network's answer, or why its bytes were not accepted. */
  readonly code: string

  constructor(code: string) {
    super('the network did not give this media')
    this.code = code
  }
}

/**
 * The bytes of a message's media, decrypted as they come. The stream fails at its end when they are not the sender's.
 * Throws `MediaUnavailable` or `ForeignHost`.
 * @param networkUrl address of the simulated network; null for the real one
 */
export async function fetchMedia(
  networkUrl: string | null,
  source: MediaSource,
  signal: AbortSignal,
): Promise<Readable> {
  const response = await fetch(downloadUrl(networkUrl, source.directPath), {
    headers: { origin: 'https://web.whatsapp.com' },
    redirect: 'error',
    signal,
  })
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    throw new MediaUnavailable(String(response.status))
  }
  const keys = await getMediaKeys(Buffer.from(source.mediaKey, 'base64'), source.type)
  return Readable.from(decrypted(response.body, keys), { objectMode: false })
}

async function* decrypted(
  encrypted: AsyncIterable<Uint8Array>,
  { iv, cipherKey, macKey }: { iv: Uint8Array; cipherKey: Uint8Array; macKey?: Uint8Array | null },
): AsyncGenerator<Buffer> {
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
  const hmac = createHmac('sha256', macKey ?? new Uint8Array()).update(iv)
  let held = Buffer.alloc(0)
  for await (const chunk of encrypted) {
    held = Buffer.concat([held, chunk])
    const ready = held.subarray(0, Math.max(0, held.length - MAC_BYTES))
    held = held.subarray(ready.length)
    hmac.update(ready)
    yield decipher.update(ready)
  }
  const expected = hmac.digest().subarray(0, MAC_BYTES)
  if (held.length !== MAC_BYTES || !timingSafeEqual(held, expected)) throw new MediaUnavailable('tampered')
  yield decipher.final()
}
