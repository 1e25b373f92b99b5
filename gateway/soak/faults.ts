import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { until } from '../test/support/until.ts'
import type { Clinic, GatewayProcess, World } from '../test/support/world.ts'
import type { Chance } from './chance.ts'
import type { SoakLine } from './traffic.ts'

const PATIENCE_MS = 60_000
const HALTED_MS = 5_000
const LOOK_MS = 200
const AT_REST = ['sent', 'delivered', 'read', 'failed', 'unknown', 'expired']

/** What may be broken: everything that runs. */
export interface Scene {
  world: World
  server: string
  soakLines: SoakLine[]
  gateways: GatewayProcess[]
  chance: Chance
  /** What was broken, and when, for the stories and for the causes. */
  log: Broken[]
}

/** Something that was broken on purpose. */
export interface Broken {
  at: string
  fault: string
  /** The line it happened to; null when it happened to all. */
  lineId: string | null
}

/** @returns what exactly was broken, and of which line, where that is known only then */
type Fault = (scene: Scene, broken: Broken) => Promise<void>

const anyLine = ({ chance, soakLines }: Scene): SoakLine => chance.one(soakLines)

/** Some mode of losing the connection of one line, or, seldom, of all. */
const drops: Fault = async (scene, broken) => {
  const { chance, world } = scene
  const [mode, code] = chance.one([
    ['close'],
    ['xmlstreamend'],
    ['stream', '503'],
    ['stream', '515'],
    ['failure', '503'],
    ['garbage'],
    ['truncated'],
    ['malformed'],
    ['blackhole'],
  ] as const)
  const everybody = chance.next() < 0.1 && mode !== 'malformed'
  const { clinic } = anyLine(scene)
  broken.fault += `: ${mode}`
  broken.lineId = everybody ? null : clinic.lineId
  await world.simulator.drop(mode, code, everybody ? undefined : clinic.phone)
}

/** The network misbehaves for a while. */
const misbehaves: Fault = async ({ chance, world }, broken) => {
  const [fault, usual] = chance.one([
    [{ duplicateDeliveries: 2 }, { duplicateDeliveries: 0 }],
    [{ reorderDeliveries: 3 }, { reorderDeliveries: 0 }],
    [{ latencyMs: 150 }, { latencyMs: 0 }],
    [{ delayAckMs: 1500 }, { delayAckMs: 0 }],
    [{ receiptDelayMs: 2000 }, { receiptDelayMs: 0 }],
    [{ swallowAck: 2 }, { swallowAck: 0 }],
    [{ loseReceipts: 3 }, { loseReceipts: 0 }],
    [{ askAgain: 2 }, { askAgain: 0 }],
  ])
  broken.fault += `: ${Object.keys(fault)[0]}`
  await world.simulator.faults(fault)
  await pause(chance.between(1_000, 4_000))
  await world.simulator.faults(usual)
}

const refusesAMessage: Fault = async ({ world }) => {
  await world.simulator.faults({ nextAckError: '463' })
}

const restarts: Fault = async ({ chance, world }) => {
  await world.simulator.call('POST', 'restart', { downMs: chance.between(200, 2_500) })
}

const backendIsAway: Fault = async ({ chance, world }) => {
  world.backend.taking = false
  await pause(chance.between(500, 4_000))
  world.backend.taking = true
}

const databaseCutsConnections: Fault = async ({ server, world }) => {
  const client = new Client({ connectionString: server })
  await client.connect()
  const { pathname } = new URL(world.databaseUrl)
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'recado_gateway' and datname = $1`,
    [pathname.slice(1)],
  )
  await client.end()
}

/** One of the two gateways dies, or is stopped in order, and comes back. */
const gatewayDies: Fault = async (scene) => {
  const { chance, gateways, world } = scene
  // One is always left: without any there is nobody to keep a promise.
  if (gateways.length < 2) return
  const index = Math.floor(chance.next() * gateways.length)
  const [gone] = gateways.splice(index, 1)
  await (chance.next() < 0.7 ? gone?.kill() : gone?.stop())
  await pause(chance.between(500, LEASE_MS * 2))
  gateways.push(await world.gateway(SOAKED))
}

/** One of the two gateways sleeps through its lease and wakes up. */
const gatewaySleeps: Fault = async ({ chance, gateways }) => {
  if (gateways.length < 2) return
  const index = Math.floor(chance.next() * gateways.length)
  const [asleep] = gateways.splice(index, 1)
  if (!asleep) return
  asleep.child.process.kill('SIGSTOP')
  await pause(chance.between(LEASE_MS * 1.2, LEASE_MS * 2))
  asleep.child.process.kill('SIGCONT')
  gateways.push(asleep)
}

/** Somebody opens the line elsewhere; the line halts until a person starts it. */
const openedElsewhere: Fault = async (scene, broken) => {
  const soakLine = anyLine(scene)
  broken.lineId = soakLine.clinic.lineId
  const { clinic } = soakLine
  const gateway = scene.chance.one(scene.gateways)
  soakLine.takenOver += 1
  await scene.world.simulator.drop('replaced', undefined, clinic.phone)
  // Nobody was connected, or the gateway that is asked died: then there is nothing to start.
  await scene.world.reaches(gateway, clinic, 'halted', HALTED_MS).catch(() => undefined)
  await scene.world.start(gateway, clinic).catch(() => undefined)
}

/** The device is removed on the clinic's phone, and linked again. */
const unlinked: Fault = async (scene, broken) => {
  const { world } = scene
  const soakLine = anyLine(scene)
  broken.lineId = soakLine.clinic.lineId
  const { clinic } = soakLine
  if (soakLine.unlinked) return
  const relinked = async (): Promise<void> => {
    soakLine.removals += 1
    await world.simulator.call('POST', `phones/${clinic.phone}/unlink`)
    if (!(await linkAgain(world, scene.gateways, clinic))) throw new Error('it was not linked again in time')
  }
  await soakLine.unlinkedDuring(
    () => until('all has arrived', () => isCalm(world, soakLine), PATIENCE_MS).catch(() => false),
    relinked,
  )
}

/**
 * Nothing is on its way in either direction. What the network has not delivered yet, a patient's phone asking again for
 * a message among it, stays on the clinic's phone when its device is removed, as in life: that is no loss of ours.
 */
async function isCalm(world: World, soakLine: SoakLine): Promise<boolean> {
  await pause(LOOK_MS)
  const all = new Set(received(world, soakLine))
  if (!soakLine.inbound.every((id) => all.has(id))) return false
  const states = soakLine.outbound.map(({ messageId }) => world.backend.story(messageId).at(-1) ?? 'none')
  if (!states.every((state) => AT_REST.includes(state))) return false
  const waiting = (await devicesOf(world, soakLine.clinic)).reduce((sum, device) => sum + device.waiting, 0)
  return waiting === 0
}

async function devicesOf(world: World, clinic: Clinic): Promise<{ waiting: number }[]> {
  const { items } = (await world.simulator.call('GET', 'phones')) as {
    items: { phone: string; devices: { waiting: number }[] }[]
  }
  return items.find(({ phone }) => phone === clinic.phone)?.devices ?? []
}

/** Ids of what was reported to the backend of this line's messages; a stub that waits for its content is not the message. */
export const received = (world: World, { clinic }: SoakLine): unknown[] =>
  world.backend
    .inbound(clinic.lineId)
    .filter(({ kind }) => kind !== 'unavailable')
    .map(({ providerMessageId }) => providerMessageId)

/** Does what a person does at the console and with the phone until the line has one device, and it is linked. */
export async function linkAgain(world: World, gateways: GatewayProcess[], clinic: Clinic): Promise<boolean> {
  const isLinked = async (): Promise<boolean> => {
    const [gateway] = gateways
    await pause(LOOK_MS)
    if (!gateway) return false
    const { state, qr } = await world.status(gateway, clinic)
    if (['needs-pairing', 'halted', 'stopped'].includes(state)) await world.start(gateway, clinic)
    if (state === 'pairing' && qr) await world.simulator.scan(clinic.phone, qr.value)
    return state === 'linked' && (await devicesOf(world, clinic)).length === 1
  }
  // A code may have changed, or a gateway died, between looking and scanning: a person tries once more.
  const found = until('it is linked again', () => isLinked().catch(() => false), PATIENCE_MS)
  return found.catch(() => false)
}

/**
 * How gateways of a soak run: leases half as long as in production, so that they pass on often, and yet longer than a
 * busy machine keeps a process waiting; acknowledgements awaited for less time than the network sometimes takes.
 */
const LEASE_MS = 5_000
export const SOAKED = {
  RECADO_GATEWAY_LEASE_SECONDS: String(LEASE_MS / 1000),
  RECADO_GATEWAY_ACK_SECONDS: '2',
}

const FAULTS: readonly [string, number, Fault][] = [
  ['a connection is lost', 40, drops],
  ['the network misbehaves', 30, misbehaves],
  ['the network refuses a message', 4, refusesAMessage],
  ['the network restarts', 6, restarts],
  ['the backend is away', 6, backendIsAway],
  ['the database cuts connections', 4, databaseCutsConnections],
  ['a gateway dies', 6, gatewayDies],
  ['a gateway sleeps', 4, gatewaySleeps],
  ['a line is opened elsewhere', 4, openedElsewhere],
  ['a device is removed', 4, unlinked],
]

/**
 * Breaks things until it is over: each kind once, in any order, then by weight. What takes a while overlaps with what
 * comes next. @returns how often each was broken, and what could not be broken as meant
 */
export async function breakThings(
  scene: Scene,
  over: () => boolean,
): Promise<{ counts: Record<string, number>; errors: string[] }> {
  const counts: Record<string, number> = {}
  const bag = FAULTS.flatMap((fault) => Array.from({ length: fault[1] }, () => fault))
  const first = [...FAULTS]
  const running: Promise<void>[] = []
  const errors: string[] = []
  while (!over()) {
    await pause(scene.chance.between(500, 2_500))
    const at = Math.floor(scene.chance.next() * first.length)
    const [name, , fault] = first.splice(at, 1)[0] ?? scene.chance.one(bag)
    counts[name] = (counts[name] ?? 0) + 1
    const broken: Broken = { at: new Date().toISOString(), fault: name, lineId: null }
    scene.log.push(broken)
    // Kept until the end: nobody waits for it now, and an error of its own must not end the process.
    running.push(fault(scene, broken).catch((error: Error) => void errors.push(`${name}: ${error.message}`)))
  }
  await Promise.all(running)
  return { counts, errors }
}
