import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** Linux counts a process's time in these. */
const TICKS_PER_SECOND = 100

/** Looks at a process from outside. */
export class Meter {
  #pid: number

  constructor(pid: number | undefined) {
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
    const [begin, at] = [this.cpuSeconds(), Date.now()]
    await pause(ms)
    return ((this.cpuSeconds() - begin) * 1000) / (Date.now() - at)
  }

  /** What it and its children have computed so far, those that are gone included. */
  cpuSeconds(): number {
    const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === this.#pid)
    // User and system time of its own, and of the children it has outlived.
    const own = statOf(String(this.#pid)).slice(11, 15)
    const living = children.flatMap((pid) => statOf(pid).slice(11, 13))
    return [...own, ...living].reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND
  }
}

/** The fields after the name; none when the process is gone. */
function statOf(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

const parentOf = (pid: string): number => Number(statOf(pid)[1])

/** The value that so many percent do not exceed. */
export function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
}
