import { settleInterrupted } from '../commands/command-store.ts'
import { Dispatcher } from '../commands/dispatcher.ts'
import { paceOf } from '../commands/pace.ts'
import { HistoryStore } from '../contacts/history-store.ts'
import { forgetPeople } from '../contacts/retention.ts'
import { CredentialStore } from '../credentials/credential-store.ts'
import { CredentialsUnreadable } from '../credentials/vault.ts'
import { inLine, type Lease, LeaseLost, type LineTransaction } from '../db/line-transaction.ts'
import { named } from '../log.ts'
import type { Disconnect } from '../whatsapp/disconnects.ts'
import { type Profile, Session, type SessionListener } from '../whatsapp/session.ts'
import { turns } from '../whatsapp/turns.ts'
import { Backoff } from './backoff.ts'
import type { Change } from './line-store.ts'
import { change } from './line-store.ts'
import type { Cause, Line, Offer } from './states.ts'
import type { Workshop } from './workshop.ts'

const FINISH_MS = 3000
const LOG_OUT_MS = 10_000
/** How long after a takeover the process that slept may still wake in the middle of opening a connection. */
const WAKES_WITHIN_MS = 30_000

/**
 * Acts for one line while this process owns it: opens and reopens its connection, follows what people ask for, and
 * writes every change of state. Everything happens in turns, so that no two pieces of news overlap.
 */
export class Runner {
  readonly lease: Lease
  /** Until when the lease holds at least, by this process's clock, in milliseconds. */
  ownedUntil: number
  #workshop: Workshop
  #store: CredentialStore | null = null
  #dispatcher: Dispatcher
  #backoff: Backoff
  #turn = turns()
  #session: Session | null = null
  #isOpen = false
  #loggingOut = false
  /** When the first code of this pairing was offered; null outside one. */
  #pairingSince: number | null = null
  /** What had been asked about pairing when the connection was opened. */
  #openedFor = 0
  #timer: NodeJS.Timeout | null = null
  #over = false
  #finished: () => void

  /** @param finished called once, when this runner has nothing more to do and its lease may be given back */
  constructor(workshop: Workshop, lease: Lease, finished: () => void) {
    this.#workshop = workshop
    this.lease = lease
    this.ownedUntil = lease.askedAt + lease.ms
    this.#finished = finished
    this.#backoff = new Backoff(workshop.config.reconnectMs)
    this.#dispatcher = new Dispatcher({
      lease,
      commands: workshop.commands,
      recipients: workshop.recipients,
      organizationId: lease.organizationId,
      media: workshop.media,
      ackMs: workshop.config.ackMs,
      allowedRecipients: workshop.config.allowedRecipients,
      log: workshop.log,
      spans: workshop.spans,
      counted: (result) => workshop.metrics.outbound.inc({ result }),
      lost: () => void this.abandon(),
    })
  }

  /** Somebody asked for something, or this runner has just been made: do what the line is asked to do now. */
  wake(): void {
    void this.#do(async () => {
      const line = await this.#workshop.lines.find(this.lease.lineId)
      if (!line || line.desired === 'rest') return this.#end()
      if (line.desired === 'stop') return this.#stop()
      if (line.desired === 'log-out') return this.#logOut(line)
      this.#dispatcher.pace = paceOf(this.#workshop.config.typing, line.typing)
      if (!this.#session) return this.#connect(line)
      if (!line.hasDevice && line.pairingAsked !== this.#openedFor) return this.#pairAnew(line)
      // A start right after a stop that had not happened yet: say again how the line is.
      if (line.state === 'starting' && this.#isOpen) await this.#become({ state: 'linked', cause: 'none' })
    })
  }

  /** There are new commands. */
  wakeCommands(): void {
    this.#dispatcher.wake()
  }

  /** The lease is lost or about to be: close the socket first and write nothing any more. */
  async abandon(): Promise<void> {
    if (this.#over) return
    this.#over = true
    this.#clear()
    await this.#session?.close()
    this.#finished()
  }

  /** Closes the connection for good manners; the line stays wanted and another process may go on at once. */
  async shutDown(): Promise<void> {
    await this.#do(async () => {
      this.#clear()
      await this.#dispatcher.finish(FINISH_MS)
      await this.#leave()
      this.#end()
    })
  }

  async #do(work: () => Promise<void> | void): Promise<void> {
    await this.#turn(async () => {
      if (this.#over) return
      try {
        await work()
      } catch (error) {
        await this.#failed(error)
      }
    })
  }

  async #failed(error: unknown): Promise<void> {
    if (error instanceof LeaseLost) return this.abandon()
    if (error instanceof CredentialsUnreadable) return this.#halt('credentials-unreadable')
    this.#workshop.log.warn({ lineId: this.lease.lineId, ...named(error) }, 'a step of a line failed')
    // What the step did not do is not known any more; a new connection starts from what the database says.
    await this.#leave()
    this.#later(this.#backoff.next())
  }

  /** A code is bound to its connection: another way or another attempt to pair needs another one. */
  async #pairAnew(line: Line): Promise<void> {
    await this.#leave()
    await inLine(this.#workshop.pool, this.lease, CredentialStore.forget)
    await this.#connect(line)
  }

  async #connect(line: Line): Promise<void> {
    this.#clear()
    this.#openedFor = line.pairingAsked
    await this.#workshop.reconnects.admit(line.dueAt)
    if (this.#over) return
    const mine: { session: Session | null } = { session: null }
    const current = (step: () => Promise<void> | void) =>
      void this.#do(() => (mine.session === this.#session ? step() : undefined))
    const { commands, config, metrics } = this.#workshop
    const listener: SessionListener = {
      qr: (qr) => current(() => this.#offer('qr', qr)),
      pairingCode: (code) => current(() => this.#offer('code', code)),
      linked: (profile) => current(() => this.#opened(profile)),
      closed: (why) => current(() => this.#closed(why)),
      unreadable: () => current(() => this.#halt('credentials-unreadable')),
      acknowledged: (id, error) => this.#dispatcher.acknowledged(id, error),
      receipt: (ids, kind) => this.#dispatcher.received(ids, kind),
      asked: (id, questions) => this.#dispatcher.asked(id, questions),
      inbound: (message) => metrics.inbound.inc({ kind: message.kind }),
      ignored: (chat) => metrics.ignored.inc({ chat }),
    }
    const store = new CredentialStore(this.#workshop.pool, this.#workshop.vault, this.lease)
    this.#store = store
    mine.session = await Session.open({
      store,
      history: new HistoryStore(this.#workshop.pool, this.#workshop.vault, this.lease),
      listener,
      networkUrl: config.networkUrl,
      qrMs: config.qrMs,
      silenceMs: config.silenceMs,
      pairingPhone: line.pairingPhone,
      kept: (id) => commands.kept(this.lease.lineId, id),
    })
    // Somebody else's by now: a connection of ours would close theirs.
    if (this.#over) return mine.session.close()
    this.#session = mine.session
  }

  async #offer(kind: 'qr' | 'code', offer: Offer): Promise<void> {
    const { qrCodes, pairingCodes } = this.#workshop
    this.#pairingSince ??= Date.now()
    const sealed = (kind === 'qr' ? qrCodes : pairingCodes).seal(this.lease.lineId, offer)
    await this.#become({ state: 'pairing', cause: 'none', anotherQr: true }, ({ announce }) => {
      announce(kind === 'qr' ? 'code' : 'qr')
      announce(kind, sealed)
    })
  }

  async #opened(profile: Profile): Promise<void> {
    const line = await this.#workshop.lines.find(this.lease.lineId)
    if (line?.desired === 'log-out') return this.#unlink()
    if (line?.phone && line.phone !== profile.phone && !line.replacePhone) {
      // Patients' conversations belong to the number they know; a clinic that changes it is warned first.
      await this.#session?.logOut()
      const otherPhone = profile.phone
      return this.#forget({ state: 'needs-pairing', cause: 'wrong-number', desired: 'rest', otherPhone })
    }
    if (this.#pairingSince !== null) {
      this.#workshop.metrics.pairing.observe((Date.now() - this.#pairingSince) / 1000)
      this.#pairingSince = null
    }
    this.#isOpen = true
    this.#backoff.succeeded()
    const { phone, name: profileName, platform } = profile
    await this.#become({
      state: 'linked',
      cause: 'none',
      phone,
      profileName,
      platform,
      hasDevice: true,
      replacePhone: false,
      otherPhone: null,
    })
    this.#dispatcher.use(this.#session)
  }

  async #closed(why: Disconnect): Promise<void> {
    const wasLinked = this.#session?.isLinked === true
    const heard = this.#isOpen
    await this.#leave()
    this.#workshop.metrics.reconnects.inc({ cause: why.cause })
    const line = await this.#workshop.lines.find(this.lease.lineId)
    if (line?.desired === 'log-out') return this.#unlink()
    if (why.kind === 'halted' && !this.#isByFormerOwner(why.cause)) return this.#halt(why.cause, heard)
    // Killed between committing a pairing and confirming it: no phone shows this device, and nobody unlinked it.
    const isHalfPaired = why.cause === 'logged-out-on-phone' && line?.hasDevice === false
    if (why.kind === 'needs-pairing' && !isHalfPaired) {
      return this.#forget({ state: 'needs-pairing', cause: why.cause, desired: 'rest', heard })
    }
    // A device that no phone has linked yet starts over with fresh credentials: half a pairing cannot be continued.
    if (!wasLinked || isHalfPaired) await inLine(this.#workshop.pool, this.lease, CredentialStore.forget)
    const wait = why.kind === 'at-once' ? this.#backoff.restart() : this.#backoff.next()
    const nextAttemptAt = new Date(Date.now() + wait)
    const cause = isHalfPaired || why.kind === 'halted' ? 'network' : why.cause
    await this.#become({ state: 'reconnecting', cause, nextAttemptAt, heard })
    this.#later(wait)
  }

  /**
   * The connection was replaced by the one that the last owner of this line was opening when it fell asleep. It ends that
   * itself as soon as it looks at its lease; nobody has opened the line elsewhere.
   */
  #isByFormerOwner(cause: Cause): boolean {
    return (
      cause === 'opened-elsewhere' && this.lease.ranOut && Date.now() - this.lease.askedAt < WAKES_WITHIN_MS
    )
  }

  async #halt(cause: Cause, heard = this.#isOpen): Promise<void> {
    await this.#leave()
    await this.#become({ state: 'halted', cause, desired: 'rest', heard })
    this.#end()
  }

  async #stop(): Promise<void> {
    const heard = this.#isOpen
    await this.#dispatcher.finish(FINISH_MS)
    await this.#leave()
    await this.#become({ state: 'stopped', cause: 'stopped-here', desired: 'rest', heard })
    this.#end()
  }

  /** Unlinks at the network when the connection is open; opens it for that when it is not. */
  async #logOut(line: Line): Promise<void> {
    if (this.#loggingOut) return
    this.#loggingOut = true
    const linked = line.phone !== null && line.state !== 'needs-pairing'
    if (!linked || this.#isOpen) return this.#unlink()
    if (!this.#session) await this.#connect(line).catch(() => undefined)
    if (!this.#session) return this.#unlink()
    // A network that does not answer must not keep the credentials here.
    this.#timer = setTimeout(() => void this.#do(() => this.#unlink()), LOG_OUT_MS)
  }

  async #unlink(): Promise<void> {
    await this.#session?.logOut()
    await this.#forget({
      state: 'stopped',
      cause: 'logged-out-here',
      desired: 'rest',
      phone: null,
      profileName: null,
      forgetHeard: true,
    })
  }

  async #forget(to: Change): Promise<void> {
    await this.#leave()
    await this.#become({ ...to, hasDevice: false }, CredentialStore.forget)
    this.#end()
  }

  async #become(
    to: Change,
    along: (transaction: LineTransaction) => Promise<void> | void = () => undefined,
  ): Promise<void> {
    const line = await inLine(this.#workshop.pool, this.lease, async (transaction) => {
      await along(transaction)
      // Nobody will wait for acknowledgements any more, and nobody may send these again.
      if (to.desired === 'rest') await settleInterrupted(transaction, 'no-acknowledgement')
      if (to.cause === 'logged-out-here') {
        await this.#workshop.commands.failWaiting(transaction, 'line-logged-out')
        await forgetPeople(transaction)
      }
      return change(transaction, to)
    })
    this.#workshop.log.info({ lineId: line.id, state: line.state, cause: line.cause }, 'line changed')
  }

  #later(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.wake()
    }, ms)
  }

  async #leave(): Promise<void> {
    const session = this.#session
    this.#clear()
    this.#session = null
    await session?.close()
    await this.#store?.retire()
  }

  #clear(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#isOpen = false
    this.#dispatcher.use(null)
  }

  #end(): void {
    if (this.#over) return
    this.#over = true
    this.#clear()
    this.#finished()
  }
}
