import { setTimeout as pause } from 'node:timers/promises'
import type { Recipients } from '../contacts/contact-store.ts'
import { type Lease, LeaseLost } from '../db/line-transaction.ts'
import { reach } from '../failpoint.ts'
import { type Logger, named } from '../log.ts'
import type { MediaStore } from '../media/media-store.ts'
import { isKeyOf } from '../media/media-store.ts'
import type { Session } from '../whatsapp/session.ts'
import type { Reason } from './command-states.ts'
import type { CommandStore, Waiting } from './command-store.ts'
import { humanPace, type Pace, refusalReason } from './pace.ts'
import { mediaOf, typedText } from './payload.ts'

const LOOK_AHEAD = 200
const FIRST_REST_MS = 500
const LONGEST_REST_MS = 30_000

/** An error code, or null when the network took the message. */
type Acknowledgement = string | null

interface InFlight {
  answer(error: Acknowledgement): void
  /** Resolves when what became of the message is committed. */
  done: Promise<void>
}

/** A command whose message is ready to leave. */
interface Ready extends Waiting {
  address: string
  content: Uint8Array
}

export interface DispatcherOptions {
  lease: Lease
  commands: CommandStore
  recipients: Recipients
  organizationId: string
  /** Null when none is configured: then no media can be sent. */
  media: MediaStore | null
  ackMs: number
  /** Phones the line may write to; null for anyone. */
  allowedRecipients: ReadonlySet<string> | null
  log: Logger
  /** What became of a message at first; for operations. */
  counted(result: 'sent' | 'failed' | 'unknown'): void
  /** The lease was found lost. */
  lost(): void
}

/**
 * Sends one line's commands. To one contact strictly in order of acceptance; to several at once, as many as the pace
 * allows.
 */
export class Dispatcher {
  /** How fast the line writes; may change while it does. */
  pace: Pace = humanPace
  #options: DispatcherOptions
  #session: Session | null = null
  #busy = new Map<string, Promise<void>>()
  /** Recipients whose next message could not be prepared, and until when they are left alone. */
  #troubled = new Map<string, { failures: number; until: number }>()
  #inFlight = new Map<string, InFlight>()
  #looking = false
  #again = false
  #slowUntil = 0
  #timer: NodeJS.Timeout | null = null

  constructor(options: DispatcherOptions) {
    this.#options = options
  }

  /** The line is linked through this session, or, with null, no longer linked. */
  use(session: Session | null): void {
    this.#session = session
    if (session) this.wake()
  }

  /** There may be something to send. */
  wake(): void {
    if (this.#looking) {
      this.#again = true
      return
    }
    this.#looking = true
    this.#look()
      .catch((error) => this.#report(error))
      .finally(() => {
        this.#looking = false
        if (!this.#again) return
        this.#again = false
        this.wake()
      })
  }

  /** The network answered about a message; a late answer still settles it. */
  acknowledged(providerMessageId: string, error: Acknowledgement): void {
    const sending = this.#inFlight.get(providerMessageId)
    if (sending) return sending.answer(error)
    this.#settle(providerMessageId, error).catch((failure) => this.#report(failure))
  }

  /**
   * A phone received or read messages. That proves that the network took them, and is reported after it.
   * Throws `LeaseLost`.
   */
  async received(providerMessageIds: string[], kind: 'delivered' | 'read'): Promise<void> {
    for (const id of providerMessageIds) {
      const sending = this.#inFlight.get(id)
      sending?.answer(null)
      await sending?.done.catch(() => undefined)
    }
    await this.#options.commands.settle(this.#options.lease, providerMessageIds, kind)
  }

  /** Waits for what is being sent, at most this long. */
  async finish(ms: number): Promise<void> {
    this.#session = null
    if (this.#timer) clearTimeout(this.#timer)
    const done = new AbortController()
    await Promise.race([
      Promise.all(this.#busy.values()).finally(() => done.abort()),
      pause(ms, undefined, { signal: done.signal }).catch(() => undefined),
    ])
  }

  async #look(): Promise<void> {
    const { lease, commands } = this.#options
    const { pace } = this
    if (!this.#session || this.#busy.size >= pace.atOnce || this.#isSlow()) return
    const blocked = new Set(this.#busy.keys())
    for (const command of await commands.waiting(lease.lineId, LOOK_AHEAD)) {
      if (this.#busy.size >= pace.atOnce || !this.#session) return
      const { to } = command.payload
      if (blocked.has(to)) continue
      blocked.add(to)
      if (Date.now() < (this.#troubled.get(to)?.until ?? 0)) continue
      const run = this.#handle(command, this.#session)
        .then(() => void this.#troubled.delete(to))
        .catch((error) => this.#rest(to, error))
        .finally(() => {
          this.#busy.delete(to)
          this.wake()
        })
      this.#busy.set(to, run)
    }
  }

  async #handle(command: Waiting, session: Session): Promise<void> {
    const { lease, commands, allowedRecipients } = this.#options
    const { payload } = command
    if (allowedRecipients && !allowedRecipients.has(payload.to)) {
      return this.#refuse(command, 'recipient-not-allowed')
    }
    const address = await this.#address(payload.to, session)
    if (address === null) return this.#refuse(command, 'not-on-whatsapp')
    const content = await this.#composed(command, session)
    if (content === null) return this.#refuse(command, 'media-missing')
    await session.prepare(address)
    await this.pace.beforeSending(typedText(payload), (on) => session.typing(address, on))
    if (this.#session !== session) return
    if (!(await commands.beginSending(lease, command.messageId, content))) return
    reach('sending-committed')
    await this.#send({ ...command, address, content }, session)
  }

  /** The message with its media uploaded, or null when that is not, or not as announced, in the store. */
  async #composed({ payload }: Waiting, session: Session): Promise<Uint8Array | null> {
    const { media, organizationId } = this.#options
    const ref = mediaOf(payload)
    if (!ref) return session.compose(payload)
    if (!media || !isKeyOf(organizationId, ref.key)) return null
    const bytes = await media.read(ref.key)
    return bytes && session.compose(payload, bytes)
  }

  async #send(command: Ready, session: Session): Promise<void> {
    const id = command.providerMessageId
    let answer: InFlight['answer'] = () => undefined
    const answered = new Promise<Acknowledgement>((resolve) => {
      answer = resolve
    })
    const done = this.#write(command, session, answered)
    this.#inFlight.set(id, { answer, done })
    await done.finally(() => this.#inFlight.delete(id))
  }

  async #write(command: Ready, session: Session, answered: Promise<Acknowledgement>): Promise<void> {
    const late = new AbortController()
    try {
      await session.send(command.address, command.content, command.providerMessageId)
      reach('socket-written')
      const timeout = pause(this.#options.ackMs, 'silence' as const, { signal: late.signal })
      const answer = await Promise.race([answered.then((error) => ({ error })), timeout])
      if (answer === 'silence') await this.#unknown(command)
      else await this.#settle(command.providerMessageId, answer.error)
    } catch (error) {
      if (error instanceof LeaseLost) throw error
      // Part of it may have left: whoever asks for it again could send it twice.
      await this.#unknown(command)
      this.#report(error)
    } finally {
      late.abort()
    }
  }

  async #unknown(command: Waiting): Promise<void> {
    const { lease, commands, counted } = this.#options
    await commands.settle(lease, [command.providerMessageId], 'unknown', 'no-acknowledgement')
    counted('unknown')
  }

  async #refuse(command: Waiting, reason: Reason): Promise<void> {
    const { lease, commands, counted } = this.#options
    await commands.refuse(lease, command.messageId, reason)
    counted('failed')
  }

  async #settle(providerMessageId: string, error: Acknowledgement): Promise<void> {
    const { lease, commands, counted } = this.#options
    counted(error === null ? 'sent' : 'failed')
    const received = (): void => reach('ack-received')
    if (error === null) return commands.settle(lease, [providerMessageId], 'sent', null, received)
    const reason: Reason = refusalReason(error)
    if (reason === 'rate-limited') this.#slowDown(this.pace.restMs)
    await commands.settle(lease, [providerMessageId], 'failed', reason)
  }

  async #address(phone: string, session: Session): Promise<string | null> {
    const { lease, recipients } = this.#options
    const known = await recipients.known(lease.lineId, phone)
    if (known !== undefined) return known
    const address = await session.addressOf(phone)
    await recipients.remember(lease.lineId, phone, address)
    return address
  }

  #isSlow(): boolean {
    return Date.now() < this.#slowUntil
  }

  #slowDown(ms: number): void {
    if (ms === 0) return
    this.#slowUntil = Date.now() + ms
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.wake(), ms)
  }

  /**
   * Something that this message needs failed, for example the media store. It is tried again after pauses that grow;
   * other recipients do not wait for it.
   */
  #rest(to: string, error: unknown): void {
    const { lease, log, lost } = this.#options
    if (error instanceof LeaseLost) return lost()
    log.warn({ lineId: lease.lineId, ...named(error) }, 'a command could not be handled')
    const failures = (this.#troubled.get(to)?.failures ?? 0) + 1
    const ms = Math.min(FIRST_REST_MS * 2 ** (failures - 1), LONGEST_REST_MS)
    this.#troubled.set(to, { failures, until: Date.now() + ms })
    setTimeout(() => this.wake(), ms).unref()
  }

  #report(error: unknown): void {
    const { lease, log, lost } = this.#options
    if (error instanceof LeaseLost) return lost()
    log.warn({ lineId: lease.lineId, ...named(error) }, 'commands wait')
    // Without a pause a failing database or network would be asked again at once, for ever.
    this.#slowUntil = Math.max(this.#slowUntil, Date.now() + 500)
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.wake()
    }, 500)
  }
}
