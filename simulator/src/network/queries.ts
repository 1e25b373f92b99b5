import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren, proto } from '@whiskeysockets/baileys'
import type { Connection } from './connection.ts'
import type { Delivery } from './delivery.ts'
import type { Network } from './network.ts'
import type { Pairing } from './pairing.ts'
import type { Companion } from './people.ts'
import { bundleNode } from './signal-device.ts'
import {
  address,
  bytesNumber,
  childBytes,
  digits,
  e164,
  firstChild,
  lidJid,
  phoneJid,
  SERVER,
} from './wire.ts'

const element = (tag: string, attrs: Record<string, string> = {}, content?: BinaryNode[]): BinaryNode => ({
  tag,
  attrs,
  ...(content ? { content } : {}),
})

/** Answers to a companion's requests: keys, who is on WhatsApp, settings. */
export class Queries {
  #network: Network
  #pairing: Pairing
  #delivery: Delivery

  constructor(network: Network, pairing: Pairing, delivery: Delivery) {
    this.#network = network
    this.#pairing = pairing
    this.#delivery = delivery
  }

  async answer(connection: Connection, request: BinaryNode): Promise<void> {
    const child = firstChild(request)
    switch (request.attrs.xmlns) {
      case 'encrypt':
        return child ? this.#keys(connection, request, child) : connection.result(request)
      case 'passive':
        return this.#passive(connection, request, child)
      case 'usync':
        return child ? this.#directory(connection, request, child) : connection.result(request)
      case 'w:m':
        return connection.result(request, [this.#mediaHosts(connection)])
      case 'md':
        return this.#linking(connection, request, child)
      case 'abt':
        return connection.result(request, [
          element('props', { protocol: '1', hash: 'sim', refresh: '86400' }, []),
        ])
      case 'blocklist':
        return connection.result(request, [element('list', { matched: 'true' })])
      case 'privacy':
        return connection.result(request, request.attrs.type === 'get' ? [privacy()] : undefined)
      case 'w:sync:app:state':
        return connection.result(request, [settings(child)])
      case 'w:mex':
        return connection.result(request, [{ tag: 'result', attrs: {}, content: Buffer.from('{"data":{}}') }])
      default:
        return connection.result(request)
    }
  }

  /** Where media is uploaded: on this address, as everything else. */
  #mediaHosts(connection: Connection): BinaryNode {
    const host = element('host', { hostname: connection.address, maxContentLengthBytes: '100000000' })
    return element('media_conn', { auth: this.#network.media.auth, ttl: '300' }, [host])
  }

  async #keys(connection: Connection, request: BinaryNode, child: BinaryNode): Promise<void> {
    const companion = connection.companion
    if (!companion) return
    if (child.tag === 'count') {
      return connection.result(request, [element('count', { value: String(companion.preKeys.length) })])
    }
    if (child.tag === 'digest') return connection.result(request, [element('digest', {}, [])])
    if (child.tag === 'key') return this.#bundles(connection, request, child)
    if (child.tag === 'rotate') companion.keys.signedPreKey = signedPreKey(child)
    else if (request.attrs.type === 'set') {
      companion.keys.signedPreKey = signedPreKey(request)
      const uploaded = getBinaryNodeChildren(getBinaryNodeChild(request, 'list'), 'key')
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
      const end = this.#network.endpoint(jid)
      if (!end)
        users.push(element('user', { jid }, [element('error', { code: '404', text: 'item-not-found' })]))
      else if (end.kind === 'companion') users.push(bundleNode(jid, this.#network.takeKeys(end.companion)))
      else users.push(bundleNode(jid, await end.device.bundle()))
    }
    connection.result(request, [element('list', {}, users)])
  }

  async #passive(connection: Connection, request: BinaryNode, child: BinaryNode | undefined): Promise<void> {
    connection.result(request)
    const companion = connection.companion
    if (!companion || child?.tag !== 'active' || connection.active) return
    connection.active = true
    const waiting = companion.queue.map(({ node }) => ({ ...node, attrs: { ...node.attrs, offline: '1' } }))
    for (const node of waiting) {
      this.#delivery.handedOver(node)
      connection.send(node)
    }
    connection.send(element('ib', { from: SERVER }, [element('offline', { count: String(waiting.length) })]))
    this.#network.journal.record('online', { phone: e164(companion.user), waiting: waiting.length })
    if (companion.bootstrapped) return
    companion.bootstrapped = true
    const account = this.#network.account(companion.user)
    await this.#delivery.welcome(account, companion, this.#welcome(companion))
  }

  /** A key for synchronised settings and an almost empty history, so that the companion goes online at once. */
  #welcome(companion: Companion): proto.IMessage[] {
    const account = this.#network.account(companion.user)
    account.settingsKey ??= { id: Buffer.concat([Buffer.alloc(2), randomBytes(4)]), data: randomBytes(32) }
    const fingerprint = { rawId: account.rawId, currentIndex: 0, deviceIndexes: [0] }
    const key = {
      keyId: { keyId: account.settingsKey.id },
      keyData: { keyData: account.settingsKey.data, fingerprint, timestamp: Date.now() },
    }
    const { Type } = proto.Message.ProtocolMessage
    const { HistorySyncType } = proto.HistorySync
    const history = (syncType: proto.HistorySync.HistorySyncType): proto.IMessage => {
      const names = this.#network.contacts.map(({ user, name }) => ({ id: phoneJid(user), pushname: name }))
      const pairs = this.#network.contacts.map(({ user, lid }) => ({
        pnJid: phoneJid(user),
        lidJid: lidJid(lid),
      }))
      const content = {
        syncType,
        progress: 100,
        conversations: [],
        pushnames: names,
        phoneNumberToLidMappings: pairs,
      }
      const payload = deflateSync(proto.HistorySync.encode(content).finish())
      return {
        protocolMessage: {
          type: Type.HISTORY_SYNC_NOTIFICATION,
          historySyncNotification: {
            syncType: syncType as number as proto.Message.HistorySyncType,
            chunkOrder: 1,
            progress: 100,
            initialHistBootstrapInlinePayload: payload,
          },
        },
      }
    }
    return [
      { protocolMessage: { type: Type.APP_STATE_SYNC_KEY_SHARE, appStateSyncKeyShare: { keys: [key] } } },
      history(HistorySyncType.INITIAL_BOOTSTRAP),
      history(HistorySyncType.RECENT),
    ]
  }

  #linking(connection: Connection, request: BinaryNode, child: BinaryNode | undefined): void {
    const companion = connection.companion
    if (child?.tag === 'remove-companion-device' && companion) {
      connection.result(request)
      this.#network.account(companion.user).companions.delete(companion.id)
      this.#network.touch()
      this.#network.journal.record('logged-out', { phone: e164(companion.user) })
      return connection.removed()
    }
    if (child?.tag === 'link_code_companion_reg' && child.attrs.stage === 'companion_hello') {
      const content = this.#pairing.expectCode(connection, child)
      const reference: BinaryNode = { tag: 'link_code_pairing_ref', attrs: {}, content }
      return connection.result(request, [
        element('link_code_companion_reg', { stage: 'companion_hello' }, [reference]),
      ])
    }
    connection.result(request)
    if (child?.tag === 'link_code_companion_reg') this.#pairing.finishCode(connection, child)
  }

  /** Who has this number, with which devices and which hidden identifier. */
  #directory(connection: Connection, request: BinaryNode, usync: BinaryNode): void {
    const asked = getBinaryNodeChild(usync, 'query')?.content
    const wanted = Array.isArray(asked) ? asked.map(({ tag }) => tag) : []
    const users = getBinaryNodeChildren(getBinaryNodeChild(usync, 'list'), 'user').map((user) =>
      this.#entry(user, wanted),
    )
    const { context = '', mode = '', sid = '' } = usync.attrs
    connection.result(request, [
      element('usync', { context, mode, sid }, [element('result'), element('list', {}, users)]),
    ])
  }

  #entry(user: BinaryNode, wanted: string[]): BinaryNode {
    const typed = getBinaryNodeChild(user, 'contact')?.content
    const spelled = typed ? Buffer.from(typed as Uint8Array).toString() : ''
    const asked = user.attrs.jid ?? phoneJid(digits(spelled))
    const end = this.#network.endpoint(phoneOnly(asked))
    if (!end || end.kind === 'companion' || end.kind === 'other') {
      return element(
        'user',
        { jid: asked },
        wanted.includes('contact') ? [element('contact', { type: 'out' })] : [],
      )
    }
    const person = end.kind === 'account' ? end.account : end.contact
    const devices = [element('device', { id: '0' })]
    if (end.kind === 'account') {
      for (const { id, keyIndex } of end.account.companions.values()) {
        devices.push(element('device', { id: String(id), 'key-index': String(keyIndex) }))
      }
      for (const id of end.account.others.keys()) {
        devices.push(element('device', { id: String(id), 'key-index': String(id) }))
      }
    }
    const content: BinaryNode[] = []
    if (wanted.includes('contact')) content.push(element('contact', { type: 'in' }))
    if (wanted.includes('devices')) {
      content.push(element('devices', {}, [element('device-list', { hash: '2:sim' }, devices)]))
    }
    if (wanted.includes('lid')) content.push(element('lid', { val: lidJid(person.lid) }))
    const jid = address(asked)?.lid ? phoneOnly(asked) : phoneJid(person.user)
    return element('user', { jid }, content)
  }
}

/** The address without its device. */
function phoneOnly(jid: string): string {
  const at = address(jid)
  if (!at) return jid
  return at.lid ? lidJid(at.user) : phoneJid(at.user)
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

function privacy(): BinaryNode {
  const names = ['readreceipts', 'last', 'profile', 'status', 'online', 'groupadd']
  return element(
    'privacy',
    {},
    names.map((name) => element('category', { name, value: 'all' })),
  )
}

function settings(sync: BinaryNode | undefined): BinaryNode {
  const collections = getBinaryNodeChildren(sync, 'collection').map(({ attrs }) =>
    element('collection', {
      name: attrs.name ?? '',
      version: attrs.version ?? '0',
      has_more_patches: 'false',
    }),
  )
  return element('sync', {}, collections)
}
