import {
  type AuthenticationCreds,
  extractDeviceJids,
  isLidUser,
  jidDecode,
  jidEncode,
  jidNormalizedUser,
  USyncQuery,
  USyncUser,
  type WASocket,
} from '@whiskeysockets/baileys'
import type { Found } from '../contacts/contact-store.ts'
import { askable, identityOf } from './identifiers.ts'
import { turns } from './turns.ts'

/** As the library keeps them. */
interface Device {
  user: string
  server: string
  device: number | undefined
}

const KEPT_MS = 300_000
const MOST = 200

/** The devices of those who are being written to. The library asks here before it asks the network. */
export class DeviceCache {
  #lists = new Map<string, { devices: Device[]; until: number }>()

  get<T>(user: string): T | undefined {
    const found = this.#lists.get(user)
    return found && found.until > Date.now() ? (found.devices as T) : undefined
  }

  set(user: string, devices: unknown): void {
    this.#lists.delete(user)
    this.#lists.set(user, { devices: devices as Device[], until: Date.now() + KEPT_MS })
    const [oldest] = this.#lists.keys()
    if (this.#lists.size > MOST && oldest !== undefined) this.#lists.delete(oldest)
  }

  del(user: string): void {
    this.#lists.delete(user)
  }

  flushAll(): void {
    this.#lists.clear()
  }
}

/**
 * Who is on WhatsApp, under which names, with which devices. Left to itself the library fetches new keys of everybody
 * whose devices it asks for, though sessions with them are there: that spends keys that exist once, and looks like a
 * robot.
 */
export class Directory {
  #socket: WASocket
  #creds: AuthenticationCreds
  #cache: DeviceCache
  #turn = turns()

  constructor(socket: WASocket, creds: AuthenticationCreds, cache: DeviceCache) {
    this.#socket = socket
    this.#creds = creds
    this.#cache = cache
  }

  /** Whether and how the network knows a phone (E.164). Throws when it does not answer. */
  async find(phone: string): Promise<Found> {
    const question = new USyncQuery().withContactProtocol().withLIDProtocol()
    for (const jid of askable(phone)) question.withUser(new USyncUser().withPhone(`+${jidDecode(jid)?.user}`))
    const answer = await this.#socket.executeUSyncQuery(question)
    if (!answer) throw new Error('the network did not say whether this phone is on it')
    const found = answer.list.find(({ contact }) => contact === true)
    if (!found) return { address: null, lid: null }
    const lid = typeof found.lid === 'string' ? found.lid : null
    if (lid) await this.#sameAs(found.id, lid)
    return { address: found.id, lid: identityOf(lid)?.lid ?? null }
  }

  /** Fetches everything that sending to an address needs, so that the sending itself asks the network nothing. */
  async prepare(address: string): Promise<void> {
    await this.#turn(async () => {
      await this.#devices(this.#sides(address))
      await this.#socket.assertSessions(this.targets(address))
    })
  }

  /** The devices for which a message to an address is encrypted, as far as they are known by now. */
  targets(address: string): string[] {
    const { id = '', lid } = this.#creds.me ?? {}
    return this.#known(this.#sides(address))
      .map(({ user, server, device }) => jidEncode(user, server as 'lid', device))
      .filter((jid) => jid !== id && jid !== lid)
  }

  /** The clinic's own address and the other one, both by phone or both by hidden identifier. */
  #sides(address: string): string[] {
    const { id = '', lid } = this.#creds.me ?? {}
    return [jidNormalizedUser(isLidUser(address) && lid ? lid : id), address]
  }

  #known(addresses: string[]): Device[] {
    return addresses.flatMap((address) => this.#cache.get<Device[]>(userOf(address)) ?? [])
  }

  async #devices(addresses: string[]): Promise<void> {
    const unknown = addresses.filter((address) => !this.#cache.get(userOf(address)))
    if (unknown.length > 0) {
      const question = new USyncQuery().withContext('message').withDeviceProtocol().withLIDProtocol()
      for (const address of unknown) question.withUser(new USyncUser().withId(address))
      const answer = await this.#socket.executeUSyncQuery(question)
      if (!answer) throw new Error('the network did not say which devices somebody has')
      const { id = '', lid = '' } = this.#creds.me ?? {}
      const found = extractDeviceJids(answer.list as never, id, lid, false) as Device[]
      const lists = Map.groupBy(found, ({ user }) => user)
      for (const [user, devices] of lists) this.#cache.set(user, devices)
      await this.#socket.authState.keys.set({
        'device-list': Object.fromEntries(
          [...lists].map(([user, devices]) => [user, devices.map(({ device }) => String(device ?? 0))]),
        ),
      })
      for (const { id: phone, lid: hidden } of answer.list)
        if (typeof hidden === 'string' && !isLidUser(phone)) await this.#sameAs(phone, hidden)
    }
  }

  /** Remembers that two names are one person's; sessions that began under the phone go on under the other. */
  async #sameAs(phone: string, lid: string): Promise<void> {
    const { lidMapping, migrateSession } = this.#socket.signalRepository
    await lidMapping.storeLIDPNMappings([{ lid, pn: phone }])
    await migrateSession(phone, lid)
  }
}

const userOf = (address: string): string => jidDecode(address)?.user ?? ''
