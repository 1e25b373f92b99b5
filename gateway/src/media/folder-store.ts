import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { MediaStore } from './media-store.ts'

/** The media store as a folder of this machine, or one that several machines share. */
export class FolderStore implements MediaStore {
  #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async read(key: string): Promise<Readable | null> {
    try {
      const file = await open(join(this.#folder, key))
      return file.createReadStream()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  async write(key: string, path: string): Promise<void> {
    const place = join(this.#folder, key)
    const unfinished = `${place}.${randomUUID()}.part`
    await mkdir(dirname(place), { recursive: true, mode: 0o750 })
    try {
      // The flag waits for the disk: a row in the database says that these bytes are here.
      await pipeline(createReadStream(path), createWriteStream(unfinished, { mode: 0o640, flush: true }))
      await rename(unfinished, place)
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  }

  close(): void {}
}
