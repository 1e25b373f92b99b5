import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BufferJSON } from '@whiskeysockets/baileys'
import type { SavedNetwork } from './people.ts'

const QUIET_MS = 150

/** Keeps the phones in one file, so that lines stay linked when the simulator restarts. */
export class Storage {
  #file: string | null
  #snapshot: () => SavedNetwork
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()
  #closed = false

  /** @param folder null keeps everything in memory only */
  constructor(folder: string | null, snapshot: () => SavedNetwork) {
    this.#file = folder === null ? null : join(folder, 'network.json')
    this.#snapshot = snapshot
  }

  static async load(folder: string | null): Promise<SavedNetwork> {
    const nothing: SavedNetwork = { accounts: [], contacts: [], serverKey: null }
    if (folder === null) return nothing
    await mkdir(folder, { recursive: true, mode: 0o700 })
    try {
      return JSON.parse(
        await readFile(join(folder, 'network.json'), 'utf8'),
        BufferJSON.reviver,
      ) as SavedNetwork
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothing
      throw error
    }
  }

  /** Saves soon; many changes in a row become one write. */
  touch = (): void => {
    if (this.#file === null || this.#timer || this.#closed) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#writing = this.#writing.then(() => this.#write())
    }, QUIET_MS)
  }

  /** Saves what is not saved yet; later changes are not saved any more. */
  async close(): Promise<void> {
    this.#closed = true
    if (this.#timer) {
      clearTimeout(this.#timer)
      this.#timer = null
      this.#writing = this.#writing.then(() => this.#write())
    }
    await this.#writing
  }

  async #write(): Promise<void> {
    if (this.#file === null) return
    const next = `${this.#file}.next`
    await writeFile(next, JSON.stringify(this.#snapshot(), BufferJSON.replacer), { mode: 0o600 })
    await rename(next, this.#file)
  }
}
