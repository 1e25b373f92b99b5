import { createHash } from 'node:crypto'
import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren } from '@whiskeysockets/baileys'
import type { Connection } from './connection.ts'
import type { Network } from './network.ts'
import type { Notices } from './notices.ts'
import type { Companion } from './people.ts'
import { bundleNode } from './signal-device.ts'
import { bytesNumber, childBytes, element, firstChild, numberBytes } from './wire.ts'

/** With so many one-time keys left the network asks a device for more, and again when it has not brought any. */
const FEW_KEYS = [9, 4]
const HASH_BYTES = 20

/** Public keys of devices: kept for others, handed out, compared with what the device has. */
export class Keys {
  #network: Network
  #notices: Notices

  constructor(network: Network, notices: Notices) {
    this.#network = network
    this.#notices = notices
  }

  async answer(connection: Connection, request: BinaryNode): Promise<void> {
    const companion = connection.companion
    const child = firstChild(request)
    if (!companion || !child) return connection.refuse(request, '400', 'bad-request')
    if (request.attrs.type === 'set') return this.#keep(connection, companion, request, child)
    switch (child.tag) {
      case 'count':
        return connection.result(request, [element('count', { value: String(companion.preKeys.length) })])
      case 'digest':
        return connection.result(request, [digest(companion)])
      case 'key':
      case 'key_fetch':
        return this.#bundles(connection, request, child)
      default:
        return connection.refuse(request, '501', 'feature-not-implemented')
    }
  }

  #keep(connection: Connection, companion: Companion, request: BinaryNode, child: BinaryNode): void {
    if (child.tag === 'rotate') companion.keys.signedPreKey = signedPreKey(child)
    else {
      const list = getBinaryNodeChild(request, 'list')
      if (!list || !getBinaryNodeChild(request, 'identity'))
        return connection.refuse(request, '406', 'not-acceptable')
      companion.keys.signedPreKey = signedPreKey(request)
      const uploaded = getBinaryNodeChildren(list, 'key')
      companion.preKeys.push(
        ...uploaded.map((key) => ({ id: bytesNumber(childBytes(key, 'id')), key: childBytes(key, 'value') })),
      )
    }
    this.#network.touch()
    connection.result(request)
  }

  async #bundles(connection: Connection, request: BinaryNode, child: BinaryNode): Promise<void> {
    const users: BinaryNode[] = []
    for (const user of getBinaryNodeChildren(child, 'user')) {
      const jid = user.attrs.jid ?? ''
      this.#network.journal.record('keys-fetched', { of: jid })
      const end = this.#network.endpoint(jid)
      if (!end)
        users.push(element('user', { jid }, [element('error', { code: '404', text: 'item-not-found' })]))
      else if (end.kind === 'companion') users.push(bundleNode(jid, this.#network.takeKeys(end.companion)))
      else users.push(bundleNode(jid, await end.device.bundle()))
    }
    connection.result(request, [element('list', {}, users)])
  }

  /** One key was used up: tells the device when few are left. */
  used(companion: Companion): void {
    if (FEW_KEYS.includes(companion.preKeys.length)) this.#notices.fewKeys(companion)
  }
}

/** What the network has of a device's keys, with a hash over them, for the device to compare. */
function digest(companion: Companion): BinaryNode {
  const { registrationId, identity, signedPreKey } = companion.keys
  const bytes = (tag: string, content: Uint8Array): BinaryNode => ({ tag, attrs: {}, content })
  const hash = createHash('sha1')
  for (const part of [identity, signedPreKey.key, signedPreKey.signature]) hash.update(part)
  for (const { key } of companion.preKeys) hash.update(key)
  return element('digest', {}, [
    bytes('registration', numberBytes(registrationId, 4)),
    bytes('type', Buffer.from([5])),
    bytes('identity', identity),
    element('skey', {}, [
      bytes('id', numberBytes(signedPreKey.id, 3)),
      bytes('value', signedPreKey.key),
      bytes('signature', signedPreKey.signature),
    ]),
    element(
      'list',
      {},
      companion.preKeys.map(({ id }) => bytes('id', numberBytes(id, 3))),
    ),
    bytes('hash', hash.digest().subarray(0, HASH_BYTES)),
  ])
}

function signedPreKey(node: BinaryNode) {
  const key = getBinaryNodeChild(node, 'skey')
  if (!key) throw new Error('no signed pre-key')
  return {
    id: bytesNumber(childBytes(key, 'id')),
    key: childBytes(key, 'value'),
    signature: childBytes(key, 'signature'),
  }
}
