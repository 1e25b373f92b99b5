import { CredentialsUnreadable, type Vault } from '../credentials/vault.ts'
import type { Qr } from './states.ts'

/**
 * The QR codes on offer, in the memory of every gateway, so that any of them can show one. A code travels sealed from
 * its line's owner, in a notification that the database does not keep.
 */
export class QrCodes {
  #vault: Vault
  #codes = new Map<string, Qr>()

  constructor(vault: Vault) {
    this.#vault = vault
  }

  seal(lineId: string, qr: Qr): string {
    return this.#vault.seal(place(lineId), JSON.stringify(qr)).toString('base64')
  }

  /** Takes a code another gateway, or this one, offers. One sealed with another key is ignored. */
  receive(lineId: string, sealed: string): void {
    try {
      const { value, expiresAt } = JSON.parse(this.#vault.open(place(lineId), Buffer.from(sealed, 'base64')))
      this.#codes.set(lineId, { value, expiresAt: new Date(expiresAt) })
    } catch (error) {
      if (!(error instanceof CredentialsUnreadable)) throw error
    }
  }

  /** The code on offer, or null when there is none or it has expired. */
  of(lineId: string): Qr | null {
    const found = this.#codes.get(lineId)
    if (found && found.expiresAt > new Date()) return found
    this.#codes.delete(lineId)
    return null
  }
}

const place = (lineId: string): string => JSON.stringify([lineId, 'qr'])
