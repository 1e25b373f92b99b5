import { type Clock, systemClock } from './clock.ts'

const SAME_MOMENT_MS = 20

interface Waiting {
  dueAt: number
  go: () => void
}

/**
 * Lets a burst of connections through, then a steady trickle: all lines lose the network at the same moment. Who has
 * something to send first goes first.
 */
export class Admission {
  #perSecond: number
  #burst: number
  #clock: Clock
  #tokens: number
  #filledAt: number
  #waiting: Waiting[] = []
  #armed = false

  constructor(perSecond: number, burst: number, clock: Clock = systemClock) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#clock = clock
    this.#tokens = burst
    this.#filledAt = clock.now()
  }

  /**
   * Resolves when a connection may be opened.
   * @param dueAt when it has something to send; null: later than all others
   */
  admit(dueAt: Date | null): Promise<void> {
    return new Promise((go) => {
      const mine = { dueAt: dueAt?.getTime() ?? Number.POSITIVE_INFINITY, go }
      const later = this.#waiting.findIndex((one) => one.dueAt > mine.dueAt)
      this.#waiting.splice(later < 0 ? this.#waiting.length : later, 0, mine)
      // Not at once: those who come in the same moment are put in order first.
      this.#arm(SAME_MOMENT_MS)
    })
  }

  #arm(ms: number): void {
    if (this.#armed) return
    this.#armed = true
    this.#clock.after(ms, () => {
      this.#armed = false
      this.#release()
    })
  }

  #release(): void {
    const now = this.#clock.now()
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#filledAt) / 1000) * this.#perSecond)
    this.#filledAt = now
    while (this.#tokens >= 1 && this.#waiting.length > 0) {
      this.#tokens -= 1
      this.#waiting.shift()?.go()
    }
    if (this.#waiting.length === 0) return
    // Jitter: several gateways that start together should not knock in step.
    this.#arm(((1 - this.#tokens) / this.#perSecond) * 1000 * (1 + Math.random() / 4))
  }
}
