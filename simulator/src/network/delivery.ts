import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  type proto,
} from '@whiskeysockets/baileys'
import type { Connection } from './connection.ts'
import { quotedOf, shownOf } from './content.ts'
import { enc, envelope, groupJid, line, retryKeys } from './envelopes.ts'
import type { Network } from './network.ts'
import type { Account, Companion, Contact } from './people.ts'
import { BadRequest, contentBytes, e164, lidJid, messageId, phoneJid, unixSeconds } from './wire.ts'
import { composed, type Quoted, type Writing } from './writing.ts'

const RECEIPT_DELAY_MS = 20
const MAX_RETRIES = 3
const HELD_MS = 400

/** Who sends what a contact writes into a group. */
export interface GroupSender {
  send(
    contact: Contact,
    account: Account,
    group: string,
    message: proto.IMessage,
    wrapping: BinaryNode,
  ): Promise<void>
}

/** Messages and receipts between patients' phones, clinics' phones and linked devices. */
export class Delivery {
  /** How messages go to groups. */
  groups: GroupSender | null = null
  #network: Network
  #retries = new Map<string, number>()
  #held: { connection: Connection; node: BinaryNode }[] = []
  #release: NodeJS.Timeout | null = null
  /** How many more copies of a message may come because the phone asked a device for it. */
  #asked = new Map<string, number>()
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
    if (node.tag === 'message') {
      const { jid: to } = companion
      this.#network.journal.record('to-device', { id: node.attrs.id, to, waits: !connection, resent })
    }
    if (!connection) return
    if (node.tag === 'message' && this.#network.faults.reorderDeliveries > 1)
      return this.#hold(connection, node)
    this.handedOver(node)
    const copies = node.tag === 'message' ? 1 + this.#network.faults.duplicateDeliveries : 1
    for (let copy = 0; copy < copies; copy++) connection.send(node)
  }

  /**
   * A device got a stanza. A phone's question for a message may be handed over more than once, until it is
   * acknowledged, and each time it is answered with the message.
   */
  handedOver(node: BinaryNode): void {
    if (node.tag !== 'receipt' || node.attrs.type !== 'retry') return
    const contact = this.#network.endpoint(node.attrs.from)
    if (contact?.kind !== 'contact') return
    const key = `${contact.contact.user} ${node.attrs.id}`
    this.#asked.set(key, (this.#asked.get(key) ?? 0) + 1)
  }

  /** @returns whether the phone had asked for this copy */
  #wasAsked(contact: Contact, id: string): boolean {
    const key = `${contact.user} ${id}`
    const left = this.#asked.get(key) ?? 0
    if (left > 0) this.#asked.set(key, left - 1)
    return left > 0
  }

  /** Collects messages and lets them go last first; those that nothing follows go after a moment. */
  #hold(connection: Connection, node: BinaryNode): void {
    this.#held.push({ connection, node })
    if (this.#release) clearTimeout(this.#release)
    const go = (): void => {
      this.#release = null
      for (const one of this.#held.splice(0).reverse()) one.connection.send(one.node)
    }
    if (this.#held.length >= this.#network.faults.reorderDeliveries) return go()
    this.#release = setTimeout(go, HELD_MS)
  }

  /** Keeps what was written, for a companion that asks to get it again. */
  remember(user: string, id: string, message: proto.IMessage, wrapping: BinaryNode): void {
    this.#sent.set(`${user} ${id}`, { message, envelope: wrapping })
  }

  /** The companion says it has a stanza; a refusal does not settle a copy sent on request. */
  settled(companion: Companion, id: string, tag: string, refusal: boolean): void {
    companion.queue = companion.queue.filter(
      ({ node, resent }) => !(node.attrs.id === id && node.tag === tag && !(refusal && resent)),
    )
    this.#network.touch()
  }

  /** The companion heard a receipt: one, for a phone that asks twice for a message wants two answers. */
  heard(companion: Companion, id: string, type: string | undefined): void {
    const at = companion.queue.findIndex(
      ({ node }) => node.tag === 'receipt' && node.attrs.id === id && node.attrs.type === type,
    )
    if (at >= 0) companion.queue.splice(at, 1)
    this.#network.touch()
  }

  /**
   * A patient writes to a clinic. Asked again with an id that this patient has used, nothing happens: whoever got no
   * answer may ask again. @returns the message's id
   */
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
    const isWritten = contact.messages.some((one) => one.id === id && one.direction === 'to-clinic')
    if (isWritten) return { id }
    const wrapping = envelope(contact, id, group, writing)
    this.remember(contact.user, id, message, wrapping)
    contact.messages.push({
      ...line(id, account.user, 'to-clinic', shown),
      ...(writing.writtenAt ? { at: writing.writtenAt.toISOString() } : {}),
      quotedId: writing.quotedId ?? null,
      group,
    })
    await this.#network.inTurn(contact.user, async () => {
      if (group?.endsWith('@g.us')) return this.groups?.send(contact, account, group, message, wrapping)
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
    const message = await this.shownTo(account, contact, { ...writing, id })
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

  /** Composes what the clinic writes by hand and puts it on the patient's screen, once. */
  async shownTo(
    account: Account,
    contact: Contact,
    writing: Writing & { id: string },
  ): Promise<proto.IMessage> {
    const { message, shown } = await composed(writing, {
      host: this.#network.media,
      quoted: this.#quoted(account, contact, writing.quotedId),
      chat: phoneJid(contact.user),
      own: contact.messages.some((one) => one.id === writing.targetId && one.direction === 'to-contact'),
    })
    const known = contact.messages.find(({ id }) => id === writing.id)
    if (!known)
      contact.messages.push({ ...line(writing.id, account.user, 'to-contact', shown), deliveries: 1 })
    return message
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
  askFor(contactUser: string, clinic: string, id: string, count?: number): void {
    const contact = this.#network.contact(contactUser)
    for (const companion of this.#network.account(clinic).companions.values())
      this.#askAgain(companion, contact, id, count)
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
          const copy = await end.device
            .decrypt(companion.jid, enc.attrs.type ?? '', contentBytes(enc))
            .catch(() => undefined)
          if (end.kind === 'other' && copy?.deviceSentMessage)
            this.#network.journal.record('device-copy', { phone: e164(end.account.user), id: node.attrs.id })
        })
      }
    }
  }

  /** The companion could not open a message: start a new session and send the same id again, as a real sender does. */
  async resend(companion: Companion, receipt: BinaryNode): Promise<void> {
    const end = this.#network.endpoint(receipt.attrs.participant ?? receipt.attrs.from ?? receipt.attrs.to)
    const id = receipt.attrs.id ?? ''
    if (end?.kind !== 'contact' && end?.kind !== 'account') return
    const owner = end.kind === 'contact' ? end.contact.user : end.account.user
    const sent = this.#sent.get(`${owner} ${id}`)
    if (!sent) return
    const retry = getBinaryNodeChild(receipt, 'retry')
    const keys = retryKeys(receipt) ?? this.#network.takeKeys(companion)
    await this.#network.inTurn(owner, async () => {
      await end.device.meet(companion.jid, keys)
      const { type, ciphertext } = await end.device.encrypt(companion.jid, sent.message)
      const sealed = enc(type, ciphertext)
      const counted = { ...sealed, attrs: { ...sealed.attrs, count: retry?.attrs.count ?? '1' } }
      this.deliver(companion, { ...sent.envelope, content: [counted] }, true)
    })
    this.#network.journal.record(end.kind === 'contact' ? 'contact-resent' : 'owner-resent', { id })
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
      const asked = this.#wasAsked(contact, id)
      if (known) known.deliveries += asked ? 0 : 1
      else
        contact.messages.push({
          ...line(id, account.user, 'to-contact', shownOf(message)),
          ...quotedOf(message),
          deliveries: 1,
        })
      this.#network.touch()
      this.#network.journal.record('message', {
        from: e164(account.user),
        to: e164(contact.user),
        addressedTo: node.attrs.to,
        id,
      })
      const { receiptDelayMs } = this.#network.faults
      if (contact.delivery)
        setTimeout(() => this.#receipt(account, contact, id), RECEIPT_DELAY_MS + receiptDelayMs)
      if (contact.delivery && contact.read) {
        setTimeout(() => this.#receipt(account, contact, id, 'read'), RECEIPT_DELAY_MS * 2 + receiptDelayMs)
      }
    } catch {
      this.#askAgain(connection.companion, contact, id)
    }
  }

  /** @param nth how often it says that it asked; counted when left out */
  #askAgain(companion: Companion | null, contact: Contact, id: string, nth?: number): void {
    const key = `${contact.user} ${id}`
    const count = nth ?? (this.#retries.get(key) ?? 0) + 1
    this.#retries.set(key, count)
    this.#network.journal.record('undecryptable', { to: e164(contact.user), id, count })
    if ((nth === undefined && count > MAX_RETRIES) || !companion) return
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
    const { faults } = this.#network
    if (faults.loseReceipts > 0) {
      faults.loseReceipts -= 1
      return this.#network.journal.record('receipt-lost', { from: e164(contact.user), id })
    }
    for (const companion of account.companions.values()) this.deliver(companion, { tag: 'receipt', attrs })
    this.#network.journal.record('receipt', { from: e164(contact.user), id, kind: type ?? 'delivered' })
  }

  async #fromPhone(
    account: Account,
    companion: Companion,
    message: proto.IMessage,
    attrs: Record<string, string>,
  ): Promise<void> {
    const wrapping = {
      tag: 'message',
      attrs: { from: phoneJid(account.user), t: unixSeconds(), type: 'text', ...attrs },
    }
    this.remember(account.user, attrs.id ?? '', message, wrapping)
    await this.#network.inTurn(account.user, async () => {
      if (!(await account.device.knows(companion.jid))) {
        await account.device.meet(companion.jid, this.#network.takeKeys(companion))
      }
      const { type, ciphertext } = await account.device.encrypt(companion.jid, message)
      this.deliver(companion, { ...wrapping, content: [enc(type, ciphertext)] })
    })
  }
}
