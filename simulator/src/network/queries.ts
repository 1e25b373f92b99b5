import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren } from '@whiskeysockets/baileys'
import type { Arrival } from './arrival.ts'
import type { Connection } from './connection.ts'
import type { Groups } from './groups.ts'
import type { Keys } from './keys.ts'
import type { Network } from './network.ts'
import type { Pairing } from './pairing.ts'
import { address, digits, e164, element, firstChild, lidJid, phoneJid } from './wire.ts'

/** Answers to a companion's requests: keys, who is on WhatsApp, settings. */
export class Queries {
  #network: Network
  #pairing: Pairing
  #keys: Keys
  #groups: Groups
  #arrival: Arrival

  constructor(network: Network, parts: { pairing: Pairing; keys: Keys; groups: Groups; arrival: Arrival }) {
    this.#network = network
    this.#pairing = parts.pairing
    this.#keys = parts.keys
    this.#groups = parts.groups
    this.#arrival = parts.arrival
  }

  async answer(connection: Connection, request: BinaryNode): Promise<void> {
    const child = firstChild(request)
    switch (request.attrs.xmlns) {
      case 'encrypt':
        return this.#keys.answer(connection, request)
      case 'passive':
        connection.result(request)
        return child?.tag === 'active' ? this.#arrival.active(connection) : undefined
      case 'usync':
        return this.#directory(connection, request, child)
      case 'w:m':
        return connection.result(request, [this.#mediaHosts(connection)])
      case 'md':
        return this.#linking(connection, request, child)
      case 'w:g2':
        return this.#groups.answer(connection, request)
      case 'w:sync:app:state':
        return connection.result(request, [settings(child)])
      default: {
        const answer = small(request, child)
        if (answer) return connection.result(request, answer)
        this.#network.journal.record('not-implemented', { xmlns: request.attrs.xmlns, tag: child?.tag })
        return connection.refuse(request, '501', 'feature-not-implemented')
      }
    }
  }

  /** Where media is uploaded: on this address, as everything else. */
  #mediaHosts(connection: Connection): BinaryNode {
    const host = element('host', { hostname: connection.address, maxContentLengthBytes: '100000000' })
    return element('media_conn', { auth: this.#network.media.auth, ttl: '300' }, [host])
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
    if (child?.tag !== 'link_code_companion_reg') return connection.refuse(request, '400', 'bad-request')
    connection.result(request)
    this.#pairing.finishCode(connection, child)
  }

  /** Who has this number, with which devices and which hidden identifier. */
  #directory(connection: Connection, request: BinaryNode, usync: BinaryNode | undefined): void {
    if (usync?.tag !== 'usync') return connection.refuse(request, '400', 'bad-request')
    const { faults } = this.#network
    if (faults.limitQuestions > 0) {
      faults.limitQuestions -= 1
      return connection.refuse(request, '429', 'rate-overlimit')
    }
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

/** Answers that need nothing but the question; undefined for what the network does not know. */
function small(request: BinaryNode, child: BinaryNode | undefined): BinaryNode[] | undefined {
  const { xmlns = '', type = '' } = request.attrs
  switch (`${xmlns} ${type}`) {
    case 'w:p get':
    case 'urn:xmpp:ping get':
    case 'urn:xmpp:whatsapp:dirty set':
    case 'privacy set':
    case 'w:stats set':
      return []
    case 'abt get':
      return [element('props', { protocol: '1', hash: 'sim', refresh: '86400' }, [])]
    case 'blocklist get':
      return [element('list', { matched: 'true' })]
    case 'privacy get':
      return child?.tag === 'privacy' ? [privacy()] : undefined
    case 'w:mex get':
      return [{ tag: 'result', attrs: {}, content: Buffer.from('{"data":{}}') }]
    default:
      return undefined
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
