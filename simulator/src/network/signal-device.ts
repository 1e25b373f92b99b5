import {
  type AuthenticationCreds,
  addTransactionCapability,
  type BinaryNode,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  encodeWAMessage,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStoreWithTransaction,
  type SignalRepositoryWithLIDStore,
  unpadRandomMax16,
} from '@whiskeysockets/baileys'
import { quietLogger } from './quiet.ts'
import { numberBytes } from './wire.ts'

/** What another device needs to start a Signal session. */
export interface KeyBundle {
  registrationId: number
  identity: Uint8Array
  signedPreKey: { id: number; key: Uint8Array; signature: Uint8Array }
  preKey?: { id: number; key: Uint8Array }
}

/** Everything one simulated device must remember; survives a restart of the simulator. */
export interface DeviceState {
  creds: AuthenticationCreds
  keys: Record<string, Record<string, unknown>>
  nextPreKey: number
}

const publicKey = (key: Uint8Array): Buffer => Buffer.concat([Buffer.from([5]), key])

/** A Signal endpoint that is not a companion: the clinic's own phone, or a patient's. */
export class SignalDevice {
  readonly state: DeviceState
  #keys: SignalKeyStoreWithTransaction
  #signal: SignalRepositoryWithLIDStore
  #changed: () => void

  /** @param changed called after every change that must be saved */
  constructor(changed: () => void, state: DeviceState = { creds: initAuthCreds(), keys: {}, nextPreKey: 1 }) {
    this.state = state
    this.#changed = changed
    const store = {
      get: async <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => this.#read(type, ids),
      set: async (data: SignalDataSet) => this.#write(data),
    }
    this.#keys = addTransactionCapability(store, quietLogger, { maxCommitRetries: 1, delayBetweenTriesMs: 1 })
    this.#signal = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
      { creds: state.creds, keys: this.#keys },
      quietLogger,
      async () => [],
    )
  }

  get identityKeys(): { public: Uint8Array; private: Uint8Array } {
    return this.state.creds.signedIdentityKey
  }

  get registrationId(): number {
    return this.state.creds.registrationId
  }

  /** Hands out a bundle with a fresh one-time pre-key. */
  async bundle(): Promise<KeyBundle> {
    const id = this.state.nextPreKey++
    const pair = Curve.generateKeyPair()
    await this.#keys.set({ 'pre-key': { [String(id)]: pair } })
    const signed = this.state.creds.signedPreKey
    return {
      registrationId: this.registrationId,
      identity: this.identityKeys.public,
      signedPreKey: { id: signed.keyId, key: signed.keyPair.public, signature: signed.signature },
      preKey: { id, key: pair.public },
    }
  }

  async knows(jid: string): Promise<boolean> {
    return (await this.#signal.validateSession(jid)).exists
  }

  /** Starts a new session towards a device, replacing an old one. */
  async meet(jid: string, bundle: KeyBundle): Promise<void> {
    await this.#signal.injectE2ESession({
      jid,
      session: {
        registrationId: bundle.registrationId,
        identityKey: publicKey(bundle.identity),
        signedPreKey: {
          keyId: bundle.signedPreKey.id,
          publicKey: publicKey(bundle.signedPreKey.key),
          signature: bundle.signedPreKey.signature,
        },
        preKey: bundle.preKey && { keyId: bundle.preKey.id, publicKey: publicKey(bundle.preKey.key) },
      },
    })
  }

  async encrypt(jid: string, message: proto.IMessage): Promise<{ type: string; ciphertext: Uint8Array }> {
    return this.#signal.encryptMessage({ jid, data: encodeWAMessage(message) })
  }

  /** Encrypts once for a whole group, with a key of its own for it, which members need to be given. */
  async encryptGroup(
    group: string,
    own: string,
    message: proto.IMessage,
  ): Promise<{ distribution: Uint8Array; ciphertext: Uint8Array }> {
    const data = encodeWAMessage(message)
    const { senderKeyDistributionMessage: distribution, ciphertext } = await this.#signal.encryptGroupMessage(
      { group, meId: own, data },
    )
    return { distribution, ciphertext }
  }

  /** Keeps the key with which somebody writes in a group. */
  async takeSenderKey(author: string, item: proto.Message.ISenderKeyDistributionMessage): Promise<void> {
    await this.#signal.processSenderKeyDistributionMessage({ authorJid: author, item })
  }

  /** Throws when the author's key was not given, or does not open it. */
  async decryptGroup(group: string, author: string, ciphertext: Uint8Array): Promise<proto.Message> {
    const padded = await this.#signal.decryptGroupMessage({ group, authorJid: author, msg: ciphertext })
    return proto.Message.decode(unpadRandomMax16(padded))
  }

  /** Throws when the ratchet cannot open it, as a real device would before asking for a retry. */
  async decrypt(jid: string, type: string, ciphertext: Uint8Array): Promise<proto.Message> {
    if (type !== 'msg' && type !== 'pkmsg') throw new Error(`unknown kind of ciphertext: ${type}`)
    const padded = await this.#signal.decryptMessage({ jid, type, ciphertext })
    return proto.Message.decode(unpadRandomMax16(padded))
  }

  #read<T extends keyof SignalDataTypeMap>(type: T, ids: string[]): { [id: string]: SignalDataTypeMap[T] } {
    const stored = this.state.keys[type] ?? {}
    const found: { [id: string]: SignalDataTypeMap[T] } = {}
    for (const id of ids) if (stored[id] != null) found[id] = stored[id] as SignalDataTypeMap[T]
    return found
  }

  #write(data: SignalDataSet): void {
    for (const [type, entries] of Object.entries(data)) {
      this.state.keys[type] ??= {}
      const kept = this.state.keys[type]
      for (const [id, value] of Object.entries(entries ?? {})) {
        if (value == null) delete kept[id]
        else kept[id] = value
      }
    }
    this.#changed()
  }
}

/** The `<user>` element that answers a request for keys. */
export function bundleNode(jid: string, bundle: KeyBundle): BinaryNode {
  const element = (tag: string, content: Uint8Array | BinaryNode[]): BinaryNode => ({
    tag,
    attrs: {},
    content,
  })
  return {
    tag: 'user',
    attrs: { jid },
    content: [
      element('registration', numberBytes(bundle.registrationId, 4)),
      element('type', Buffer.from([5])),
      element('identity', bundle.identity),
      ...(bundle.preKey
        ? [
            element('key', [
              element('id', numberBytes(bundle.preKey.id, 3)),
              element('value', bundle.preKey.key),
            ]),
          ]
        : []),
      element('skey', [
        element('id', numberBytes(bundle.signedPreKey.id, 3)),
        element('value', bundle.signedPreKey.key),
        element('signature', bundle.signedPreKey.signature),
      ]),
    ],
  }
}
