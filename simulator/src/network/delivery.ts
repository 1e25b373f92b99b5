import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  type proto,
} from '@whiskeysockets/baileys'
import type { Connection } from './connection.ts'
import { type Shown, shownOf } from './content.ts'
import type { Network } from './network.ts'
import type { Account, ChatMessage, Companion, Contact } from './people.ts'
import type { KeyBundle } from './signal-device.ts'
import {
  BadRequest,
  bytesNumber,
  childBytes,
  contentBytes,
  e164,
  lidJid,
  messageId,
  phoneJid,
  unixSeconds,
} from './wire.ts'
import { composed, type Quoted, stanzaType, type Writing } from './writing.ts'

const RECEIPT_DELAY_MS = 20
const MAX_RETRIES = 3

/** Messages and receipts between patients' phones, clinics' phones and linked devices. */
export class Delivery {
  #network: Network
  #retries = new Map<string, number>()
  /** Messages that come a second time because the phone wanted so. */
  #asked = new Set<string>()
  #sent = new Map<string, { message: proto.IMessage; envelope: BinaryNode }>()

  constructor(network: Network) {
    this.#network = network
  }

  /** Puts a stanza in a companion's queue and sends it now when the companion is there. */
  deliver(companion: Companion, node: BinaryNode, resent = false): void {
    companion.queue.push({ node, resent })
    this.#network.touch()
    const [connection] = this.#network
      .connectionsOf(companion.user, companion.id)
      .filter(({ active }) => active)
    if (!connection) return
    const copies = node.tag === 'message' ? 1 + this.#network.faults.duplicateDeliveries : 1
    for (let copy = 0; copy < copies; copy++) connection.send(node)
  }

  /** The companion says it has a stanza; a refusal does not settle a copy sent on request. */
  settled(companion: Companion, id: string, tag: string, refusal: boolean): void {
    companion.queue = companion.queue.filter(
      ({ node, resent }) => !(node.attrs.id === id && node.tag === tag && !(refusal && resent)),
    )
    this.#network.touch()
  }

  /** A patient writes to a clinic. @returns the message's id */
  async write(from: string, to: string, writing: Writing): Promise<{ id: string }> {
    const account = this.#network.account(to)
    const contact = this.#network.contact(from, writing.name)
    const id = writing.id ?? messageId()
    const group = writing.group ? groupJid(writing.group) : null
    const { message, shown } = await composed(writing, {
      host: this.#network.media,
      quoted: this.#quoted(account, contact, writing.quotedId),
      chat: phoneJid(contact.user),
      own: contact.messages.some((one) => one.id === writing.targetId && one.direction === 'to-clinic'),
    })
    const wrapping = envelope(contact, id, group, writing)
    this.#sent.set(`${contact.user} ${id}`, { message, envelope: wrapping })
    contact.messages.push({
      ...line(id, account.user, 'to-clinic', shown),
      quotedId: writing.quotedId ?? null,
      group,
    })
    await this.#network.inTurn(contact.user, async () => {
      for (const companion of account.companions.values()) {
        if (!(await contact.device.knows(companion.jid))) {
          await contact.device.meet(companion.jid, this.#network.takeKeys(companion))
        }
        const { type, ciphertext } = await contact.device.encrypt(companion.jid, message)
        this.deliver(companion, { ...wrapping, content: [enc(type, ciphertext)] })
      }
    })
    this.#network.touch()
    this.#network.journal.record('contact-wrote', { from: e164(contact.user), to: e164(account.user), id })
    return { id }
  }

  /** The owner types on the clinic's own phone; linked devices get a copy. */
  async typeOnPhone(from: string, to: string, writing: Writing): Promise<{ id: string }> {
    const account = this.#network.account(from)
    const contact = this.#network.contact(to)
    const id = writing.id ?? messageId()
    const { message, shown } = await composed(writing, {
      host: this.#network.media,
      quoted: this.#quoted(account, contact, writing.quotedId),
      chat: phoneJid(contact.user),
      own: contact.messages.some((one) => one.id === writing.targetId && one.direction === 'to-contact'),
    })
    const known = contact.messages.find((one) => one.id === id)
    if (!known) contact.messages.push({ ...line(id, account.user, 'to-contact', shown), deliveries: 1 })
    const copy = { deviceSentMessage: { destinationJid: phoneJid(contact.user), message } }
    for (const companion of account.companions.values()) {
      await this.#fromPhone(account, companion, copy, {
        id,
        recipient: phoneJid(contact.user),
        peer_recipient_lid: lidJid(contact.lid),
      })
    }
    this.#network.journal.record('owner-wrote', { from: e164(account.user), to: e164(contact.user), id })
    return { id }
  }

  /** What the primary phone tells a fresh companion so that it stops waiting for history. */
  async welcome(account: Account, companion: Companion, messages: proto.IMessage[]): Promise<void> {
    for (const message of messages) {
      await this.#fromPhone(account, companion, message, { id: messageId(), category: 'peer' })
    }
  }

  /** The patient opens the chat: every message named is read. */
  read(contactUser: string, clinic: string, ids: string[]): void {
    const contact = this.#network.contact(contactUser)
    for (const id of ids) this.#receipt(this.#network.account(clinic), contact, id, 'read')
  }

  /** The patient's phone lost a message it had and asks the clinic's devices to send it again. */
  askFor(contactUser: string, clinic: string, id: string): void {
    const contact = this.#network.contact(contactUser)
    this.#asked.add(`${contact.user} ${id}`)
    for (const companion of this.#network.account(clinic).companions.values())
      this.#askAgain(companion, contact, id)
  }

  /** A companion sent a message: open it on every phone it is for. */
  async accept(connection: Connection, companion: Companion, node: BinaryNode): Promise<void> {
    const fanOut = getBinaryNodeChild(node, 'participants')
    const copies = fanOut
      ? getBinaryNodeChildren(fanOut, 'to').map((to) => ({
          jid: to.attrs.jid,
          enc: getBinaryNodeChild(to, 'enc'),
        }))
      : [{ jid: node.attrs.to, enc: getBinaryNodeChild(node, 'enc') }]
    for (const { jid, enc } of copies) {
      const end = this.#network.endpoint(jid)
      if (!enc) continue
      if (!end) this.#network.journal.record('undeliverable', { id: node.attrs.id })
      else if (end.kind === 'companion') {
        this.#relay(companion, end.account, end.companion, node, enc)
      } else if (end.kind === 'contact') {
        await this.#network.inTurn(end.contact.user, () =>
          this.#open(connection, companion, end.contact, node, enc),
        )
      } else {
        await this.#network.inTurn(end.account.user, async () => {
          await end.device
            .decrypt(companion.jid, enc.attrs.type ?? '', contentBytes(enc))
            .catch(() => undefined)
        })
      }
    }
  }

  /** The companion could not open a message: start a new session and send the same id again, as a real sender does. */
  async resend(companion: Companion, receipt: BinaryNode): Promise<void> {
    const end = this.#network.endpoint(receipt.attrs.participant ?? receipt.attrs.from ?? receipt.attrs.to)
    const id = receipt.attrs.id ?? ''
    if (end?.kind !== 'contact') return
    const { contact } = end
    const sent = this.#sent.get(`${contact.user} ${id}`)
    if (!sent) return
    const retry = getBinaryNodeChild(receipt, 'retry')
    const keys = retryKeys(receipt) ?? this.#network.takeKeys(companion)
    await this.#network.inTurn(contact.user, async () => {
      await contact.device.meet(companion.jid, keys)
      const { type, ciphertext } = await contact.device.encrypt(companion.jid, sent.message)
      const sealed = enc(type, ciphertext)
      const counted = { ...sealed, attrs: { ...sealed.attrs, count: retry?.attrs.count ?? '1' } }
      this.deliver(companion, { ...sent.envelope, content: [counted] }, true)
    })
    this.#network.journal.record('contact-resent', { id })
  }

  /** A companion reports on a patient's message. */
  ticked(receipt: BinaryNode, ids: string[]): void {
    const end = this.#network.endpoint(receipt.attrs.participant ?? receipt.attrs.to)
    if (end?.kind !== 'contact') return
    const read = receipt.attrs.type === 'read' || receipt.attrs.type === 'read-self'
    for (const message of end.contact.messages) {
      if (message.direction !== 'to-clinic' || !ids.includes(message.id) || message.status === 'read')
        continue
      message.status = read ? 'read' : 'delivered'
    }
    this.#network.touch()
  }

  #quoted(account: Account, contact: Contact, id: string | undefined): Quoted | undefined {
    const quoted = id ? contact.messages.find((message) => message.id === id) : undefined
    if (id && !quoted) throw new BadRequest('no such message in this chat', 404)
    if (!quoted) return undefined
    const author = quoted.direction === 'to-contact' ? account.user : contact.user
    return { id: quoted.id, author, text: quoted.text }
  }

  #relay(sender: Companion, account: Account, companion: Companion, node: BinaryNode, enc: BinaryNode): void {
    const own = account.companions.has(sender.id) && sender.user === account.user
    this.deliver(companion, {
      tag: 'message',
      attrs: {
        from: sender.jid,
        id: node.attrs.id ?? '',
        t: unixSeconds(),
        type: 'text',
        notify: this.#network.account(sender.user).name,
        sender_lid: sender.lid,
        ...(own ? { recipient: node.attrs.to ?? '' } : {}),
      },
      content: [enc],
    })
  }

  async #open(
    connection: Connection,
    from: Companion,
    contact: Contact,
    node: BinaryNode,
    enc: BinaryNode,
  ): Promise<void> {
    const id = node.attrs.id ?? ''
    const account = this.#network.account(from.user)
    if (this.#network.faults.askAgain > 0) {
      this.#network.faults.askAgain -= 1
      return this.#askAgain(connection.companion, contact, id)
    }
    try {
      const message = await contact.device.decrypt(from.jid, enc.attrs.type ?? '', contentBytes(enc))
      const known = contact.messages.find((shown) => shown.id === id && shown.direction === 'to-contact')
      const asked = this.#asked.delete(`${contact.user} ${id}`)
      if (known) known.deliveries += asked ? 0 : 1
      else contact.messages.push({ ...line(id, account.user, 'to-contact', shownOf(message)), deliveries: 1 })
      this.#network.touch()
      this.#network.journal.record('message', { from: e164(account.user), to: e164(contact.user), id })
      if (contact.delivery) setTimeout(() => this.#receipt(account, contact, id), RECEIPT_DELAY_MS)
      if (contact.delivery && contact.read) {
        setTimeout(() => this.#receipt(account, contact, id, 'read'), RECEIPT_DELAY_MS * 2)
      }
    } catch {
      this.#askAgain(connection.companion, contact, id)
    }
  }

  #askAgain(companion: Companion | null, contact: Contact, id: string): void {
    const key = `${contact.user} ${id}`
    const count = (this.#retries.get(key) ?? 0) + 1
    this.#retries.set(key, count)
    this.#network.journal.record('undecryptable', { to: e164(contact.user), id, count })
    if (count > MAX_RETRIES || !companion) return
    const registration = Buffer.alloc(4)
    registration.writeUInt32BE(contact.device.registrationId)
    this.deliver(companion, {
      tag: 'receipt',
      attrs: { from: phoneJid(contact.user), id, type: 'retry', t: unixSeconds() },
      content: [
        { tag: 'retry', attrs: { count: String(count), id, t: unixSeconds(), v: '1' } },
        { tag: 'registration', attrs: {}, content: registration },
      ],
    })
  }

  #receipt(account: Account, contact: Contact, id: string, type?: 'read'): void {
    const attrs: Record<string, string> = { from: phoneJid(contact.user), id, t: unixSeconds() }
    if (type) attrs.type = type
    const message = contact.messages.find((shown) => shown.id === id && shown.direction === 'to-contact')
    if (message && message.status !== 'read') message.status = type ?? 'delivered'
    for (const companion of account.companions.values()) this.deliver(companion, { tag: 'receipt', attrs })
    this.#network.journal.record('receipt', { from: e164(contact.user), id, kind: type ?? 'delivered' })
  }

  async #fromPhone(
    account: Account,
    companion: Companion,
    message: proto.IMessage,
    attrs: Record<string, string>,
  ): Promise<void> {
    await this.#network.inTurn(account.user, async () => {
      if (!(await account.device.knows(companion.jid))) {
        await account.device.meet(companion.jid, this.#network.takeKeys(companion))
      }
      const { type, ciphertext } = await account.device.encrypt(companion.jid, message)
      this.deliver(companion, {
        tag: 'message',
        attrs: { from: phoneJid(account.user), t: unixSeconds(), type: 'text', ...attrs },
        content: [enc(type, ciphertext)],
      })
    })
  }
}

const enc = (type: string, ciphertext: Uint8Array): BinaryNode => ({
  tag: 'enc',
  attrs: { v: '2', type },
  content: ciphertext,
})

const groupJid = (name: string): string =>
  name.endsWith('@g.us') || name === 'status@broadcast' ? name : `${name.replace(/\D/g, '') || '0'}@g.us`

const line = (
  id: string,
  clinic: string,
  direction: ChatMessage['direction'],
  shown: Shown,
): ChatMessage => ({
  ...shown,
  id,
  clinic,
  direction,
  at: new Date().toISOString(),
  deliveries: 0,
  status: 'sent',
  quotedId: null,
  group: null,
})

function envelope(contact: Contact, id: string, group: string | null, writing: Writing): BinaryNode {
  const common = {
    id,
    t: writing.writtenAt ? String(Math.floor(writing.writtenAt.getTime() / 1000)) : unixSeconds(),
    type: stanzaType(writing.kind),
    notify: contact.name || e164(contact.user),
  }
  const attrs: Record<string, string> = group
    ? {
        ...common,
        from: group,
        participant: phoneJid(contact.user),
        participant_lid: lidJid(contact.lid),
        addressing_mode: 'pn',
      }
    : writing.addressing === 'lid' || writing.addressing === 'lid-only'
      ? {
          ...common,
          from: lidJid(contact.lid),
          ...(writing.addressing === 'lid' ? { sender_pn: phoneJid(contact.user) } : {}),
        }
      : { ...common, from: phoneJid(contact.user), sender_lid: lidJid(contact.lid) }
  return { tag: 'message', attrs }
}

/** The new keys that a retry receipt carries, or undefined when it carries none. */
function retryKeys(receipt: BinaryNode): KeyBundle | undefined {
  const keys = getBinaryNodeChild(receipt, 'keys')
  if (!keys) return undefined
  const signed = getBinaryNodeChild(keys, 'skey')
  const once = getBinaryNodeChild(keys, 'key')
  if (!signed) return undefined
  const numbered = (node: BinaryNode) => ({
    id: bytesNumber(childBytes(node, 'id')),
    key: childBytes(node, 'value'),
  })
  return {
    registrationId: bytesNumber(childBytes(receipt, 'registration')),
    identity: childBytes(keys, 'identity'),
    signedPreKey: { ...numbered(signed), signature: childBytes(signed, 'signature') },
    ...(once ? { preKey: numbered(once) } : {}),
  }
}
