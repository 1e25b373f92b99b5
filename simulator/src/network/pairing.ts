import { createHmac, randomBytes } from 'node:crypto'
import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  type BinaryNode,
  Curve,
  derivePairingCodeKey,
  getBinaryNodeChild,
  hkdf,
  type KeyPair,
  proto,
} from '@whiskeysockets/baileys'
import { verify } from 'curve25519-js'
import type { Connection } from './connection.ts'
import type { Network } from './network.ts'
import type { Notices } from './notices.ts'
import type { Account, Companion } from './people.ts'
import {
  address,
  BadRequest,
  bytesNumber,
  childBytes,
  e164,
  lidJid,
  phoneJid,
  SERVER,
  stanzaId,
  unixSeconds,
} from './wire.ts'

export interface Linked {
  phone: string
  jid: string
}

interface CodeWait {
  user: string
  reference: Buffer
  connection: Connection
  wrapped: Buffer
  companionEphemeral: Buffer | null
  ephemeral: KeyPair | null
  done: ((linked: Promise<Linked>) => void) | null
}

const QR_CODES = 6
const NOTHING = Buffer.alloc(0)

/** Linking a companion to a clinic's phone, by QR code or by typed code, and unlinking it. */
export class Pairing {
  #network: Network
  #notices: Notices
  #codes = new Map<string, CodeWait>()

  constructor(network: Network, notices: Notices) {
    this.#network = network
    this.#notices = notices
  }

  /** A new companion connected: hand it the references for its QR codes. */
  offer(connection: Connection): void {
    const references = Array.from({ length: QR_CODES }, () => `2@${randomBytes(60).toString('base64')}`)
    for (const reference of references) this.#network.offers.set(reference, connection)
    const content = references.map((reference) => ({
      tag: 'ref',
      attrs: {},
      content: Buffer.from(reference),
    }))
    connection.send({
      tag: 'iq',
      attrs: { from: SERVER, type: 'set', id: stanzaId(), xmlns: 'md' },
      content: [{ tag: 'pair-device', attrs: {}, content }],
    })
  }

  /** The phone's camera sees a QR code and signs the companion's identity, as a real primary device does. */
  async scan(user: string, qr: string, name?: string): Promise<Linked> {
    const parts = qr
      .trim()
      .replace(/^https:\/\/wa\.me\/settings\/linked_devices#/, '')
      .split(',')
    const [reference = '', noiseKey = '', identity = '', secret = ''] = parts
    const connection = this.#network.offers.get(reference)
    if (!connection || connection.closed) throw new BadRequest('this QR code has expired', 410)
    if (!Buffer.from(noiseKey, 'base64').equals(connection.clientKey)) {
      throw new BadRequest('this QR code belongs to another connection', 409)
    }
    const account = this.#network.openAccount(user, name)
    return this.#link(connection, account, Buffer.from(identity, 'base64'), Buffer.from(secret, 'base64'))
  }

  /** A companion asked for an eight-letter code. */
  expectCode(connection: Connection, request: BinaryNode): Buffer {
    const user = address(request.attrs.jid)?.user
    if (!user) throw new Error('a pairing code was asked for nobody')
    const reference = Buffer.from(`L${randomBytes(20).toString('base64')}`)
    const wrapped = childBytes(request, 'link_code_pairing_wrapped_companion_ephemeral_pub')
    this.#codes.set(user, {
      user,
      reference,
      connection,
      wrapped,
      companionEphemeral: null,
      ephemeral: null,
      done: null,
    })
    return reference
  }

  /** The owner types the code on the phone. A wrong one is found out by the companion's answer. */
  async enterCode(user: string, code: string): Promise<Linked> {
    const wait = this.#codes.get(user)
    if (!wait) throw new BadRequest('no device waits for this phone', 404)
    if (wait.connection.closed) {
      this.#codes.delete(user)
      throw new BadRequest('this code has expired', 410)
    }
    const account = this.#network.openAccount(user)
    const letters = code.replace(/[^a-z0-9]/gi, '').toUpperCase()
    const key = await derivePairingCodeKey(letters, wait.wrapped.subarray(0, 32))
    wait.companionEphemeral = aesDecryptCTR(wait.wrapped.subarray(48, 80), key, wait.wrapped.subarray(32, 48))
    wait.ephemeral = Curve.generateKeyPair()
    const salt = randomBytes(32)
    const iv = randomBytes(16)
    const sealed = aesEncryptCTR(wait.ephemeral.public, await derivePairingCodeKey(letters, salt), iv)
    const element = (tag: string, content: Uint8Array): BinaryNode => ({ tag, attrs: {}, content })
    const answer = new Promise<Linked>((resolve) => {
      wait.done = resolve
    })
    wait.connection.send({
      tag: 'notification',
      attrs: { from: SERVER, type: 'link_code_companion_reg', id: stanzaId(), t: unixSeconds() },
      content: [
        {
          tag: 'link_code_companion_reg',
          attrs: { stage: 'primary_hello' },
          content: [
            element('link_code_pairing_wrapped_primary_ephemeral_pub', Buffer.concat([salt, iv, sealed])),
            element('primary_identity_pub', account.device.identityKeys.public),
            element('link_code_pairing_ref', wait.reference),
          ],
        },
      ],
    })
    return answer
  }

  /** The companion answers the typed code with its key bundle. */
  finishCode(connection: Connection, answer: BinaryNode): void {
    const reference = childBytes(answer, 'link_code_pairing_ref')
    const wait = [...this.#codes.values()].find((waiting) => waiting.reference.equals(reference))
    if (!wait?.ephemeral || !wait.companionEphemeral) return
    this.#codes.delete(wait.user)
    const linked = this.#openCodeBundle(wait, answer)
      .then(({ account, identity, secret }) => this.#link(connection, account, identity, secret))
      .catch(() => Promise.reject(new BadRequest('wrong pairing code', 403)))
    wait.done?.(linked)
  }

  /** The network takes back every QR code on offer. @returns how many devices must start over */
  expire(): number {
    const waiting = new Set(this.#network.offers.values())
    this.#network.offers.clear()
    for (const connection of waiting) connection.drop('xmlstreamend')
    return waiting.size
  }

  /** The owner removes linked devices on the phone. */
  unlink(user: string): void {
    const account = this.#network.account(user)
    for (const id of [...account.companions.keys()]) {
      account.companions.delete(id)
      for (const connection of this.#network.connectionsOf(user, id)) connection.removed()
      this.#notices.devices(account, 'remove', id)
    }
    this.#network.touch()
    this.#network.journal.record('unlinked', { phone: e164(user) })
  }

  async #openCodeBundle(wait: CodeWait, answer: BinaryNode) {
    const account = this.#network.openAccount(wait.user)
    const sealed = childBytes(answer, 'link_code_pairing_wrapped_key_bundle')
    const identity = childBytes(answer, 'companion_identity_public')
    const shared = Curve.sharedKey(wait.ephemeral?.private ?? NOTHING, wait.companionEphemeral ?? NOTHING)
    const key = Buffer.from(
      hkdf(shared, 32, { salt: sealed.subarray(0, 32), info: 'link_code_pairing_key_bundle_encryption_key' }),
    )
    const bundle = aesDecryptGCM(sealed.subarray(44), key, sealed.subarray(32, 44), NOTHING)
    if (!bundle.subarray(0, 32).equals(identity)) throw new Error('the bundle names another companion')
    const mine = account.device.identityKeys
    if (!bundle.subarray(32, 64).equals(mine.public)) throw new Error('the bundle names another phone')
    const material = Buffer.concat([shared, Curve.sharedKey(mine.private, identity), bundle.subarray(64, 96)])
    return { account, identity, secret: Buffer.from(hkdf(material, 32, { info: 'adv_secret' })) }
  }

  async #link(connection: Connection, account: Account, identity: Buffer, secret: Buffer): Promise<Linked> {
    const registration = connection.registration
    if (!registration) throw new BadRequest('this device does not ask to be linked', 409)
    const id = account.nextDevice++
    const mine = account.device.identityKeys
    const details = proto.ADVDeviceIdentity.encode({
      rawId: account.rawId,
      keyIndex: id,
      timestamp: Math.floor(Date.now() / 1000),
    }).finish()
    const accountSignature = Curve.sign(mine.private, Buffer.concat([Buffer.from([6, 0]), details, identity]))
    const signed = proto.ADVSignedDeviceIdentity.encode({
      details,
      accountSignatureKey: mine.public,
      accountSignature,
    }).finish()
    const hmac = createHmac('sha256', secret).update(signed).digest()
    const jid = phoneJid(account.user, id)
    const lid = lidJid(account.lid, id)
    const reply = await connection.ask({
      tag: 'iq',
      attrs: { from: SERVER, type: 'set', id: stanzaId(), xmlns: 'md' },
      content: [
        {
          tag: 'pair-success',
          attrs: {},
          content: [
            {
              tag: 'device-identity',
              attrs: {},
              content: proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish(),
            },
            { tag: 'biz', attrs: { name: account.name } },
            { tag: 'device', attrs: { jid, lid } },
            { tag: 'platform', attrs: { name: 'android' } },
          ],
        },
      ],
    })
    const sign = getBinaryNodeChild(reply, 'pair-device-sign')
    if (!sign) throw new BadRequest('the device refused to be linked', 409)
    const answer = proto.ADVSignedDeviceIdentity.decode(childBytes(sign, 'device-identity'))
    const claim = Buffer.concat([
      Buffer.from([6, 1]),
      Buffer.from(answer.details ?? NOTHING),
      identity,
      mine.public,
    ])
    if (!verify(identity, claim, answer.deviceSignature ?? NOTHING))
      throw new BadRequest('device signature invalid', 409)
    const companion = newCompanion({ id, user: account.user, jid, lid, identity, connection, registration })
    account.companions.set(id, companion)
    this.#network.touch()
    this.#network.journal.record('linked', { phone: e164(account.user), jid })
    this.#notices.devices(account, 'add', id, companion)
    connection.streamError('515')
    return { phone: e164(account.user), jid }
  }
}

interface Newcomer {
  id: number
  user: string
  jid: string
  lid: string
  identity: Buffer
  connection: Connection
  registration: proto.ClientPayload.IDevicePairingRegistrationData
}

function newCompanion({ id, user, jid, lid, identity, connection, registration }: Newcomer): Companion {
  const key = Buffer.from(registration.eSkeyVal ?? NOTHING)
  const signature = Buffer.from(registration.eSkeySig ?? NOTHING)
  if (!identity.equals(Buffer.from(registration.eIdent ?? NOTHING))) {
    throw new BadRequest('the QR code names another identity', 409)
  }
  // Baileys' own check ignores the result of the verification, so this one is done with another library.
  if (!verify(identity, Buffer.concat([Buffer.from([5]), key]), signature)) {
    throw new BadRequest('signed pre-key invalid', 409)
  }
  return {
    id,
    keyIndex: id,
    user,
    jid,
    lid,
    noiseKey: connection.clientKey,
    keys: {
      registrationId: bytesNumber(registration.eRegid ?? NOTHING),
      identity,
      signedPreKey: { id: bytesNumber(registration.eSkeyId ?? NOTHING), key, signature },
    },
    preKeys: [],
    queue: [],
    linkedAt: Date.now(),
    bootstrapped: false,
  }
}
