import { setTimeout as pause } from 'node:timers/promises'
import { reportOverdue } from '../contacts/inbox.ts'
import { forgetOld } from '../contacts/retention.ts'
import type { Lease, Topic } from '../db/line-transaction.ts'
import type { Courier } from '../events/courier.ts'
import { named } from '../log.ts'
import type { Leases } from './lease.ts'
import { pendingWork } from './pending-work.ts'
import { Runner } from './runner.ts'
import type { Workshop } from './workshop.ts'

const TICKS_PER_LEASE = 5
const HOUSEKEEPING_MS = 3_600_000
const RESEALING_MS = 60_000

/**
 * The lines this process owns. It claims those that need an owner, renews what it has, and lets go of a line before
 * its lease runs out when the database does not answer.
 */
export class Fleet {
  #workshop: Workshop
  #leases: Leases
  #courier: Courier
  #runners = new Map<string, Runner>()
  #leaseMs: number
  #timers: NodeJS.Timeout[] = []
  /** Go on until every line is given back. */
  #leaseTimers: NodeJS.Timeout[] = []
  #releases = new Set<Promise<void>>()
  #resealed: Promise<void> = Promise.resolve()
  /** Lines for which a lease is being asked. */
  #taking = new Set<string>()
  /** Of those, the ones about which something changed since. */
  #askedMeanwhile = new Set<string>()
  #ticking = false
  #renewing = false
  #stopping = false

  constructor(workshop: Workshop, leases: Leases, courier: Courier) {
    this.#workshop = workshop
    this.#leases = leases
    this.#courier = courier
    this.#leaseMs = workshop.config.leaseMs
  }

  async start(): Promise<void> {
    await this.#workshop.lines.haltForeign()
    const every = this.#leaseMs / TICKS_PER_LEASE
    this.#leaseTimers = [
      setInterval(() => void this.#renew(), every),
      setInterval(() => this.#letGoInTime(), every / 2),
    ]
    await this.#tick()
    this.#timers.push(setInterval(() => void this.#tick(), every))
    this.#timers.push(setInterval(() => void this.#housekeeping(), HOUSEKEEPING_MS))
    this.#timers.push(setInterval(() => void this.#reseal(), RESEALING_MS))
    void this.#reseal()
    void this.#housekeeping()
  }

  /** Something changed about a line, here or in another process. */
  async wake(lineId: string): Promise<void> {
    if (this.#stopping) return
    const runner = this.#runners.get(lineId)
    if (runner) return runner.wake()
    const lease = await this.#take(lineId)
    if (lease) this.#run(lease)
  }

  /** Null as well while this line is being taken: whoever had it may hold its row for a while. */
  async #take(lineId: string): Promise<Lease | null> {
    if (this.#taking.has(lineId)) {
      this.#askedMeanwhile.add(lineId)
      return null
    }
    this.#taking.add(lineId)
    try {
      return await this.#leases.take(lineId)
    } finally {
      this.#taking.delete(lineId)
      if (this.#askedMeanwhile.delete(lineId)) this.notified(`line:${lineId}`)
    }
  }

  /**
   * Takes every line that has no owner. They start together, the most urgent first; one that cannot be taken at once
   * keeps the others for a moment only, and starts when it is taken.
   */
  async #claim(lineIds: string[]): Promise<void> {
    if (lineIds.length === 0) return
    const taken = new Map<string, Lease>()
    let started = false
    const over = new AbortController()
    const tries = lineIds.map(async (lineId) => {
      const lease = await this.#take(lineId).catch((error) => {
        this.#workshop.log.warn({ lineId, ...named(error) }, 'a line was not taken')
        return null
      })
      if (lease && started) this.#run(lease)
      else if (lease) taken.set(lineId, lease)
    })
    const all = Promise.all(tries).finally(() => over.abort())
    await Promise.race([
      all,
      pause(this.#leaseMs / 5, undefined, { signal: over.signal }).catch(() => undefined),
    ])
    started = true
    for (const lineId of lineIds) {
      const lease = taken.get(lineId)
      if (lease) this.#run(lease)
    }
  }

  /** Closes every connection and gives the lines back. */
  async stop(): Promise<void> {
    this.#stopping = true
    for (const timer of this.#timers) clearInterval(timer)
    this.#workshop.resealing.stop()
    await this.#resealed
    await Promise.all([...this.#runners.values()].map((runner) => runner.shutDown()))
    for (const timer of this.#leaseTimers) clearInterval(timer)
    await Promise.all(this.#releases)
  }

  #run(lease: Lease): void {
    if (this.#stopping) {
      // It would begin what is being ended; the lease ends by itself.
      return
    }
    const runner = new Runner(this.#workshop, lease, () => {
      if (this.#runners.get(lease.lineId) === runner) this.#runners.delete(lease.lineId)
      const release = this.#leases
        .release(lease)
        // Something may have been asked for between the last look and the release.
        .then(() => this.wake(lease.lineId))
        .catch((error) => this.#workshop.log.warn(named(error), 'a lease was not given back'))
        .finally(() => this.#releases.delete(release))
      this.#releases.add(release)
    })
    this.#runners.set(lease.lineId, runner)
    this.#workshop.log.info({ lineId: lease.lineId, epoch: lease.epoch }, 'line taken')
    runner.wake()
  }

  /** Apart from all other work, which may take long when there is much of it. */
  async #renew(): Promise<void> {
    if (this.#renewing) return
    this.#renewing = true
    try {
      const asked = Date.now()
      // What is taken while this is asked does not appear in the answer.
      const acting = [...this.#runners]
      const owned = await this.#leases.renew(acting.map(([lineId]) => lineId))
      for (const [lineId, runner] of acting) {
        const renewed = owned.get(lineId)
        if (!renewed) {
          this.#letGo(lineId, runner, 'a line has another owner')
          continue
        }
        runner.ownedUntil = asked + renewed.ms
        if (renewed.desired !== 'run') runner.wake()
      }
    } catch (error) {
      this.#workshop.log.warn(named(error), 'leases were not renewed')
    } finally {
      this.#renewing = false
    }
  }

  async #tick(): Promise<void> {
    if (this.#ticking || this.#stopping) return
    this.#ticking = true
    try {
      const { pool, config, commands, downloads } = this.#workshop
      const { unowned, expired, sending, events, overdue, media } = await pendingWork(pool, config.network)
      await this.#claim(unowned)
      await commands.expire(expired)
      await reportOverdue(pool, overdue)
      // A notification reaches nobody while the connection that listens is being opened again.
      for (const lineId of sending) this.#runners.get(lineId)?.wakeCommands()
      for (const lineId of events) this.#courier.wake(lineId)
      if (media) downloads.wake()
    } catch (error) {
      this.#workshop.log.warn(named(error), 'the database did not answer')
    } finally {
      this.#ticking = false
    }
  }

  /** The socket must be closed while the lease still holds: afterwards another process may open its own. */
  #letGoInTime(): void {
    const soon = Date.now() + this.#leaseMs * 0.3
    for (const [lineId, runner] of this.#runners)
      if (runner.ownedUntil <= soon) this.#letGo(lineId, runner, 'a lease was not renewed in time')
  }

  #letGo(lineId: string, runner: Runner, why: string): void {
    this.#workshop.log.warn({ lineId }, why)
    void runner.abandon()
  }

  /** News from this or another process, by way of the database. */
  notified(payload: string): void {
    const [topic, lineId = '', detail = ''] = payload.split(':') as [Topic, string?, string?]
    if (topic === 'event') this.#courier.wake(lineId)
    else if (topic === 'command') this.#runners.get(lineId)?.wakeCommands()
    else if (topic === 'media') this.#workshop.downloads.wake()
    else if (topic === 'qr') this.#workshop.qrCodes.receive(lineId, detail)
    else if (topic === 'code') this.#workshop.pairingCodes.receive(lineId, detail)
    else if (topic === 'line') {
      this.wake(lineId).catch((error) =>
        this.#workshop.log.warn({ lineId, ...named(error) }, 'a line did not wake'),
      )
    }
  }

  /** After a change of key; where there was none, it finds nothing to do. */
  #reseal(): Promise<void> {
    const { resealing, metrics, log } = this.#workshop
    const look = async (): Promise<number> => {
      const left = await resealing.left()
      metrics.credentialsLeft.set(left)
      return left
    }
    this.#resealed = this.#resealed
      .then(async () => {
        if ((await look()) === 0) return
        await resealing.run()
        log.info({ left: await look() }, 'credentials sealed with the present key')
      })
      .catch((error) => log.warn(named(error), 'credentials stay under an older key'))
    return this.#resealed
  }

  async #housekeeping(): Promise<void> {
    await forgetOld(this.#workshop.pool).catch((error) =>
      this.#workshop.log.warn(named(error), 'old rows stay'),
    )
  }
}
