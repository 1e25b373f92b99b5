import { randomBytes } from 'node:crypto'
import { proto } from '@whiskeysockets/baileys'
import type { Connection } from './connection.ts'
import type { Delivery } from './delivery.ts'
import { historyOf } from './history.ts'
import type { Network } from './network.ts'
import type { Companion } from './people.ts'
import { e164, element, SERVER } from './wire.ts'

/** A linked device begins to listen: it gets what waited for it and, the first time, what its phone has to tell it. */
export class Arrival {
  #network: Network
  #delivery: Delivery

  constructor(network: Network, delivery: Delivery) {
    this.#network = network
    this.#delivery = delivery
  }

  async active(connection: Connection): Promise<void> {
    const companion = connection.companion
    if (!companion || connection.active) return
    connection.active = true
    const waiting = companion.queue.map(({ node }) => ({ ...node, attrs: { ...node.attrs, offline: '1' } }))
    const count = (tag?: string): string =>
      String(waiting.filter((node) => tag === undefined || node.tag === tag).length)
    if (waiting.length > 0) {
      const preview = {
        count: count(),
        message: count('message'),
        receipt: count('receipt'),
        notification: count('notification'),
        appdata: '0',
      }
      connection.send(element('ib', { from: SERVER }, [element('offline_preview', preview)]))
    }
    for (const node of waiting) {
      this.#delivery.handedOver(node)
      connection.send(node)
    }
    connection.send(element('ib', { from: SERVER }, [element('offline', { count: count() })]))
    this.#network.journal.record('online', { phone: e164(companion.user), waiting: waiting.length })
    if (companion.bootstrapped) return
    companion.bootstrapped = true
    const account = this.#network.account(companion.user)
    await this.#delivery.welcome(account, companion, await this.#welcome(companion))
  }

  /** A key for synchronised settings and the history, so that the companion goes online at once. */
  async #welcome(companion: Companion): Promise<proto.IMessage[]> {
    const account = this.#network.account(companion.user)
    account.settingsKey ??= { id: Buffer.concat([Buffer.alloc(2), randomBytes(4)]), data: randomBytes(32) }
    const fingerprint = { rawId: account.rawId, currentIndex: 0, deviceIndexes: [0] }
    const key = {
      keyId: { keyId: account.settingsKey.id },
      keyData: { keyData: account.settingsKey.data, fingerprint, timestamp: Date.now() },
    }
    const { Type } = proto.Message.ProtocolMessage
    return [
      { protocolMessage: { type: Type.APP_STATE_SYNC_KEY_SHARE, appStateSyncKeyShare: { keys: [key] } } },
      ...(await historyOf(this.#network, account)),
    ]
  }
}
