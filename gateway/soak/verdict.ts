import type { InboxItem } from '../test/support/simulator.ts'
import { until } from '../test/support/until.ts'
import type { GatewayProcess, World } from '../test/support/world.ts'
import { linkAgain, received } from './faults.ts'
import type { SoakLine } from './traffic.ts'

const REACHED = ['sent', 'delivered', 'read']
const FINAL = [...REACHED, 'failed', 'unknown', 'expired']
/** When nothing was reported for so long, what is not at rest is counted as it is. */
const STILL_MS = 60_000
const MOST_MS = 600_000

/** What became of everything that was written. `unknown` counts messages of which nobody can say it. */
export interface Verdict {
  inbound: { written: number; lost: number; duplicated: number }
  outbound: {
    accepted: number
    reached: number
    failed: number
    lost: number
    duplicated: number
    /** At the network, and asked for again by a phone that got no copy: on its way, and said to be no more than sent. */
    askedAgain: number
    unknown: number
    unknownThatArrived: number
  }
  lines: { linked: number; otherwise: Record<string, string> }
  problems: string[]
}

/**
 * Waits until everything has come to rest, or nothing moves any more: how long that takes depends on how busy the
 * machine is.
 */
export async function comesToRest(
  world: World,
  soakLines: SoakLine[],
  gateway: GatewayProcess,
): Promise<void> {
  let [seen, moved] = [world.backend.events.length, Date.now()]
  const moves = (): boolean => {
    if (world.backend.events.length > seen) [seen, moved] = [world.backend.events.length, Date.now()]
    return Date.now() - moved < STILL_MS
  }
  const end = Date.now() + MOST_MS
  const isOver = (): boolean => !moves() || Date.now() > end
  await Promise.all(soakLines.map(({ clinic }) => linkAgain(world, [gateway], clinic)))
  for (const soakLine of soakLines) {
    const isAllIn = (): boolean => {
      const all = new Set(received(world, soakLine))
      return soakLine.inbound.every((id) => all.has(id))
    }
    await until('all was received', () => isAllIn() || isOver(), MOST_MS)
    const isSettled = () =>
      soakLine.outbound.every(({ messageId }) => FINAL.includes(lastState(world, messageId)))
    await until('all was sent', () => isSettled() || isOver(), MOST_MS)
  }
  // A phone that asks for a message again waits in the same queue as everything else.
  await until('nothing waits at the network', async () => (await waiting(world)) === 0 || isOver(), MOST_MS)
}

async function waiting(world: World): Promise<number> {
  const { items } = (await world.simulator.call('GET', 'phones')) as unknown as {
    items: { devices: { waiting: number }[] }[]
  }
  return items.flatMap(({ devices }) => devices).reduce((sum, device) => sum + device.waiting, 0)
}

const lastState = (world: World, messageId: string): string => world.backend.story(messageId).at(-1) ?? 'none'

/** Counts at the phones and at the backend. */
export async function judge(
  world: World,
  soakLines: SoakLine[],
  gateway: GatewayProcess,
  askedAgain: ReadonlySet<string>,
): Promise<Verdict> {
  const { items } = (await world.simulator.call('GET', 'inbox')) as unknown as { items: InboxItem[] }
  const inbox = Map.groupBy(items, ({ id }) => id)
  const { items: phones } = (await world.simulator.call('GET', 'phones')) as unknown as {
    items: { phone: string; devices: { online: boolean }[] }[]
  }
  const verdict: Verdict = {
    inbound: { written: 0, lost: 0, duplicated: 0 },
    outbound: {
      accepted: 0,
      reached: 0,
      failed: 0,
      lost: 0,
      duplicated: 0,
      askedAgain: 0,
      unknown: 0,
      unknownThatArrived: 0,
    },
    lines: { linked: 0, otherwise: {} },
    problems: [],
  }
  const { inbound, outbound, lines, problems } = verdict
  for (const soakLine of soakLines) {
    const { clinic } = soakLine
    const reported = Map.groupBy(received(world, soakLine), (id) => id)
    for (const id of soakLine.inbound) {
      const times = reported.get(id)?.length ?? 0
      inbound.written += 1
      if (times === 0) inbound.lost += 1
      if (times > 1) inbound.duplicated += 1
      if (times !== 1) problems.push(`inbound ${id} of ${clinic.lineId} was reported ${times} times`)
    }
    for (const { messageId, providerMessageId } of soakLine.outbound) {
      const state = lastState(world, messageId)
      const found = inbox.get(providerMessageId) ?? []
      const arrived = found.reduce((sum, { deliveries }) => sum + deliveries, 0)
      outbound.accepted += 1
      if (arrived > 1) outbound.duplicated += 1
      const reached = REACHED.includes(state)
      if (reached) outbound.reached += 1
      if (state === 'failed') outbound.failed += 1
      if (state === 'unknown') {
        outbound.unknown += 1
        outbound.unknownThatArrived += arrived
      }
      const isAsked = state === 'sent' && arrived === 0 && askedAgain.has(providerMessageId)
      if (isAsked) outbound.askedAgain += 1
      const isLost = reached ? arrived === 0 && !isAsked : !FINAL.includes(state)
      if (isLost) outbound.lost += 1
      const isWrong = isLost || arrived > 1 || (state === 'failed' && arrived > 0)
      if (isWrong)
        problems.push(
          `outbound ${providerMessageId} of ${clinic.lineId} is ${state} and arrived ${arrived} times`,
        )
    }
    const { state, cause } = await world.status(gateway, clinic)
    const online = phones
      .find(({ phone }) => phone === clinic.phone)
      ?.devices.filter((device) => device.online).length
    if (state === 'linked' && online === 1) lines.linked += 1
    else {
      lines.otherwise[clinic.lineId] = `${state} ${cause}, ${online} devices online`
      problems.push(`line ${clinic.lineId} is ${state} ${cause} with ${online} devices online`)
    }
    problems.push(...untrueStates(world, soakLine))
    const gap = world.backend.of(clinic.lineId).findIndex(({ seq }, index) => seq !== index + 1)
    if (gap >= 0) problems.push(`events of ${clinic.lineId} have a gap at ${gap + 1}`)
  }
  problems.push(...tooManyUnknown(outbound))
  return verdict
}

/** Of what was accepted; below so many messages one of them is more than that. */
const MOST_UNKNOWN = 0.02
const ENOUGH = 500

/** Nobody can say what became of these; a few are the price of never sending twice, many are a fault. */
export function tooManyUnknown({ accepted, unknown }: Verdict['outbound']): string[] {
  return accepted >= ENOUGH && unknown > accepted * MOST_UNKNOWN
    ? [`${unknown} of ${accepted} outbound messages are unknown`]
    : []
}

/** A line may only have asked for a person when somebody had done to it what takes one to undo. */
function untrueStates(world: World, { clinic, removals, takenOver }: SoakLine): string[] {
  const allowed: Record<string, boolean> = {
    'needs-pairing device-removed': removals > 0,
    'needs-pairing logged-out-on-phone': removals > 0,
    'halted opened-elsewhere': takenOver > 0,
  }
  const states = world.backend
    .of(clinic.lineId, 'line.state')
    .map(({ at, data }) => ({ at, state: String(data.state), cause: String(data.cause) }))
  return states
    .filter(({ state }) => ['needs-pairing', 'halted', 'stopped'].includes(state))
    .filter(({ state, cause }) => !allowed[`${state} ${cause}`])
    .map(({ at, state, cause }) => `line ${clinic.lineId} was ${state} ${cause} at ${at} without a reason`)
}
