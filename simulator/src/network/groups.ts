import type { BinaryNode } from '@whiskeysockets/baileys'
import type { Connection } from './connection.ts'
import { groupJid } from './envelopes.ts'
import type { Network } from './network.ts'
import { BadRequest, element, lidJid, phoneJid, samePerson } from './wire.ts'

/** A group and the phones in it, by their digits. */
export interface Group {
  jid: string
  subject: string
  members: string[]
  createdAt: number
}

/** Groups of the network. They last as long as the simulator runs. */
export class Groups {
  #network: Network
  #groups = new Map<string, Group>()

  constructor(network: Network) {
    this.#network = network
  }

  /** The group of this name with at least these people in it; made when there is none. */
  open(name: string, members: string[], subject = name): Group {
    const jid = groupJid(name)
    if (!jid.endsWith('@g.us')) throw new BadRequest('not a group')
    const group = this.#groups.get(jid) ?? { jid, subject, members: [], createdAt: Date.now() }
    this.#groups.set(jid, group)
    for (const member of members) if (!isMember(group, member)) group.members.push(member)
    return group
  }

  find(jid: string | undefined): Group | undefined {
    return jid === undefined ? undefined : this.#groups.get(jid)
  }

  /** Requests about groups: one group, or all that the phone is in. */
  answer(connection: Connection, request: BinaryNode): void {
    const user = connection.companion?.user
    if (!user || request.attrs.type !== 'get')
      return connection.refuse(request, '501', 'feature-not-implemented')
    if (request.attrs.to === '@g.us') {
      const own = [...this.#groups.values()].filter((group) => isMember(group, user))
      return connection.result(request, [
        element(
          'groups',
          {},
          own.map((group) => this.#view(group)),
        ),
      ])
    }
    const group = this.find(request.attrs.to)
    if (!group) return connection.refuse(request, '404', 'item-not-found')
    if (!isMember(group, user)) return connection.refuse(request, '403', 'forbidden')
    connection.result(request, [this.#view(group)])
  }

  #view({ jid, subject, members, createdAt }: Group): BinaryNode {
    const seconds = Math.floor(createdAt / 1000).toString()
    const participants = members.map((user) => {
      const { lid } = this.#network.findAccount(user) ?? this.#network.contact(user)
      return element('participant', { jid: phoneJid(user), lid: lidJid(lid) })
    })
    return element(
      'group',
      {
        id: jid.split('@')[0] ?? '',
        subject,
        addressing_mode: 'pn',
        creation: seconds,
        s_t: seconds,
        size: String(members.length),
      },
      participants,
    )
  }
}

export const isMember = ({ members }: Group, user: string): boolean =>
  members.some((member) => samePerson(member) === samePerson(user))
