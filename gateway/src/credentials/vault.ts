import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** A sealed value could not be opened: the key is another one, or the row was moved or damaged. */
export class CredentialsUnreadable extends Error {
  override name = 'CredentialsUnreadable'
}

const VERSION = 1
const NONCE = 12
const TAG = 16

/**
 * Seals values with AES-256-GCM. Each is bound to its place (line, type, id), so that a row copied to another line or
 * key does not open there.
 */
export class Vault {
  #key: Buffer

  constructor(key: Buffer) {
    this.#key = key
  }

  seal(place: string, plaintext: string): Buffer {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    cipher.setAAD(Buffer.from(place))
    const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
    return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), sealed])
  }

  /** Throws `CredentialsUnreadable`. */
  open(place: string, sealed: Buffer): string {
    if (sealed.length < 1 + NONCE + TAG || sealed[0] !== VERSION) throw new CredentialsUnreadable()
    const nonce = sealed.subarray(1, 1 + NONCE)
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce)
    decipher.setAAD(Buffer.from(place))
    decipher.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG))
    try {
      return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]).toString(
        'utf8',
      )
    } catch {
      throw new CredentialsUnreadable()
    }
  }
}
