import type { Readable } from 'node:stream'

/** The most one object may hold, in bytes. */
export const MAX_MEDIA_BYTES = 16_000_000

/** Pictures and documents of messages, shared with the backend. Keys are `{organizationId}/{yyyy}/{mm}/{uuid}`. */
export interface MediaStore {
  /** @returns the object's bytes, or null when there is no such object. Throws when the store does not answer. */
  read(key: string): Promise<Readable | null>
  /**
   * Puts a whole file there at once: a reader sees all of it or nothing. The same key again replaces the object.
   * @param path of a file on this machine, which stays
   */
  write(key: string, path: string, object: { contentType: string; size: number }): Promise<void>
  close(): void
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const KEY = new RegExp(`^(${UUID})/[0-9]{4}/[0-9]{2}/${UUID}$`)

/** Whether a key can be one of this organization's objects, and nothing else of the store. */
export const isKeyOf = (organizationId: string, key: string): boolean => KEY.exec(key)?.[1] === organizationId

/** The key under which a new object of this organization is put. */
export function newKey(organizationId: string, id: string, at: Date): string {
  const month = String(at.getUTCMonth() + 1).padStart(2, '0')
  return `${organizationId}/${at.getUTCFullYear()}/${month}/${id}`
}
