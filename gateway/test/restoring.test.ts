import { afterEach, describe, expect, it } from 'vitest'
import { Admission } from '../src/lines/admission.ts'
import { Backoff } from '../src/lines/backoff.ts'
import { until } from './support/until.ts'
import { type Clinic, World } from './support/world.ts'

/** A clock that is turned by hand. */
class HandClock {
  #now = 0
  #calls: { at: number; call: () => void }[] = []

  now(): number {
    return this.#now
  }

  after(ms: number, call: () => void): void {
    this.#calls.push({ at: this.#now + ms, call })
  }

  async turnTo(ms: number): Promise<void> {
    for (;;) {
      this.#calls.sort((one, other) => one.at - other.at)
      const next = this.#calls[0]
      if (!next || next.at > ms) break
      this.#calls.shift()
      this.#now = next.at
      next.call()
      await Promise.resolve()
    }
    this.#now = ms
  }
}

describe('opening many lines', () => {
  it('lets a burst through and then a trickle, whoever has something to send first going first', async () => {
    const clock = new HandClock()
    const admission = new Admission(5, 3, clock)
    const gone: number[] = []
    for (const minute of [9, 4, 7, 1, 8, 2, 6, 3, 5])
      void admission.admit(new Date(minute * 60_000)).then(() => gone.push(minute))
    void admission.admit(null).then(() => gone.push(99))
    await clock.turnTo(100)
    expect(gone).toEqual([1, 2, 3])
    await clock.turnTo(1_000)
    // Five a second, or a little fewer: they do not knock in step with another gateway.
    expect(gone.length).toBeGreaterThanOrEqual(6)
    expect(gone.length).toBeLessThanOrEqual(8)
    await clock.turnTo(10_000)
    expect(gone).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 99])
  })

  it('waits longer after each failure, at most a minute, and never twice the same', () => {
    const pauses = Array.from({ length: 20 }, () => {
      const backoff = new Backoff(1000)
      return Array.from({ length: 12 }, () => backoff.next())
    })
    for (const each of pauses) {
      expect(each[0]).toBeGreaterThanOrEqual(500)
      expect(each[3]).toBeGreaterThanOrEqual(4_000)
      expect(Math.max(...each)).toBeLessThanOrEqual(60_000)
    }
    expect(new Set(pauses.map(([first]) => first)).size).toBeGreaterThan(1)
  })

  let world: World | undefined
  afterEach(() => world?.close())

  it('after a restart begins with the line that has a message due first', async () => {
    world = await World.create()
    const gateway = await world.gateway()
    const clinics: Clinic[] = []
    for (let i = 0; i < 4; i += 1) clinics.push(await world.link(gateway))
    const [undue, last, first, second] = clinics as [Clinic, Clinic, Clinic, Clinic]
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
    const { status } = await gateway.call('PUT', '/lines/due', {
      items: [
        { lineId: last.lineId, dueAt: at(60) },
        { lineId: second.lineId, dueAt: at(20) },
        { lineId: first.lineId, dueAt: at(5) },
        { lineId: '00000000-0000-4000-8000-000000000000', dueAt: at(1) },
      ],
    })
    expect(status).toBe(204)
    await gateway.stop()
    const { simulator } = world
    const mark = (await simulator.events()).length
    await world.gateway({ RECADO_GATEWAY_CONNECTIONS_PER_SECOND: '0.5' })
    const logins = async () =>
      (await simulator.events(mark)).filter(({ type }) => type === 'login').map(({ phone }) => phone)
    await until('all are back', async () => (await logins()).length === 4)
    const order = await logins()
    // Two at once at this pace, then one every two seconds.
    expect(order.slice(0, 2).sort()).toEqual([first.phone, second.phone])
    expect(order.slice(2)).toEqual([last.phone, undue.phone])
  })
})
