import { type AuthenticationCreds, proto, type WASocket } from '@whiskeysockets/baileys'
import type { Directory } from './directory.ts'
import { Frames } from './frames.ts'
import { Pulse } from './pulse.ts'

/** The message is still here, whole: nothing of it was written to the socket. */
export class NotSent extends Error {
  override name = 'NotSent'
}

/** Writes messages to a connection, and knows which certainly did not leave. */
export class Outgoing {
  #socket: WASocket
  #creds: AuthenticationCreds
  #directory: Directory
  #frames: Frames
  #pulse: Pulse

  /** @param answerMs how long a sign of life is awaited */
  constructor(socket: WASocket, creds: AuthenticationCreds, directory: Directory, answerMs: number) {
    this.#socket = socket
    this.#creds = creds
    this.#directory = directory
    this.#frames = new Frames(socket.ws)
    this.#pulse = new Pulse(() => this.#ping(answerMs))
    socket.ws.on('message', () => this.#pulse.heard())
  }

  /** Whether the network just gave a sign of life, or gives one when it is asked. */
  isThere(): Promise<boolean> {
    return this.#pulse.isThere()
  }

  /**
   * Writes a message once it is its turn and `begin` has recorded that it leaves. No other work of this connection comes
   * between that record and the writing, so that few messages are found recorded and not written when the process
   * dies. Throws `NotSent` when it certainly did not leave; when this throws anything else, it may or may not have left,
   * unless `begin` was never called.
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
    let isAllowed = false
    try {
      await this.#socket.authState.keys.transaction(async () => {
        await this.#readKeys(address)
        isAllowed = await begin()
        if (!isAllowed) return
        isUnwritten = this.#frames.mark()
        await this.#socket.relayMessage(address, message, { messageId })
      }, this.#creds.me?.id ?? '')
      return isAllowed
    } catch (error) {
      throw isUnwritten() ? new NotSent() : error
    }
  }

  /** Reads into this turn what encrypting needs, so that after the record nothing waits for the database. */
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
