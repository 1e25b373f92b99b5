import { setTimeout as pause } from 'node:timers/promises'
import type { Recipients } from '../contacts/contact-store.ts'
import { type Lease, LeaseLost } from '../db/line-transaction.ts'
import { reach } from '../failpoint.ts'
import { type Clock, systemClock } from '../lines/clock.ts'
import { inTrace, type Logger, named } from '../log.ts'
import type { MediaStore } from '../media/media-store.ts'
import { isKeyOf } from '../media/media-store.ts'
import { type Spans, traceOf } from '../spans.ts'
import { lidAddress } from '../whatsapp/identifiers.ts'
import { NotSent } from '../whatsapp/outgoing.ts'
import type { Session } from '../whatsapp/session.ts'
import { LOST_AGAIN, type Reason } from './command-states.ts'
import type { CommandStore, Waiting } from './command-store.ts'
import { humanPace, type Pace, refusalReason, restsAfter } from './pace.ts'
import { mediaOf, type Payload, typedText } from './payload.ts'

const LOOK_AHEAD = 200
const FIRST_REST_MS = 500
const LONGEST_REST_MS = 30_000
const AFTER_FAILURE_MS = 500
/** After so many questions a phone gives a message up. */
const MOST_QUESTIONS = 5
/** Messages that phones asked for again, of which the answer is remembered. */
const MOST_ASKED = 500

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
  spans: Spans
  /** What became of a message at first; for operations. */
  counted(result: 'sent' | 'failed' | 'unknown'): void
  /** The lease was found lost. */
  lost(): void
  clock?: Clock
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
  /** Until when nobody is written to, and until when nobody who was never met. */
  #resting = { everybody: 0, strangers: 0 }
  /** Messages that their recipients' phones asked for again. */
  #askedAgain = new Set<string>()
  #clock: Clock
  #wakesAt = Number.POSITIVE_INFINITY

  constructor(options: DispatcherOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
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
    const again = this.#askedAgain.delete(providerMessageId)
    this.#settle(providerMessageId, error, again).catch((failure) => this.#report(failure))
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

  /**
   * The recipient's phone could not read a message, and the library sends it again. Should the network refuse that, or
   * the phone ask once too often, the recipient has nothing.
   * @param questions how often it asked
   */
  async asked(providerMessageId: string, questions: number): Promise<void> {
    const { lease, commands } = this.#options
    if (questions < MOST_QUESTIONS) {
      this.#askedAgain.add(providerMessageId)
      const [oldest] = this.#askedAgain
      if (this.#askedAgain.size > MOST_ASKED && oldest !== undefined) this.#askedAgain.delete(oldest)
    } else
      await commands.settle(
        lease,
        [providerMessageId],
        'failed',
        'rejected-by-network',
        undefined,
        LOST_AGAIN,
      )
  }

  /** Waits for what is being sent, at most this long. */
  async finish(ms: number): Promise<void> {
    this.#session = null
    const done = new AbortController()
    await Promise.race([
      Promise.all(this.#busy.values()).finally(() => done.abort()),
      pause(ms, undefined, { signal: done.signal }).catch(() => undefined),
    ])
  }

  async #look(): Promise<void> {
    const { lease, commands } = this.#options
    const { pace } = this
    const now = this.#clock.now()
    if (!this.#session || this.#busy.size >= pace.atOnce || now < this.#resting.everybody) return
    const blocked = new Set(this.#busy.keys())
    const waiting = await commands.waiting(lease.lineId, LOOK_AHEAD)
    const met =
      now < this.#resting.strangers
        ? await commands.met(lease.lineId, [...new Set(waiting.map(({ person }) => person))])
        : null
    for (const command of waiting) {
      if (this.#busy.size >= pace.atOnce || !this.#session) return
      const { person } = command
      if (blocked.has(person)) continue
      blocked.add(person)
      if (met && !met.has(person)) continue
      if (now < (this.#troubled.get(person)?.until ?? 0)) continue
      const run = this.#traced(command, this.#session).finally(() => {
        this.#busy.delete(person)
        this.wake()
      })
      this.#busy.set(person, run)
    }
  }

  /** In the trace of the message, to which the backend's call belongs as well, from its turn until it is settled. */
  #traced(command: Waiting, session: Session): Promise<void> {
    const origin = traceOf(command.messageId)
    return inTrace(origin.traceId, async () => {
      const span = this.#options.spans.begin('send', 'producer', origin)
      try {
        await this.#handle(command, session)
        this.#troubled.delete(command.person)
        span.end()
      } catch (error) {
        span.end({ failed: true })
        this.#rest(command.person, error)
      }
    })
  }

  async #handle(command: Waiting, session: Session): Promise<void> {
    const { payload } = command
    if (!(await this.#mayWriteTo(payload))) return this.#refuse(command, 'recipient-not-allowed')
    const address = await this.#address(payload, session)
    if (address === null) return this.#refuse(command, 'not-on-whatsapp')
    const content = await this.#composed(command, address, session)
    if (content === null) return this.#refuse(command, 'media-missing')
    await session.prepare(address)
    await this.pace.beforeSending(typedText(payload), (on) => session.typing(address, on))
    await session.proveAlive()
    if (this.#session !== session) return
    await this.#send({ ...command, address, content }, session)
  }

  async #mayWriteTo({ to, lid }: Payload): Promise<boolean> {
    const { allowedRecipients, recipients, lease } = this.#options
    if (!allowedRecipients) return true
    const phone = to ?? (lid === undefined ? null : await recipients.phoneOf(lease.lineId, lid))
    return phone !== null && allowedRecipients.has(phone)
  }

  /** The message with its media uploaded, or null when that is not, or not as announced, in the store. */
  async #composed({ payload }: Waiting, address: string, session: Session): Promise<Uint8Array | null> {
    const { media, organizationId } = this.#options
    const ref = mediaOf(payload)
    if (!ref) return session.compose(payload, address)
    if (!media || !isKeyOf(organizationId, ref.key)) return null
    const bytes = await media.read(ref.key)
    return bytes && session.compose(payload, address, bytes)
  }

  async #send(command: Ready, session: Session): Promise<void> {
    const { lease, commands } = this.#options
    const id = command.providerMessageId
    let answer: InFlight['answer'] = () => undefined
    let finished: () => void = () => undefined
    const answered = new Promise<Acknowledgement>((resolve) => {
      answer = resolve
    })
    const done = new Promise<void>((resolve) => {
      finished = resolve
    })
    let begun = false
    // In flight from the record on, and not before: the same command may be looked at twice, and only one begins.
    const begin = async (): Promise<boolean> => {
      begun = await this.#begin(command, session)
      if (begun) this.#inFlight.set(id, { answer, done })
      return begun
    }
    try {
      if (await session.send(command.address, command.content, id, begin))
        await this.#await(command, answered)
    } catch (error) {
      // Not ours to undo: it is untouched, or somebody else began it.
      if (error instanceof LeaseLost || !begun) throw error
      if (error instanceof NotSent) {
        await commands.takeBack(lease, command.messageId)
        throw error
      }
      // Part of it may have left: whoever asks for it again could send it twice.
      await this.#unknown(command)
      this.#report(error)
    } finally {
      if (begun) this.#inFlight.delete(id)
      finished()
    }
  }

  /** The message is written: waits for what the network says about it. */
  async #await(command: Ready, answered: Promise<Acknowledgement>): Promise<void> {
    reach('socket-written')
    const late = new AbortController()
    try {
      const timeout = pause(this.#options.ackMs, 'silence' as const, { signal: late.signal })
      const answer = await Promise.race([answered.then((error) => ({ error })), timeout])
      if (answer === 'silence') await this.#unknown(command)
      else await this.#settle(command.providerMessageId, answer.error)
    } finally {
      late.abort()
    }
  }

  /** The moment of sending: from here on it may have left, whatever happens. */
  async #begin(command: Ready, session: Session): Promise<boolean> {
    const { lease, commands } = this.#options
    if (this.#session !== session) return false
    if (!(await commands.beginSending(lease, command.messageId, command.content))) return false
    reach('sending-committed')
    return true
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

  /** @param again the answer is about a copy that the recipient's phone asked for, and has nothing without */
  async #settle(providerMessageId: string, error: Acknowledgement, again = false): Promise<void> {
    const { lease, commands, counted } = this.#options
    if (error === null && again) return
    counted(error === null ? 'sent' : 'failed')
    const received = (): void => reach('ack-received')
    if (error === null) return commands.settle(lease, [providerMessageId], 'sent', null, received)
    const who = restsAfter(error)
    if (who !== 'nobody') {
      this.#resting[who] = this.#clock.now() + this.pace.restMs
      this.#wakeIn(this.pace.restMs)
    }
    const from = again ? LOST_AGAIN : undefined
    await commands.settle(lease, [providerMessageId], 'failed', refusalReason(error), undefined, from)
  }

  /** Where a message goes: to the hidden identifier where it is known. Null: the network does not know the phone. */
  async #address({ to, lid }: Payload, session: Session): Promise<string | null> {
    if (to === undefined) return lid === undefined ? null : lidAddress(lid)
    const { lease, recipients } = this.#options
    let found = await recipients.known(lease.lineId, to)
    if (found === undefined) {
      found = await session.find(to)
      await recipients.remember(lease, to, found)
    }
    if (found.address === null) return null
    const known = found.lid ?? lid
    return known === undefined || known === null ? found.address : lidAddress(known)
  }

  /** Looks again by then at the latest. */
  #wakeIn(ms: number): void {
    const at = this.#clock.now() + ms
    if (at >= this.#wakesAt) return
    this.#wakesAt = at
    this.#clock.after(ms, () => {
      if (this.#wakesAt !== at) return
      this.#wakesAt = Number.POSITIVE_INFINITY
      this.wake()
    })
  }

  /**
   * Something that this message needs failed, for example the media store. It is tried again after pauses that grow;
   * other recipients do not wait for it.
   */
  #rest(person: string, error: unknown): void {
    const { lease, log, lost } = this.#options
    if (error instanceof LeaseLost) return lost()
    log.warn({ lineId: lease.lineId, ...named(error) }, 'a command could not be handled')
    const failures = (this.#troubled.get(person)?.failures ?? 0) + 1
    const ms = Math.min(FIRST_REST_MS * 2 ** (failures - 1), LONGEST_REST_MS)
    this.#troubled.set(person, { failures, until: this.#clock.now() + ms })
    this.#wakeIn(ms)
  }

  #report(error: unknown): void {
    const { lease, log, lost } = this.#options
    if (error instanceof LeaseLost) return lost()
    log.warn({ lineId: lease.lineId, ...named(error) }, 'commands wait')
    // Without a pause a failing database or network would be asked again at once, for ever.
    this.#resting.everybody = Math.max(this.#resting.everybody, this.#clock.now() + AFTER_FAILURE_MS)
    this.#wakeIn(AFTER_FAILURE_MS)
  }
}
