import { AsyncLocalStorage } from 'node:async_hooks'
import { type AuthenticationCreds, proto, type WASocket } from '@whiskeysockets/baileys'
import type { Directory } from './directory.ts'
import { Frames } from './frames.ts'
import { Pulse } from './pulse.ts'

/** The message is still here, whole: nothing of it was written to the socket. */
export class NotSent extends Error {
  override name = 'NotSent'
}

/** It was found, at the last moment, that the message must not leave. */
class MustNotLeave extends Error {
  override name = 'MustNotLeave'
}

/** The last thing the library reads before it writes a message that is encrypted by then. */
const READ_LAST = 'tctoken'

/** Writes messages to a connection, and knows which certainly did not leave. */
export class Outgoing {
  #socket: WASocket
  #creds: AuthenticationCreds
  #directory: Directory
  #frames: Frames
  #pulse: Pulse
  /** Records that the message being written leaves; does nothing the second time. */
  #record = new AsyncLocalStorage<() => Promise<void>>()

  /** @param answerMs how long a sign of life is awaited */
  constructor(socket: WASocket, creds: AuthenticationCreds, directory: Directory, answerMs: number) {
    this.#socket = socket
    this.#creds = creds
    this.#directory = directory
    this.#frames = new Frames(socket.ws)
    this.#pulse = new Pulse(() => this.#ping(answerMs))
    socket.ws.on('message', () => this.#pulse.heard())
    const { keys } = socket.authState
    const get = keys.get.bind(keys)
    keys.get = async (type, ids) => {
      const found = await get(type, ids)
      if (type === READ_LAST) await this.#record.getStore()?.()
      return found
    }
  }

  /** Whether the network just gave a sign of life, or gives one when it is asked. */
  isThere(): Promise<boolean> {
    return this.#pulse.isThere()
  }

  /**
   * Writes a message once it is its turn and `begin` has recorded that it leaves. It is encrypted before, and no other work
   * of this connection comes between that record and the writing, so that few messages are found recorded and not written
   * when the process dies. Throws `NotSent` when it certainly did not leave; when this throws anything else, it may or may
   * not have left, unless `begin` was never called.
   * @returns false when `begin` said that it must not leave
   */
  async send(
    address: string,
    content: Uint8Array,
    messageId: string,
    begin: () => Promise<boolean>,
  ): Promise<boolean> {
    const message = proto.Message.decode(content)
    let isUnwritten = (): boolean => false
    let isBegun = false
    const record = async (): Promise<void> => {
      if (isBegun) return
      isBegun = true
      if (!(await begin())) throw new MustNotLeave()
      isUnwritten = this.#frames.mark()
    }
    try {
      await this.#socket.authState.keys.transaction(async () => {
        await this.#readKeys(address)
        await this.#record.run(record, () => this.#socket.relayMessage(address, message, { messageId }))
        await record() // a library that reads something else last has written it by now
      }, this.#creds.me?.id ?? '')
      return true
    } catch (error) {
      if (error instanceof MustNotLeave) return false
      throw isUnwritten() ? new NotSent() : error
    }
  }

  /** Reads into this turn what encrypting needs, so that nothing in it waits for the database but the record. */
  async #readKeys(address: string): Promise<void> {
    const { authState, signalRepository } = this.#socket
    const lid = await signalRepository.lidMapping.getLIDForPN(address)
    await authState.keys.get('tctoken', [lid ?? address])
    for (const jid of this.#directory.targets(address)) await signalRepository.validateSession(jid)
  }

  async #ping(ms: number): Promise<boolean> {
    const ping = { tag: 'iq', attrs: { to: 's.whatsapp.net', type: 'get', xmlns: 'w:p' } }
    const answer = await this.#socket
      .query({ ...ping, content: [{ tag: 'ping', attrs: {} }] }, ms)
      .catch(() => undefined)
    return answer !== undefined
  }
}
