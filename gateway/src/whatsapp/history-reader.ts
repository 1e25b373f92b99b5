import { Readable } from 'node:stream'
import type { HistoryStore, Part } from '../contacts/history-store.ts'
import { LeaseLost } from '../db/line-transaction.ts'
import { contentsOf, isLast, messagesIn } from './history-part.ts'
import type { Own } from './inbound.ts'
import { fetchMedia } from './media-fetch.ts'
import type { Recorder } from './recorder.ts'
import { turns } from './turns.ts'

/** A transaction with so many messages does not hold up the line. */
const AT_ONCE = 50
const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 3_600_000
const ATTEMPT_MS = 120_000
const TRIED_HOURS = 24

export interface HistoryReaderOptions {
  store: HistoryStore
  recorder: Recorder
  own: () => Own
  /** Address of the simulated network; null for the real one. */
  networkUrl: string | null
  failed: (error: unknown) => void
}

/** Reads, part by part, what the phone says about the time in which the line was not linked. */
export class HistoryReader {
  #options: HistoryReaderOptions
  #turn = turns()
  #timer: NodeJS.Timeout | null = null
  #stopping = new AbortController()

  constructor(options: HistoryReaderOptions) {
    this.#options = options
  }

  /** There may be something to read. */
  wake(): void {
    if (this.#stopping.signal.aborted) return
    this.#turn(() => this.#readAll()).catch((error) => this.#options.failed(error))
  }

  stop(): void {
    this.#stopping.abort()
    if (this.#timer) clearTimeout(this.#timer)
  }

  async #readAll(): Promise<void> {
    const { store } = this.#options
    for (let part = await store.next(); part; part = await store.next()) {
      if (this.#stopping.signal.aborted) return
      try {
        await this.#read(part)
      } catch (error) {
        if (this.#stopping.signal.aborted) return
        if (error instanceof LeaseLost) throw error
        await this.#later(part)
      }
    }
  }

  async #read(part: Part): Promise<void> {
    const { store, recorder, own, networkUrl } = this.#options
    const contents = contentsOf(part.announcement)
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(ATTEMPT_MS)])
    const packed =
      contents instanceof Uint8Array
        ? Readable.from([contents])
        : contents
          ? await fetchMedia(
              networkUrl,
              {
                directPath: contents.directPath,
                mediaKey: Buffer.from(contents.mediaKey).toString('base64'),
                type: 'md-msg-hist',
              },
              signal,
            )
          : null
    const messages = packed ? await messagesIn(packed, part.since, own()) : []
    while (messages.length > AT_ONCE) await recorder.recordAll(messages.splice(0, AT_ONCE))
    await recorder.recordAll(messages, (transaction) =>
      store.done(transaction, part, isLast(part.announcement)),
    )
  }

  async #later(part: Part): Promise<void> {
    if (Date.now() - part.recordedAt.getTime() > TRIED_HOURS * 3_600_000) {
      return this.#options.store.giveUp(part)
    }
    const ms = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(part.attempts, 20), LONGEST_PAUSE_MS)
    await this.#options.store.tryAgainIn(part, ms)
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.wake(), ms)
    this.#timer.unref()
  }
}
