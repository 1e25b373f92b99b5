import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { GatewayProcess } from '../test/support/world.ts'

/** Linux counts a process's time in these. */
const TICKS_PER_SECOND = 100

/** Looks at a process from outside. */
export class Meter {
  #pid: number

  constructor({ child }: GatewayProcess) {
    const pid = child.process.pid
    if (pid === undefined) throw new Error('the process does not run')
    this.#pid = pid
  }

  /** Memory it holds, in bytes. */
  memory(): number {
    const status = readFileSync(`/proc/${this.#pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024
  }

  /** Its share of one core over the next milliseconds: 1 is a whole core. */
  async cpuOver(ms: number): Promise<number> {
    const [begin, at] = [this.#cpuSeconds(), Date.now()]
    await pause(ms)
    return ((this.#cpuSeconds() - begin) * 1000) / (Date.now() - at)
  }

  #cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.#pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  }
}

/** The value that so many percent do not exceed. */
export function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
}
