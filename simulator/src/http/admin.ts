import { setTimeout as pause } from 'node:timers/promises'
import { DROP_MODES, type DropMode } from '../network/faults.ts'
import type { Network } from '../network/network.ts'
import type { Contact } from '../network/people.ts'
import type { Services } from '../network/services.ts'
import { CALL_STEPS, type CallStep } from '../network/stanzas.ts'
import { BadRequest, digits, e164, messageId } from '../network/wire.ts'
import { type Body, decoded, inner, list, number, optional, present, text, texts } from './body.ts'
import { Attachment, type ChosenFile, Composer, rawMessage, shownView } from './composer.ts'
import { ServerSide } from './server-side.ts'

export { Attachment }

type Answer = unknown

/** The admin API: what a test or the page can make phones and the network do. Paths as in the protocol document. */
export class Admin {
  #network: Network
  #services: Services
  #composer: Composer
  #serverSide: ServerSide

  constructor(network: Network, services: Services) {
    this.#network = network
    this.#services = services
    this.#composer = new Composer(network)
    this.#serverSide = new ServerSide(network, services)
  }

  /** A file that a person will send. */
  choose(content: Buffer, contentType: string): ChosenFile {
    return this.#composer.choose(content, contentType)
  }

  /** Throws `BadRequest` with the status to answer. */
  async handle(method: string, path: string, query: URLSearchParams, body: Body): Promise<Answer> {
    const [, , area = '', who = '', action = ''] = path.split('/').map(decoded)
    const route = `${method} ${area}${who && action ? `/:phone/${action}` : ''}`
    switch (route) {
      case 'GET phones':
        return { items: this.#network.accounts.map((account) => this.#phone(account.user)) }
      case 'POST phones/:phone/scan-qr':
        return this.#services.pairing.scan(digits(who), text(body, 'qr'), optional(body, 'name'))
      case 'POST phones/:phone/enter-code':
        return this.#services.pairing.enterCode(digits(who), text(body, 'code'))
      case 'POST phones/:phone/unlink':
        this.#services.pairing.unlink(digits(who))
        return {}
      case 'POST phones/:phone/send':
        return this.#services.delivery.typeOnPhone(
          digits(who),
          digits(text(body, 'to')),
          this.#composer.writing(body),
        )
      case 'GET contacts/:phone/media':
        return this.#composer.attachment(digits(who), path.split('/')[5] ?? '')
      case 'GET contacts':
        return { items: this.#network.contacts.map(contactView) }
      case 'POST contacts/:phone/send':
      case 'POST contacts/:phone/send-group':
        return this.#write(who, body, action === 'send-group')
      case 'POST contacts/:phone/send-raw':
        return this.#services.stanzas.send(digits(who), digits(text(body, 'to')), rawMessage(body))
      case 'POST contacts/:phone/call':
        return this.#call(digits(who), body)
      case 'POST phones/:phone/hand-over':
        await this.#services.stanzas.handOver(digits(who), text(body, 'id'))
        return {}
      case 'POST contacts/:phone/policy':
        return this.#policy(digits(who), body)
      case 'POST contacts/:phone/read':
        this.#services.delivery.read(digits(who), digits(text(body, 'from')), texts(body, 'ids'))
        return {}
      case 'POST contacts/:phone/ask-again':
        this.#services.delivery.askFor(
          digits(who),
          digits(text(body, 'from')),
          text(body, 'id'),
          body.count === undefined ? undefined : number(body, 'count'),
        )
        return {}
      case 'POST drop':
        return this.#drop(body)
      case 'POST expire-qr':
        return { expired: this.#services.pairing.expire() }
      case 'POST restart':
        return this.#restart(body)
      case 'POST script':
        return this.#script(body)
      case 'POST phones/:phone/devices':
        return this.#services.devices.add(digits(who))
      case 'POST phones/:phone/devices-send':
        return this.#services.devices.send(
          digits(who),
          digits(text(body, 'to')),
          this.#composer.writing(body),
        )
      case 'POST refuse':
        this.#network.faults.refuseConnections = body.on === true
        return {}
      case 'POST faults':
        return this.#faults(body)
      case 'GET inbox':
        return { items: this.#inbox(query.get('to')) }
      case 'GET events':
        return { items: this.#network.journal.since(Number(query.get('since') ?? 0)) }
      default:
        return this.#serverSide.handle(route, who, body)
    }
  }

  async #write(who: string, body: Body, toGroup: boolean): Promise<{ id: string }> {
    const writing = this.#composer.writing(body)
    return this.#services.delivery.write(digits(who), digits(text(body, 'to')), {
      ...writing,
      ...(toGroup ? { group: text(body, 'group') } : {}),
    })
  }

  #call(from: string, body: Body): Answer {
    const step = text(body, 'step') as CallStep
    if (!CALL_STEPS.includes(step)) throw new BadRequest('no such step of a call')
    const id = optional(body, 'id') ?? messageId()
    const at = optional(body, 'at')
    this.#services.stanzas.call(from, digits(text(body, 'to')), {
      id,
      step,
      video: body.video === true,
      at: at === undefined ? new Date() : new Date(at),
      ...present('reason', optional(body, 'reason')),
    })
    return { id }
  }

  #policy(user: string, body: Body): Answer {
    const contact = this.#network.contact(user, optional(body, 'name'))
    if (typeof body.delivery === 'boolean') contact.delivery = body.delivery
    if (typeof body.read === 'boolean') contact.read = body.read
    if (typeof body.onWhatsApp === 'boolean') contact.onWhatsApp = body.onWhatsApp
    this.#network.touch()
    this.#network.journal.record('contact-changed', { phone: e164(contact.user) })
    return contactView(contact)
  }

  #drop(body: Body): Answer {
    const mode = text(body, 'mode')
    if (!DROP_MODES.includes(mode as DropMode)) throw new BadRequest('no such way to drop a connection')
    const phone = optional(body, 'phone')
    const dropped = phone ? this.#network.connectionsOf(digits(phone)) : [...this.#network.connections]
    for (const connection of dropped) connection.drop(mode as DropMode, optional(body, 'code'))
    return { dropped: dropped.length }
  }

  #faults(body: Body): Answer {
    const faults = this.#network.faults as unknown as Record<string, unknown>
    for (const [name, value] of Object.entries(body)) {
      if (!(name in faults) || name === 'refuseConnections') throw new BadRequest(`no such fault: ${name}`)
      if (name === 'nextAckError') faults[name] = value === null ? null : String(value)
      else if (typeof value === typeof faults[name]) faults[name] = value
      else throw new BadRequest(`${name} must be a ${typeof faults[name]}`)
    }
    return faults
  }

  /** The network goes away for a while and comes back; the phones and what they wait for stay. */
  #restart(body: Body): Answer {
    const { faults, connections, journal } = this.#network
    faults.refuseConnections = true
    for (const connection of [...connections]) connection.drop('close')
    setTimeout(
      () => {
        faults.refuseConnections = false
        journal.record('restarted')
      },
      body.downMs === undefined ? 0 : number(body, 'downMs'),
    )
    return {}
  }

  /** Steps that follow each other: after so many milliseconds, one call of this API each. */
  #script(body: Body): Answer {
    const steps = list(body, 'steps').map((value) => {
      const step = (typeof value === 'object' && value !== null ? value : {}) as Body
      return { afterMs: number(step, 'afterMs'), path: text(step, 'call'), body: inner(step, 'body') ?? {} }
    })
    const run = async (): Promise<void> => {
      for (const step of steps) {
        await pause(step.afterMs)
        const answer = await this.handle(
          'POST',
          `/admin/${step.path}`,
          new URLSearchParams(),
          step.body,
        ).then(
          () => 'done',
          (error: Error) => error.message,
        )
        this.#network.journal.record('script-step', { call: step.path, answer })
      }
    }
    void run()
    return { steps: steps.length }
  }

  #phone(user: string): Answer {
    const account = this.#network.account(user)
    const devices = [...account.companions.values()].map(({ id, jid, queue }) => ({
      jid,
      waiting: queue.length,
      online: this.#network.connectionsOf(user, id).some(({ active }) => active),
    }))
    return { phone: e164(account.user), name: account.name, devices }
  }

  #inbox(to: string | null): Answer[] {
    const found = to ? [this.#network.findContact(digits(to))] : this.#network.contacts
    const chosen = found.filter((contact) => contact !== undefined)
    return chosen.flatMap((contact) =>
      contact.messages
        .filter(({ direction }) => direction === 'to-contact')
        .map((message) => {
          const { id, clinic, at, deliveries, quotedId, quotedKind } = message
          return {
            from: e164(clinic),
            to: e164(contact.user),
            id,
            at,
            deliveries,
            quotedId,
            quotedKind: quotedKind ?? null,
            ...shownView(message),
          }
        }),
    )
  }
}

const contactView = (contact: Contact): Answer => {
  const { name, delivery, read, onWhatsApp } = contact
  const messages = contact.messages.map((message) => ({
    ...message,
    ...shownView(message),
    clinic: e164(message.clinic),
  }))
  return { phone: e164(contact.user), name: name || null, delivery, read, onWhatsApp, messages }
}
