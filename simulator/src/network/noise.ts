import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  type KeyPair,
  proto,
  sha256,
} from '@whiskeysockets/baileys'

/**
 * The responder's side of WhatsApp's Noise handshakes, over frames with a three-byte length: XX with a device that does
 * not know the server's key, IK with one that does, and XXfallback with one that remembers an older key.
 */

const XX = Buffer.from('Noise_XX_25519_AESGCM_SHA256\0\0\0\0')
const IK = Buffer.from('Noise_IK_25519_AESGCM_SHA256\0\0\0\0')
/** A name longer than a hash counts by its hash. */
const XX_FALLBACK = sha256(Buffer.from('Noise_XXfallback_25519_AESGCM_SHA256'))
const INTRO = Buffer.from([87, 65, 6, 3])
const NOTHING = Buffer.alloc(0)
const MAX_FRAME = 8 * 1024 * 1024
const YEAR_SECONDS = 365 * 86_400

const nonce = (counter: number): Buffer => {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(counter, 8)
  return bytes
}

/** A self-made chain (root, intermediate, leaf) that vouches for the server's static key. */
export function certificateChain(serverKey: Uint8Array, root: KeyPair): Uint8Array {
  const intermediate = Curve.generateKeyPair()
  const now = Math.floor(Date.now() / 1000)
  const details = (serial: number, issuerSerial: number, key: Uint8Array) =>
    proto.CertChain.NoiseCertificate.Details.encode({
      serial,
      issuerSerial,
      key,
      notBefore: now - 3600,
      notAfter: now + YEAR_SECONDS,
    }).finish()
  const middle = details(1, 0, intermediate.public)
  const leaf = details(2, 1, serverKey)
  return proto.CertChain.encode({
    intermediate: { details: middle, signature: Curve.sign(root.private, middle) },
    leaf: { details: leaf, signature: Curve.sign(intermediate.private, leaf) },
  }).finish()
}

export interface NoiseHandlers {
  send(bytes: Uint8Array): void
  /** The handshake is complete: who the client says it is, and the key it proved. */
  onClient(payload: proto.ClientPayload, clientKey: Buffer): void
  onFrame(plaintext: Buffer): Promise<void>
}

/** One connection's handshake and transport encryption. `feed` throws on anything a client may not send. */
export class NoiseResponder {
  #staticKey: KeyPair
  #chain: Uint8Array
  #handlers: NoiseHandlers
  #hash: Buffer = XX
  #salt: Buffer = XX
  #key: Buffer = XX
  #counter = 0
  #received: Buffer = NOTHING
  #introduced = false
  #stage: 'hello' | 'finish' | 'transport' = 'hello'
  #ephemeral: KeyPair = Curve.generateKeyPair()
  #readKey: Buffer = NOTHING
  #writeKey: Buffer = NOTHING
  #reads = 0
  #writes = 0

  constructor(staticKey: KeyPair, chain: Uint8Array, handlers: NoiseHandlers) {
    this.#staticKey = staticKey
    this.#chain = chain
    this.#handlers = handlers
  }

  /** Encrypts and sends one frame. Only valid after the handshake. */
  send(plaintext: Uint8Array): void {
    this.#writeFrame(aesEncryptGCM(plaintext, this.#writeKey, nonce(this.#writes++), NOTHING))
  }

  /** Sends bytes as a frame without encrypting them: what a hostile or broken server would do. */
  sendUnencrypted(bytes: Uint8Array): void {
    this.#writeFrame(bytes)
  }

  /** Takes bytes as they come from the socket; frames may arrive split or joined. */
  async feed(bytes: Buffer): Promise<void> {
    this.#received = Buffer.concat([this.#received, bytes])
    if (!this.#introduced && !this.#readIntro()) return
    while (this.#received.length >= 3) {
      const length = this.#received.readUIntBE(0, 3)
      if (length > MAX_FRAME) throw new Error('frame too long')
      if (this.#received.length < 3 + length) return
      const frame = Buffer.from(this.#received.subarray(3, 3 + length))
      this.#received = this.#received.subarray(3 + length)
      if (length === 0) continue
      if (this.#stage === 'hello') this.#hello(frame)
      else if (this.#stage === 'finish') this.#finish(frame)
      else await this.#handlers.onFrame(aesDecryptGCM(frame, this.#readKey, nonce(this.#reads++), NOTHING))
    }
  }

  #readIntro(): boolean {
    if (this.#received.length >= 7 && this.#received.toString('latin1', 0, 2) === 'ED') {
      const routing = 7 + this.#received.readUIntBE(4, 3)
      if (this.#received.length < routing) return false
      this.#received = this.#received.subarray(routing)
    }
    if (this.#received.length < INTRO.length) return false
    if (this.#received[0] !== INTRO[0] || this.#received[1] !== INTRO[1])
      throw new Error('not a WhatsApp client')
    this.#received = this.#received.subarray(INTRO.length)
    this.#introduced = true
    return true
  }

  #hello(frame: Buffer): void {
    const hello = proto.HandshakeMessage.decode(frame).clientHello
    const theirs = Buffer.from(hello?.ephemeral ?? NOTHING)
    if (!hello?.static?.length || !hello.payload?.length) return this.#introduce(XX, theirs)
    const known = this.#recognise(theirs, Buffer.from(hello.static), Buffer.from(hello.payload))
    if (!known) return this.#introduce(XX_FALLBACK, theirs)
    this.#mixHash(this.#ephemeral.public)
    this.#mixKey(Curve.sharedKey(this.#ephemeral.private, theirs))
    this.#mixKey(Curve.sharedKey(this.#ephemeral.private, known.key))
    const serverHello = { ephemeral: this.#ephemeral.public, payload: this.#encrypt(this.#chain) }
    this.#writeFrame(proto.HandshakeMessage.encode({ serverHello }).finish())
    this.#open(known.payload, known.key)
  }

  /** The first message of a device that knows this server's key; undefined when it remembers another one. */
  #recognise(
    theirs: Buffer,
    sealedKey: Buffer,
    sealedPayload: Buffer,
  ): { key: Buffer; payload: Buffer } | undefined {
    this.#begin(IK)
    this.#mixHash(this.#staticKey.public)
    this.#mixHash(theirs)
    this.#mixKey(Curve.sharedKey(this.#staticKey.private, theirs))
    try {
      const key = this.#decrypt(sealedKey)
      this.#mixKey(Curve.sharedKey(this.#staticKey.private, key))
      return { key, payload: this.#decrypt(sealedPayload) }
    } catch {
      return undefined
    }
  }

  /** Tells the device who this server is, with the certificate that vouches for it. */
  #introduce(mode: Buffer, theirs: Buffer): void {
    this.#begin(mode)
    this.#mixHash(theirs)
    this.#mixHash(this.#ephemeral.public)
    this.#mixKey(Curve.sharedKey(this.#ephemeral.private, theirs))
    const staticKey = this.#encrypt(this.#staticKey.public)
    this.#mixKey(Curve.sharedKey(this.#staticKey.private, theirs))
    const payload = this.#encrypt(this.#chain)
    const serverHello = { ephemeral: this.#ephemeral.public, static: staticKey, payload }
    this.#writeFrame(proto.HandshakeMessage.encode({ serverHello }).finish())
    this.#stage = 'finish'
  }

  #finish(frame: Buffer): void {
    const finish = proto.HandshakeMessage.decode(frame).clientFinish
    const clientKey = this.#decrypt(Buffer.from(finish?.static ?? NOTHING))
    this.#mixKey(Curve.sharedKey(this.#ephemeral.private, clientKey))
    this.#open(this.#decrypt(Buffer.from(finish?.payload ?? NOTHING)), clientKey)
  }

  /** The handshake is over. */
  #open(payload: Buffer, clientKey: Buffer): void {
    const keys = Buffer.from(hkdf(NOTHING, 64, { salt: this.#salt, info: '' }))
    this.#readKey = keys.subarray(0, 32)
    this.#writeKey = keys.subarray(32)
    this.#stage = 'transport'
    this.#handlers.onClient(proto.ClientPayload.decode(payload), clientKey)
  }

  #writeFrame(bytes: Uint8Array): void {
    const frame = Buffer.alloc(3 + bytes.length)
    frame.writeUIntBE(bytes.length, 0, 3)
    frame.set(bytes, 3)
    this.#handlers.send(frame)
  }

  #begin(mode: Buffer): void {
    this.#hash = mode
    this.#salt = mode
    this.#key = mode
    this.#counter = 0
    this.#mixHash(INTRO)
  }

  #mixHash(data: Uint8Array): void {
    this.#hash = sha256(Buffer.concat([this.#hash, data]))
  }

  #mixKey(secret: Uint8Array): void {
    const keys = Buffer.from(hkdf(Buffer.from(secret), 64, { salt: this.#salt, info: '' }))
    this.#salt = keys.subarray(0, 32)
    this.#key = keys.subarray(32)
    this.#counter = 0
  }

  #encrypt(plaintext: Uint8Array): Buffer {
    const ciphertext = aesEncryptGCM(plaintext, this.#key, nonce(this.#counter++), this.#hash)
    this.#mixHash(ciphertext)
    return ciphertext
  }

  #decrypt(ciphertext: Buffer): Buffer {
    const plaintext = aesDecryptGCM(ciphertext, this.#key, nonce(this.#counter++), this.#hash)
    this.#mixHash(ciphertext)
    return plaintext
  }
}
