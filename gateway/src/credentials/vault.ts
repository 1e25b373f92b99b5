import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/** A sealed value could not be opened: the key is another one, or the row was moved or damaged. */
export class CredentialsUnreadable extends Error {
  override name = 'CredentialsUnreadable'
}

/** Sealed before values named their key. */
const UNNAMED = 1
const NAMED = 2
const ID = 4
const NONCE = 12
const TAG = 16

/** Names a key without telling anything about it. */
const idOf = (key: Buffer): Buffer =>
  createHash('sha256').update('recado-credentials-key').update(key).digest().subarray(0, ID)

/**
 * Seals values with AES-256-GCM. Each is bound to its place (line, type, id), so that a row copied to another line or
 * key does not open there. A value names the key that sealed it, so that keys can be changed while lines stay linked.
 */
export class Vault {
  /** What every value sealed with the present key begins with: format and key. */
  readonly prefix: Buffer
  #key: KeyObject
  #byId: Map<string, KeyObject>

  /**
   * @param key seals, and opens what it sealed
   * @param old only open what they sealed before
   */
  constructor(key: Buffer, old: Buffer[] = []) {
    this.#key = createSecretKey(key)
    this.prefix = Buffer.concat([Buffer.from([NAMED]), idOf(key)])
    this.#byId = new Map([key, ...old].map((one) => [idOf(one).toString('hex'), createSecretKey(one)]))
  }

  seal(place: string, plaintext: string): Buffer {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    cipher.setAAD(Buffer.from(place))
    const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
    return Buffer.concat([this.prefix, nonce, cipher.getAuthTag(), sealed])
  }

  /** Throws `CredentialsUnreadable`. */
  open(place: string, sealed: Buffer): string {
    if (sealed[0] === NAMED) {
      const key = this.#byId.get(sealed.subarray(1, 1 + ID).toString('hex'))
      if (key) return opened(key, place, sealed.subarray(1 + ID))
    }
    if (sealed[0] === UNNAMED) {
      for (const key of this.#byId.values()) {
        try {
          return opened(key, place, sealed.subarray(1))
        } catch (error) {
          if (!(error instanceof CredentialsUnreadable)) throw error
        }
      }
    }
    throw new CredentialsUnreadable()
  }
}

function opened(key: KeyObject, place: string, box: Buffer): string {
  if (box.length < NONCE + TAG) throw new CredentialsUnreadable()
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, NONCE))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(box.subarray(NONCE, NONCE + TAG))
  try {
    return Buffer.concat([decipher.update(box.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
  } catch {
    throw new CredentialsUnreadable()
  }
}
