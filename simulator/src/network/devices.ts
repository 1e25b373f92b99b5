import type { BinaryNode } from '@whiskeysockets/baileys'
import type { Delivery } from './delivery.ts'
import type { Network } from './network.ts'
import type { Notices } from './notices.ts'
import { SignalDevice } from './signal-device.ts'
import { BadRequest, e164, lidJid, messageId, phoneJid, unixSeconds } from './wire.ts'
import type { Writing } from './writing.ts'

/** Other linked devices of a clinic's phone, for example a browser at the reception. */
export class Devices {
  #network: Network
  #delivery: Delivery
  #notices: Notices

  constructor(network: Network, delivery: Delivery, notices: Notices) {
    this.#network = network
    this.#delivery = delivery
    this.#notices = notices
  }

  /** Links another device to the phone. @returns its address */
  add(user: string): { jid: string } {
    const account = this.#network.account(user)
    const id = account.nextDevice++
    account.others.set(id, new SignalDevice(this.#network.touch))
    this.#network.touch()
    this.#notices.devices(account, 'add', id)
    const jid = phoneJid(account.user, id)
    this.#network.journal.record('device-added', { phone: e164(account.user), jid })
    return { jid }
  }

  /** Somebody writes on the newest of them; every other device of the phone gets a copy. @returns the message's id */
  async send(user: string, to: string, writing: Writing): Promise<{ id: string }> {
    const account = this.#network.account(user)
    const [id, device] = [...account.others].at(-1) ?? []
    if (!device || id === undefined) throw new BadRequest('add a device first', 404)
    const contact = this.#network.contact(to)
    const written = { ...writing, id: writing.id ?? messageId() }
    const message = await this.#delivery.shownTo(account, contact, written)
    const copy = { deviceSentMessage: { destinationJid: phoneJid(contact.user), message } }
    for (const companion of account.companions.values()) {
      await this.#network.inTurn(account.user, async () => {
        if (!(await device.knows(companion.jid))) {
          await device.meet(companion.jid, this.#network.takeKeys(companion))
        }
        const { type, ciphertext } = await device.encrypt(companion.jid, copy)
        const enc: BinaryNode = { tag: 'enc', attrs: { v: '2', type }, content: ciphertext }
        const attrs = {
          id: written.id,
          from: phoneJid(account.user, id),
          recipient: phoneJid(contact.user),
          peer_recipient_lid: lidJid(contact.lid),
          t: unixSeconds(),
          type: 'text',
        }
        this.#delivery.deliver(companion, { tag: 'message', attrs, content: [enc] })
      })
    }
    this.#network.journal.record('device-wrote', {
      from: e164(account.user),
      to: e164(contact.user),
      id: written.id,
    })
    return { id: written.id }
  }
}
