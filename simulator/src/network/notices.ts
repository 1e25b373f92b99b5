import { type BinaryNode, proto } from '@whiskeysockets/baileys'
import type { Delivery } from './delivery.ts'
import type { Network } from './network.ts'
import type { Account, Companion } from './people.ts'
import { e164, element, messageId, phoneJid, SERVER, stanzaId, unixSeconds } from './wire.ts'

/** What the network itself tells linked devices: about devices, settings, keys and channels. */
export class Notices {
  #network: Network
  #delivery: Delivery

  constructor(network: Network, delivery: Delivery) {
    this.#network = network
    this.#delivery = delivery
  }

  /** A device of this phone was linked or removed. @param but the device it is about, which is not told */
  devices(account: Account, change: 'add' | 'remove', device: number, but?: Companion): void {
    const jid = phoneJid(account.user, device)
    const content = [
      element('device', { jid, 'key-index': String(device) }),
      element('key-index-list', { ts: unixSeconds() }),
    ]
    this.#toAll(
      account,
      phoneJid(account.user),
      'devices',
      [element(change, { device_hash: '2:sim' }, content)],
      but,
    )
  }

  /** Settings changed on another device; each asks for what is new in the collection. */
  settings(account: Account, collection: string, version: number): void {
    this.#toAll(account, phoneJid(account.user), 'server_sync', [
      element('collection', { name: collection, version: String(version) }),
    ])
  }

  /** Few one-time keys are left: the device is to bring more. */
  fewKeys(companion: Companion): void {
    this.#delivery.deliver(
      companion,
      notification(`@${SERVER}`, 'encrypt', [element('count', { value: String(companion.preKeys.length) })]),
    )
    this.#network.journal.record('few-keys', {
      phone: e164(companion.user),
      left: companion.preKeys.length,
    })
  }

  /** A channel the phone follows publishes something; channels are not encrypted. @returns the message's id */
  newsletter(account: Account, newsletter: string, text: string): { id: string } {
    const id = messageId()
    const content = proto.Message.encode({ conversation: text }).finish()
    for (const companion of account.companions.values()) {
      this.#delivery.deliver(companion, {
        tag: 'message',
        attrs: { from: `${newsletter}@newsletter`, id, server_id: '100', t: unixSeconds(), type: 'text' },
        content: [{ tag: 'plaintext', attrs: {}, content }],
      })
    }
    return { id }
  }

  #toAll(account: Account, from: string, type: string, content: BinaryNode[], but?: Companion): void {
    for (const companion of account.companions.values())
      if (companion !== but) this.#delivery.deliver(companion, notification(from, type, content))
  }
}

const notification = (from: string, type: string, content: BinaryNode[]): BinaryNode => ({
  tag: 'notification',
  attrs: { from, type, id: stanzaId(), t: unixSeconds() },
  content,
})
