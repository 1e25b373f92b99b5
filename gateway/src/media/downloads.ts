import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Logger, named } from '../log.ts'
import type { Download, DownloadStore, MediaSource, Outcome } from './download-store.ts'
import { recognised } from './kinds-kept.ts'
import { MAX_MEDIA_BYTES, type MediaStore, newKey } from './media-store.ts'

const AT_ONCE = 3
const ATTEMPT_MS = 180_000
const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 3_600_000
const TRIED_HOURS = 24

/** More bytes than are kept. */
class TooLarge extends Error {
  override name = 'TooLarge'
}

export interface DownloadsOptions {
  downloads: DownloadStore
  /** Null when none is configured: then nothing can be kept. */
  media: MediaStore | null
  /** The opened bytes of a message's media. Throws when the network does not give them, or gives others. */
  fetch(source: MediaSource, signal: AbortSignal): Promise<Readable>
  counted(state: Outcome['state']): void
  log: Logger
}

/**
 * Fetches what people send and puts it into the media store. It never holds up messages: they were reported before.
 * Bytes pass through a temporary file, a few at a time, because length and type must be known first.
 */
export class Downloads {
  #options: DownloadsOptions
  #running = new Set<Promise<void>>()
  #stopping = new AbortController()
  #looking = false
  #again = false

  constructor(options: DownloadsOptions) {
    this.#options = options
  }

  /** There may be something to fetch. */
  wake(): void {
    if (this.#looking) {
      this.#again = true
      return
    }
    this.#looking = true
    this.#look()
      .catch((error) => this.#options.log.warn(named(error), 'media waits'))
      .finally(() => {
        this.#looking = false
        if (!this.#again) return
        this.#again = false
        this.wake()
      })
  }

  /** Breaks off what is being fetched; it is tried again after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#running)
  }

  async #look(): Promise<void> {
    const free = AT_ONCE - this.#running.size
    if (free <= 0 || this.#stopping.signal.aborted) return
    for (const download of await this.#options.downloads.claim(free, ATTEMPT_MS)) {
      const run = this.#work(download).finally(() => {
        this.#running.delete(run)
        this.wake()
      })
      this.#running.add(run)
    }
  }

  async #work(download: Download): Promise<void> {
    const { downloads, counted, log } = this.#options
    try {
      const outcome = await this.#outcome(download)
      if (outcome) {
        await downloads.finish(download, outcome)
        counted(outcome.state)
      } else if (this.#stopping.signal.aborted) await downloads.tryAgainIn(download, 0)
      else await downloads.tryAgainIn(download, pauseMs(download.attempts))
    } catch (error) {
      log.warn({ lineId: download.lineId, ...named(error) }, 'media could not be reported')
    }
  }

  /** What became of it, or null when it should be tried again. */
  async #outcome(download: Download): Promise<Outcome | null> {
    const nothing = { key: null, sha256: null }
    const { contentType, size } = download.claimed
    if (size !== null && size > MAX_MEDIA_BYTES)
      return { state: 'too-large', ...nothing, contentType: null, size }
    const folder = await mkdtemp(join(tmpdir(), 'recado-media-'))
    try {
      return await this.#kept(download, join(folder, 'content'))
    } catch (error) {
      if (error instanceof TooLarge) return { state: 'too-large', ...nothing, contentType: null, size }
      const { downloads, log } = this.#options
      log.info({ lineId: download.lineId, ...named(error) }, 'media could not be fetched')
      if (!(await downloads.isOlderThan(download, TRIED_HOURS))) return null
      return { state: 'unavailable', ...nothing, contentType, size }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async #kept(download: Download, path: string): Promise<Outcome> {
    const { media, fetch } = this.#options
    if (!media) throw new Error('no media store is configured')
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(ATTEMPT_MS / 2)])
    const hash = createHash('sha256')
    let size = 0
    const measured = async function* (bytes: AsyncIterable<Buffer>) {
      for await (const chunk of bytes) {
        size += chunk.length
        if (size > MAX_MEDIA_BYTES) throw new TooLarge()
        hash.update(chunk)
        yield chunk
      }
    }
    await pipeline(await fetch(download.source, signal), measured, createWriteStream(path, { mode: 0o600 }), {
      signal,
    })
    const { contentType, kept } = await recognised(path, download.claimed.contentType)
    if (!kept || contentType === null) return { state: 'refused', key: null, sha256: null, contentType, size }
    const key = newKey(download.organizationId, download.mediaId, download.recordedAt)
    await media.write(key, path, { contentType, size })
    return { state: 'stored', key, contentType, size, sha256: hash.digest('hex') }
  }
}

/** How long to wait after so many failures: 5 s, doubling, at most an hour, and never twice the same. */
export const pauseMs = (failures: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures, 20), LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2)
