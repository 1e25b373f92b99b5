import { randomBytes } from 'node:crypto'
import { type BinaryNode, proto } from '@whiskeysockets/baileys'
import type { Delivery } from './delivery.ts'
import { enc } from './envelopes.ts'
import type { Network } from './network.ts'
import type { Account, Contact } from './people.ts'
import { BadRequest, e164, lidJid, messageId, phoneJid, unixSeconds } from './wire.ts'

/** A message as a test wants it on the wire, whatever a phone's own app would write. */
export interface RawMessage {
  /** Any message of the protocol, as JSON with bytes in Base64. */
  message: object
  id?: string
  /** Attributes of the stanza that are set, or, with null, left out. */
  attrs?: Record<string, string | null>
  /** Nothing is encrypted for linked devices: `<unavailable/>` with this type, or with an empty one none. */
  unavailable?: string
  /** The ciphertext cannot be opened, and nobody answers a question for it. */
  unreadable?: boolean
  /** Written on the clinic's own phone instead of the contact's. */
  fromOwner?: boolean
}

export const CALL_STEPS = ['offer', 'accept', 'reject', 'terminate'] as const
export type CallStep = (typeof CALL_STEPS)[number]

/** Stanzas that no simulated phone writes by itself: any message, calls, what a phone hands over later. */
export class Stanzas {
  #network: Network
  #delivery: Delivery
  /** What linked devices were not given, by its id. */
  #withheld = new Map<string, proto.IWebMessageInfo>()

  constructor(network: Network, delivery: Delivery) {
    this.#network = network
    this.#delivery = delivery
  }

  /** @returns the message's id */
  async send(from: string, to: string, raw: RawMessage): Promise<{ id: string }> {
    const account = this.#network.account(to)
    const contact = this.#network.contact(from)
    const id = raw.id ?? messageId()
    const message = proto.Message.fromObject(raw.message)
    const wrapping = { tag: 'message', attrs: this.#attributes(account, contact, id, raw) }
    if (raw.unavailable !== undefined) {
      this.#withheld.set(id, {
        key: { remoteJid: phoneJid(contact.user), fromMe: raw.fromOwner === true, id },
        message,
        messageTimestamp: Number(wrapping.attrs.t),
      })
      const attrs: Record<string, string> = raw.unavailable ? { type: raw.unavailable } : {}
      this.#toAll(account, { ...wrapping, content: [{ tag: 'unavailable', attrs }] })
    } else if (raw.unreadable) {
      this.#toAll(account, { ...wrapping, content: [enc('msg', randomBytes(120))] })
    } else await this.#encrypted(account, contact, id, message, wrapping, raw.fromOwner === true)
    return { id }
  }

  /** The clinic's phone hands over what its linked devices were not given. */
  async handOver(user: string, id: string): Promise<void> {
    const account = this.#network.account(user)
    const found = this.#withheld.get(id)
    if (!found) throw new BadRequest('no such message was withheld', 404)
    const { Type } = proto.Message.ProtocolMessage
    const webMessageInfoBytes = proto.WebMessageInfo.encode(found).finish()
    const answer: proto.IMessage = {
      protocolMessage: {
        type: Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
        peerDataOperationRequestResponseMessage: {
          peerDataOperationRequestType: proto.Message.PeerDataOperationRequestType.PLACEHOLDER_MESSAGE_RESEND,
          peerDataOperationResult: [{ placeholderMessageResendResponse: { webMessageInfoBytes } }],
        },
      },
    }
    for (const companion of account.companions.values())
      await this.#delivery.welcome(account, companion, [answer])
  }

  /** One step of a call from a patient, or what becomes of it. */
  call(
    from: string,
    to: string,
    {
      id,
      step,
      reason,
      video,
      at,
    }: { id: string; step: CallStep; reason?: string; video: boolean; at: Date },
  ): void {
    const account = this.#network.account(to)
    const contact = this.#network.contact(from)
    const creator = phoneJid(contact.user)
    const inner: BinaryNode = {
      tag: step,
      attrs: { 'call-id': id, 'call-creator': creator, ...(reason ? { reason } : {}) },
      ...(step === 'offer' && video ? { content: [{ tag: 'video', attrs: {} }] } : {}),
    }
    this.#toAll(account, {
      tag: 'call',
      attrs: {
        id: messageId(),
        from: creator,
        sender_lid: lidJid(contact.lid),
        t: String(Math.floor(at.getTime() / 1000)),
        notify: contact.name,
      },
      content: [inner],
    })
    this.#network.journal.record('call', { from: e164(contact.user), to: e164(account.user), id, step })
  }

  async #encrypted(
    account: Account,
    contact: Contact,
    id: string,
    message: proto.IMessage,
    wrapping: { tag: string; attrs: Record<string, string> },
    fromOwner: boolean,
  ): Promise<void> {
    const { device } = fromOwner ? account : contact
    const recipient = wrapping.attrs.recipient ?? phoneJid(contact.user)
    const written = fromOwner ? { deviceSentMessage: { destinationJid: recipient, message } } : message
    this.#delivery.remember(fromOwner ? account.user : contact.user, id, written, wrapping)
    await this.#network.inTurn(fromOwner ? account.user : contact.user, async () => {
      for (const companion of account.companions.values()) {
        if (!(await device.knows(companion.jid)))
          await device.meet(companion.jid, this.#network.takeKeys(companion))
        const { type, ciphertext } = await device.encrypt(companion.jid, written)
        this.#delivery.deliver(companion, { ...wrapping, content: [enc(type, ciphertext)] })
      }
    })
  }

  #attributes(account: Account, contact: Contact, id: string, raw: RawMessage): Record<string, string> {
    const common = { id, t: unixSeconds(), type: 'text' }
    const attrs: Record<string, string> = raw.fromOwner
      ? { ...common, from: phoneJid(account.user), recipient: phoneJid(contact.user) }
      : {
          ...common,
          from: phoneJid(contact.user),
          sender_lid: lidJid(contact.lid),
          notify: contact.name || e164(contact.user),
        }
    for (const [name, value] of Object.entries(raw.attrs ?? {})) {
      if (value === null) delete attrs[name]
      else attrs[name] = value
    }
    return attrs
  }

  #toAll(account: Account, node: BinaryNode): void {
    for (const companion of account.companions.values()) this.#delivery.deliver(companion, node)
  }
}
