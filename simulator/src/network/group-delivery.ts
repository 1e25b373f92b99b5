import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  type proto,
} from '@whiskeysockets/baileys'
import { shownOf } from './content.ts'
import type { Delivery } from './delivery.ts'
import { enc, line } from './envelopes.ts'
import type { Groups } from './groups.ts'
import type { Network } from './network.ts'
import type { Account, Companion, Contact } from './people.ts'
import { contentBytes, e164, phoneJid, unixSeconds } from './wire.ts'

/** Messages in groups: encrypted once with the sender's key for the group, which each device is given beforehand. */
export class GroupDelivery {
  #network: Network
  #groups: Groups
  #delivery: Delivery
  /** Which device was given which sender's key, by group. */
  #given = new Set<string>()

  constructor(network: Network, groups: Groups, delivery: Delivery) {
    this.#network = network
    this.#groups = groups
    this.#delivery = delivery
  }

  /** A patient writes in a group the clinic's phone is in. The caller has the patient's turn. */
  async send(
    contact: Contact,
    account: Account,
    group: string,
    message: proto.IMessage,
    wrapping: BinaryNode,
  ): Promise<void> {
    this.#groups.open(group, [account.user, contact.user])
    const { device } = contact
    const { distribution, ciphertext } = await device.encryptGroup(group, phoneJid(contact.user), message)
    for (const companion of account.companions.values()) {
      const given = `${group} ${contact.user} ${companion.jid}`
      const content = [enc('skmsg', ciphertext)]
      if (!this.#given.has(given)) {
        this.#given.add(given)
        if (!(await device.knows(companion.jid)))
          await device.meet(companion.jid, this.#network.takeKeys(companion))
        const sealed = await device.encrypt(companion.jid, {
          senderKeyDistributionMessage: {
            groupId: group,
            axolotlSenderKeyDistributionMessage: distribution,
          },
        })
        content.unshift(enc(sealed.type, sealed.ciphertext))
      }
      this.#delivery.deliver(companion, { ...wrapping, content })
    }
  }

  /** A linked device writes in a group: every other member's phone opens it. */
  async accept(companion: Companion, node: BinaryNode): Promise<void> {
    const group = this.#groups.find(node.attrs.to)
    const sealed = getBinaryNodeChildren(node, 'enc').find(({ attrs }) => attrs.type === 'skmsg')
    if (!group || !sealed) return
    for (const to of getBinaryNodeChildren(getBinaryNodeChild(node, 'participants'), 'to'))
      await this.#take(companion, to)
    for (const user of group.members) {
      const contact = this.#network.findAccount(user) ? undefined : this.#network.contact(user)
      if (contact) await this.#open(companion, contact, group.jid, node, contentBytes(sealed))
    }
  }

  /** A phone, or another device of the clinic, is given the sender's key. */
  async #take(companion: Companion, to: BinaryNode): Promise<void> {
    const end = this.#network.endpoint(to.attrs.jid)
    const sealed = getBinaryNodeChild(to, 'enc')
    if (!end || end.kind === 'companion' || !sealed) return
    const user = end.kind === 'contact' ? end.contact.user : end.account.user
    await this.#network.inTurn(user, async () => {
      const opened = await end.device
        .decrypt(companion.jid, sealed.attrs.type ?? '', contentBytes(sealed))
        .catch(() => undefined)
      if (opened?.senderKeyDistributionMessage)
        await end.device.takeSenderKey(companion.jid, opened.senderKeyDistributionMessage)
    })
  }

  async #open(
    companion: Companion,
    contact: Contact,
    group: string,
    { attrs: { id = '' } }: BinaryNode,
    ciphertext: Buffer,
  ): Promise<void> {
    await this.#network.inTurn(contact.user, async () => {
      const message = await contact.device
        .decryptGroup(group, companion.jid, ciphertext)
        .catch(() => undefined)
      if (!message) return this.#network.journal.record('undecryptable', { to: e164(contact.user), id })
      const shown = line(id, this.#network.account(companion.user).user, 'to-contact', shownOf(message))
      contact.messages.push({ ...shown, group, deliveries: 1 })
      this.#network.touch()
      this.#network.journal.record('group-message', { to: e164(contact.user), id })
      this.#delivery.deliver(companion, {
        tag: 'receipt',
        attrs: { from: group, participant: phoneJid(contact.user), id, t: unixSeconds() },
      })
    })
  }
}
