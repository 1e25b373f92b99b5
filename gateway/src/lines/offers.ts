import { CredentialsUnreadable, type Vault } from '../credentials/vault.ts'
import type { Offer } from './states.ts'

/**
 * The QR codes, or the typed codes, on offer, in the memory of every gateway, so that any of them can show one. A code
 * travels sealed from its line's owner, in a notification that the database does not keep.
 */
export class Offers {
  #vault: Vault
  #kind: 'qr' | 'code'
  #codes = new Map<string, Offer>()

  constructor(vault: Vault, kind: 'qr' | 'code') {
    this.#vault = vault
    this.#kind = kind
  }

  seal(lineId: string, offer: Offer): string {
    return this.#vault.seal(this.#place(lineId), JSON.stringify(offer)).toString('base64')
  }

  /** Takes a code another gateway, or this one, offers; nothing withdraws it. One sealed with another key is ignored. */
  receive(lineId: string, sealed: string): void {
    this.#codes.delete(lineId)
    if (sealed === '') return
    try {
      const { value, expiresAt } = JSON.parse(
        this.#vault.open(this.#place(lineId), Buffer.from(sealed, 'base64')),
      )
      this.#codes.set(lineId, { value, expiresAt: new Date(expiresAt) })
    } catch (error) {
      if (!(error instanceof CredentialsUnreadable)) throw error
    }
  }

  /** The code on offer, or null when there is none or it has expired. */
  of(lineId: string): Offer | null {
    const found = this.#codes.get(lineId)
    if (found && found.expiresAt > new Date()) return found
    this.#codes.delete(lineId)
    return null
  }

  #place(lineId: string): string {
    return JSON.stringify([lineId, this.#kind])
  }
}
