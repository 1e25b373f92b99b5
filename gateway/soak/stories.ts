import type { NetworkEvent } from '../test/support/simulator.ts'
import type { World } from '../test/support/world.ts'
import type { SoakLine } from './traffic.ts'

const GATHER_MS = 5_000
/** How much before a message and after it belongs to its story. */
const BEFORE_MS = 10_000
const AFTER_MS = 30_000

interface Told {
  at: number
  by: string
  what: object
}

/** Gathers what happened while it happens, because the network remembers only the last twenty thousand things. */
export class Stories {
  #world: World
  #journal: NetworkEvent[] = []
  #timer: NodeJS.Timeout
  #gathering: Promise<void> = Promise.resolve()

  constructor(world: World) {
    this.#world = world
    this.#timer = setInterval(() => void this.gather().catch(() => undefined), GATHER_MS)
  }

  gather(): Promise<void> {
    this.#gathering = this.#gathering
      .catch(() => undefined)
      .then(async () => {
        const since = (this.#journal.at(-1)?.seq ?? -1) + 1
        this.#journal.push(...(await this.#world.simulator.events(since)))
      })
    return this.#gathering
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.gather()
  }

  /** Ids of messages that patients' phones could not read, and asked for again. */
  askedAgain(): Set<string> {
    return new Set(this.#journal.filter(({ type }) => type === 'undecryptable').map(({ id }) => String(id)))
  }

  /** Everything known about a message or, without one, a line: at the network, in the gateways, at the backend. */
  of(problem: string, soakLines: SoakLine[], faults: { at: string; fault: string }[]): string[] {
    const soakLine = soakLines.find(({ clinic }) => problem.includes(clinic.lineId))
    if (!soakLine) return []
    const { lineId, phone } = soakLine.clinic
    const [, id] = /^(?:in|out)bound (\S+)/.exec(problem) ?? []
    const told: Told[] = [
      ...this.#journal
        .filter(
          (entry) => (id && entry.id === id) || entry.phone === phone || String(entry.to).startsWith(phone),
        )
        .map((what) => ({ at: Date.parse(String(what.at)), by: 'network', what })),
      ...this.#world.logged
        .filter((line) => line.lineId === lineId || line.lineId === undefined)
        .map((what) => ({ at: Number(what.time), by: `gateway ${what.gateway}`, what })),
      ...this.#world.backend
        .of(lineId)
        .filter(({ type, data }) => type === 'line.state' || data.providerMessageId === id)
        .map((what) => ({ at: Date.parse(what.at), by: 'backend', what })),
      ...faults.map((what) => ({ at: Date.parse(what.at), by: 'soak', what })),
    ].toSorted((a, b) => a.at - b.at)
    const about = told.filter(({ what }) => id !== undefined && JSON.stringify(what).includes(id))
    const at = Date.parse(/ at (\S+Z)/.exec(problem)?.[1] ?? '')
    const [first = Date.now() - AFTER_MS, last = Date.now()] = Number.isNaN(at)
      ? [about[0]?.at, about.at(-1)?.at]
      : [at, at]
    const [from, to] = [first - BEFORE_MS, last + AFTER_MS]
    return [
      `story of ${problem}`,
      ...told
        .filter(({ at }) => at >= from && at <= to)
        .map(({ at, by, what }) => `${new Date(at).toISOString()} ${by}: ${JSON.stringify(what)}`),
    ]
  }
}
