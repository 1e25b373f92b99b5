import { setTimeout as pause } from 'node:timers/promises'
import {
  type BinaryNode,
  decodeBinaryNode,
  encodeBinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  type proto,
} from '@whiskeysockets/baileys'
import type { WebSocket } from 'ws'
import type { Connection } from './connection.ts'
import type { DropMode } from './faults.ts'
import type { Network } from './network.ts'
import { NoiseResponder } from './noise.ts'
import type { Companion } from './people.ts'
import type { Services } from './services.ts'
import { BadRequest, e164, firstChild, SERVER, stanzaId, unixSeconds } from './wire.ts'

const ANSWER_MS = 10_000
const CLOSE_DELAY_MS = 30

/** One WebSocket of a companion, from handshake to close. */
export class SocketConnection implements Connection {
  /** The linked device that logged in; null while it is unknown. */
  companion: Companion | null = null
  /** What a device that wants to be linked says about itself; null for one that logs in. */
  registration: proto.ClientPayload.IDevicePairingRegistrationData | null = null
  clientKey: Buffer = Buffer.alloc(0)
  /** The companion asked for its queue: messages may be sent. */
  active = false
  closed = false
  readonly address: string
  #network: Network
  #services: Services
  #socket: WebSocket
  #noise: NoiseResponder
  #answers = new Map<string, (node: BinaryNode) => void>()
  #work: Promise<void> = Promise.resolve()
  #blackhole = false
  /** Somebody said goodbye: whatever still comes from the other side is not heard. */
  #over = false
  /** The last of the frames that wait to be sent; null when none does. */
  #delayed: Promise<void> | null = null

  /** @param address host and port under which the device knows the network */
  constructor(network: Network, services: Services, socket: WebSocket, address: string) {
    this.address = address
    this.#network = network
    this.#services = services
    this.#socket = socket
    this.#noise = new NoiseResponder(network.serverKey, network.certificate, {
      send: (bytes) => this.#late(() => socket.readyState === socket.OPEN && socket.send(bytes)),
      onClient: (payload, key) => this.#login(payload, key),
      onFrame: async (plaintext) => {
        const node = await decodeBinaryNode(plaintext)
        if (!this.#blackhole && !this.#over) await this.#received(node)
      },
    })
    socket.on('message', (data) => {
      const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)
      this.#work = this.#work
        .then(() => this.#latency())
        .then(() => this.#noise.feed(bytes))
        .catch((error: Error) => {
          network.journal.record('fault', { message: error.message })
          socket.close()
        })
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.closed = true
      network.connections.delete(this)
      for (const [reference, connection] of network.offers)
        if (connection === this) network.offers.delete(reference)
      if (this.companion) network.journal.record('disconnected', { phone: e164(this.companion.user) })
    })
  }

  send(node: BinaryNode): void {
    if (this.#blackhole || this.closed) return
    this.#noise.send(encodeBinaryNode(node))
  }

  /** Sends a request and waits for its answer. Rejects after ten seconds. */
  async ask(node: BinaryNode): Promise<BinaryNode> {
    const id = node.attrs.id ?? ''
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new BadRequest('the companion did not answer', 504)), ANSWER_MS)
      this.#answers.set(id, (answer) => {
        clearTimeout(timer)
        resolve(answer)
      })
      this.send(node)
    })
  }

  result(request: BinaryNode, content?: BinaryNode[]): void {
    this.send({
      tag: 'iq',
      attrs: { from: SERVER, type: 'result', id: request.attrs.id ?? '' },
      ...(content ? { content } : {}),
    })
  }

  /** The network does not do what was asked. */
  refuse(request: BinaryNode, code: string, text: string): void {
    this.send({
      tag: 'iq',
      attrs: { from: SERVER, type: 'error', id: request.attrs.id ?? '' },
      content: [{ tag: 'error', attrs: { code, text } }],
    })
  }

  streamError(code: string | null, child?: BinaryNode): void {
    this.send({ tag: 'stream:error', attrs: code ? { code } : {}, ...(child ? { content: [child] } : {}) })
    this.#closeSoon()
  }

  /** The device was removed on the phone. */
  removed(): void {
    this.streamError('401', { tag: 'conflict', attrs: { type: 'device_removed' } })
  }

  drop(mode: DropMode, code = '503'): void {
    // Nobody hears any other goodbye on a cable that is cut, or before the handshake is over.
    const unheard = this.#blackhole || this.clientKey.length === 0
    if (mode === 'close' || unheard) this.#cut()
    else if (mode === 'stream') this.streamError(code)
    else if (mode === 'replaced') this.streamError(null, { tag: 'conflict', attrs: { type: 'replaced' } })
    else if (mode === 'blackhole') this.#vanish()
    else if (mode === 'garbage') this.#noise.sendUnencrypted(Buffer.from('not a frame of this session'))
    else if (mode === 'malformed') this.#sendNonsense()
    else if (mode === 'truncated') this.#sendFragments()
    else {
      this.send(mode === 'failure' ? refusal(code) : { tag: 'xmlstreamend', attrs: {} })
      this.#closeSoon()
    }
  }

  /** Sends in order, as late as the network is slow. */
  #late(send: () => void): void {
    if (this.#network.faults.latencyMs === 0 && !this.#delayed) return send()
    const mine = (this.#delayed ?? Promise.resolve()).then(() => this.#latency()).then(send)
    this.#delayed = mine
    void mine.then(() => {
      if (this.#delayed === mine) this.#delayed = null
    })
  }

  async #latency(): Promise<void> {
    const { latencyMs } = this.#network.faults
    if (latencyMs > 0) await pause(latencyMs * (1 + Math.random() / 2))
  }

  /** As when a cable is cut: neither stanzas nor the goodbye of the WebSocket are answered. */
  #vanish(): void {
    this.#blackhole = true
    this.#socket.pause()
  }

  /**
   * The device is gone, though its side may close the connection much later: what comes for it from now on waits for
   * its next connection.
   */
  #leave(): void {
    this.#over = true
    this.active = false
  }

  #cut(): void {
    this.#leave()
    this.#socket.terminate()
  }

  #closeSoon(): void {
    this.#leave()
    setTimeout(() => this.#socket.close(), CLOSE_DELAY_MS)
  }

  /** Well encrypted stanzas whose content no client expects. */
  #sendNonsense(): void {
    const companion = this.companion
    this.send({ tag: 'message', attrs: { id: stanzaId() } })
    this.send({
      tag: 'message',
      attrs: { id: stanzaId(), from: 'nobody', t: 'never' },
      content: Buffer.from('x'),
    })
    this.send({ tag: 'receipt', attrs: { id: stanzaId(), from: companion?.jid ?? SERVER, type: 'retry' } })
    this.send({ tag: 'notification', attrs: { id: stanzaId(), from: SERVER, type: 'encrypt' } })
    this.send({
      tag: 'iq',
      attrs: { id: stanzaId(), from: SERVER, type: 'set', xmlns: 'md' },
      content: [{ tag: 'pair-success', attrs: {} }],
    })
  }

  /** Well encrypted frames that are no stanzas: one that ends early, one that claims to be compressed, one that is empty. */
  #sendFragments(): void {
    const whole = encodeBinaryNode({
      tag: 'message',
      attrs: { id: stanzaId(), from: SERVER },
      content: Buffer.alloc(64),
    })
    this.#noise.send(whole.subarray(0, whole.length / 2))
    this.#noise.send(Buffer.concat([Buffer.from([2]), Buffer.alloc(40, 0xee)]))
    this.#noise.send(Buffer.alloc(0))
  }

  #login(payload: proto.ClientPayload, key: Buffer): void {
    this.clientKey = Buffer.from(key)
    if (payload.devicePairingData) {
      this.registration = payload.devicePairingData
      this.#network.journal.record('registration')
      return this.#services.pairing.offer(this)
    }
    const user = String(payload.username)
    const companion = this.#network.findAccount(user)?.companions.get(payload.device ?? 0)
    if (!companion || !this.clientKey.equals(companion.noiseKey)) {
      this.#network.journal.record('login-refused', { phone: e164(user) })
      return this.drop('failure', '401')
    }
    for (const other of this.#network.connectionsOf(user, companion.id)) other.drop('replaced')
    this.companion = companion
    this.#network.journal.record('login', { phone: e164(user) })
    this.send({
      tag: 'success',
      attrs: {
        t: unixSeconds(),
        lid: companion.lid,
        location: 'sim',
        props: '2',
        abprops: '1',
        group_abprops: '1',
        creation: Math.floor(companion.linkedAt / 1000).toString(),
      },
    })
    // A device that does not say that it will only listen later listens from now on.
    if (payload.passive !== true) this.#work = this.#work.then(() => this.#services.arrival.active(this))
  }

  async #received(node: BinaryNode): Promise<void> {
    const phone = this.companion ? e164(this.companion.user) : null
    if (node.tag === 'iq' && (node.attrs.type === 'result' || node.attrs.type === 'error')) {
      this.#answers.get(node.attrs.id ?? '')?.(node)
      this.#answers.delete(node.attrs.id ?? '')
    } else if (node.tag === 'iq') await this.#services.queries.answer(this, node)
    else if (node.tag === 'message') await this.#message(node)
    else if (node.tag === 'receipt') await this.#receipt(node)
    else if (node.tag === 'ack') this.#ack(node)
    else if (node.tag === 'chatstate')
      this.#network.journal.record('typing', { phone, state: firstChild(node)?.tag })
    else if (node.tag === 'presence')
      this.#network.journal.record('presence', { phone, kind: node.attrs.type })
  }

  async #message(node: BinaryNode): Promise<void> {
    if (!this.companion) return
    const faults = this.#network.faults
    const ack: BinaryNode = {
      tag: 'ack',
      attrs: { class: 'message', id: node.attrs.id ?? '', from: node.attrs.to ?? '', t: unixSeconds() },
    }
    // Not a copy that a phone asked for, which goes to one device only: nobody could undo its loss.
    const isFirst = node.attrs.device_fanout !== 'false'
    if (faults.nextAckError !== null && isFirst) {
      const error = faults.nextAckError
      faults.nextAckError = null
      return this.send({ ...ack, attrs: { ...ack.attrs, error } })
    }
    const judgement = this.#services.admission.judge(this.companion, node)
    if ('error' in judgement) {
      this.#network.journal.record('message-refused', { id: node.attrs.id, code: judgement.error })
      return this.send({ ...ack, attrs: { ...ack.attrs, error: judgement.error } })
    }
    if (judgement.phash) ack.attrs.phash = judgement.phash
    if (faults.swallowAck > 0) {
      faults.swallowAck -= 1
      this.#network.journal.record('ack-swallowed', { id: node.attrs.id })
    } else if (faults.delayAckMs > 0) setTimeout(() => this.send(ack), faults.delayAckMs)
    else this.send(ack)
    if (node.attrs.to?.endsWith('@g.us')) await this.#services.groupDelivery.accept(this.companion, node)
    else await this.#services.delivery.accept(this, this.companion, node)
  }

  async #receipt(node: BinaryNode): Promise<void> {
    if (!this.companion) return
    const { id = '', to = '', type = 'delivery' } = node.attrs
    const ids = [
      id,
      ...getBinaryNodeChildren(getBinaryNodeChild(node, 'list'), 'item').map((item) => item.attrs.id ?? ''),
    ]
    for (const one of ids) this.#services.delivery.settled(this.companion, one, 'message', type === 'retry')
    this.#network.journal.record('companion-receipt', {
      phone: e164(this.companion.user),
      id,
      kind: type,
      to,
    })
    this.send({ tag: 'ack', attrs: { class: 'receipt', id, from: to, t: unixSeconds() } })
    if (type === 'retry') await this.#services.delivery.resend(this.companion, node)
    else this.#services.delivery.ticked(node, ids)
  }

  #ack(node: BinaryNode): void {
    const { id = '', class: tag = '', type, error } = node.attrs
    if (error) this.#network.journal.record('companion-refused', { id, code: error })
    if (!this.companion) return
    if (tag === 'receipt') this.#services.delivery.heard(this.companion, id, type)
    else this.#services.delivery.settled(this.companion, id, tag, error !== undefined)
  }
}

const refusal = (reason: string): BinaryNode => ({ tag: 'failure', attrs: { reason, location: 'sim' } })
