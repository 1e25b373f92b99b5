import { cpus, totalmem } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { endTogether } from '../test/support/child.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { type Clinic, type GatewayProcess, World } from '../test/support/world.ts'
import { fillContacts } from './contacts.ts'
import { Meter, percentile } from './meter.ts'
import { busy } from './traffic.ts'

/**
 * What many lines cost: memory, restoring, sending, receiving, standing still. Against the simulated network, without
 * typing, with everything (gateway, simulator, PostgreSQL and this script) on one machine.
 */
const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '50,200' },
    contacts: { type: 'string', default: '600' },
    many: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '30' },
  },
})
endTogether()
const sizes = values.lines.split(',').map(Number)
const [contacts, many, seconds] = [Number(values.contacts), Number(values.many), Number(values.seconds)]
const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Long leases, and time for 30 s of acknowledgement as in production: this measures speed, not recovery. */
const CALM = {
  RECADO_GATEWAY_LEASE_SECONDS: '10',
  RECADO_GATEWAY_ACK_SECONDS: '30',
  RECADO_GATEWAY_SILENCE_SECONDS: '60',
}
const SETTLE_MS = 5_000
const SENDS_FOR_BYTES = 50

interface Row {
  what: string
  value: number
  unit: string
  /** What it must not exceed, or must reach; null for what is only told. */
  target: { most?: number; least?: number } | null
}

const postgres = await startPostgres()
const rows: Row[] = []
let failed = false
try {
  for (const size of sizes) rows.push(...(await measured(size)))
  rows.push(...(await bytesPerSend()))
} catch (error) {
  failed = true
  say(`the bench failed: ${(error as Error).stack}`)
} finally {
  await postgres.stop()
}
say(table(rows))
process.exit(failed ? 1 : 0)

/** One gateway with so many linked lines. */
async function measured(size: number): Promise<Row[]> {
  const world = await World.create(postgres.url)
  try {
    let gateway = await world.gateway(CALM)
    await pause(SETTLE_MS)
    const empty = meterOf(gateway).memory()
    const clinics = await linkAll(world, gateway, size)
    await fillContacts(world, clinics, contacts)
    await pause(SETTLE_MS)
    const linked = meterOf(gateway).memory()

    await gateway.stop()
    const begun = Date.now()
    gateway = await world.gateway(CALM)
    const ready = Date.now()
    await Promise.all(clinics.map((clinic) => world.reaches(gateway, clinic, 'linked', 120_000)))
    const restored = Date.now()

    await pause(SETTLE_MS)
    const restoredMemory = meterOf(gateway).memory()
    const idle = await meterOf(gateway).cpuOver(20_000)
    const parts = {
      gateway: meterOf(gateway),
      simulator: new Meter(world.simulator.child.process.pid),
      PostgreSQL: new Meter(postgres.pid),
    }
    const before = Object.values(parts).map((part) => part.cpuSeconds())
    const { sent, received, unsent, begun: messages } = await busy(world, gateway, clinics, seconds)
    const costs = Object.values(parts).map(
      (part, index) => ((part.cpuSeconds() - (before[index] ?? 0)) * 1000) / messages,
    )
    const cost = costs.reduce((sum, one) => sum + one, 0)
    const perSession = (Math.max(linked, restoredMemory) - empty) / size
    say(`${size} lines measured`)
    return [
      row(`${size} lines: memory of the empty process`, empty / 1e6, 'MB'),
      row(`${size} lines: memory per session beyond it`, perSession / 1e6, 'MB'),
      row(`${size} lines: sessions per GB beyond it`, 1e9 / perSession, '', { least: 250 }),
      row(`${size} lines: start of the process`, ready - begun, 'ms'),
      row(`${size} lines: restored after it`, restored - ready, 'ms', size === 50 ? { most: 3_000 } : null),
      row(`${size} lines: command to server receipt, p50`, percentile(sent, 50), 'ms'),
      row(`${size} lines: command to server receipt, p99`, percentile(sent, 99), 'ms'),
      row(`${size} lines: commands without receipt after 30 s`, unsent, '', { most: 0 }),
      row(`${size} lines: inbound to stored, p50`, percentile(received, 50), 'ms'),
      row(`${size} lines: inbound to stored, p99`, percentile(received, 99), 'ms', { most: 250 }),
      row(`${size} lines: processor while idle`, idle * 100, '%', { most: 2 }),
      ...Object.keys(parts).map((name, index) =>
        row(`${size} lines: processor time per message, ${name}`, costs[index] ?? Number.NaN, 'ms'),
      ),
      row(`${size} lines: messages a second asked for, both ways`, size * 1.2, ''),
      row(
        `${size} lines: messages a second that all cores together can carry`,
        (cpus().length * 1000) / cost,
        '',
      ),
    ]
  } finally {
    await world.close()
  }
}

function meterOf({ child }: GatewayProcess): Meter {
  return new Meter(child.process.pid)
}

/** What a send writes must not grow with the contacts a line knows. */
async function bytesPerSend(): Promise<Row[]> {
  const world = await World.create(postgres.url)
  try {
    const gateway = await world.gateway(CALM)
    const clinic = await world.link(gateway)
    const few = await walPerSend(world, gateway, clinic)
    await fillContacts(world, [clinic], many)
    const full = await walPerSend(world, gateway, clinic)
    return [
      row('written per send, no contacts', few, 'bytes'),
      row(`written per send, ${many} contacts`, full, 'bytes'),
      row('ratio of the two', full / few, '', { most: 1.25 }),
    ]
  } finally {
    await world.close()
  }
}

async function walPerSend(world: World, gateway: GatewayProcess, clinic: Clinic): Promise<number> {
  const to = '+5492214000001'
  // The first message of a conversation exchanges keys; those that follow are what sending costs.
  const first = await world.send(gateway, clinic, to, 'hola')
  await world.told(first.messageId, 'sent', 30_000)
  const begin = await world.walPosition()
  for (let i = 0; i < SENDS_FOR_BYTES; i += 1) {
    const { messageId } = await world.send(gateway, clinic, to, `mensaje ${i}`)
    await world.told(messageId, 'sent', 30_000)
  }
  return (await world.walSince(begin)) / SENDS_FOR_BYTES
}

/** Few at a time: pairing is not what is measured. */
async function linkAll(world: World, gateway: GatewayProcess, size: number): Promise<Clinic[]> {
  const clinics: Clinic[] = []
  while (clinics.length < size) {
    const next = Math.min(5, size - clinics.length)
    clinics.push(...(await Promise.all(Array.from({ length: next }, () => world.link(gateway)))))
  }
  return clinics
}

function row(what: string, value: number, unit: string, target: Row['target'] = null): Row {
  return { what, value, unit, target }
}

function met({ value, target }: Row): string {
  if (target === null) return ''
  const holds = value <= (target.most ?? Infinity) && value >= (target.least ?? -Infinity)
  return holds ? 'yes' : '**no**'
}

function table(all: Row[]): string {
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? '?'}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`
  const lines = all.map((one) => {
    const { what, value, unit, target } = one
    const limit =
      target === null ? '' : target.most === undefined ? `at least ${target.least}` : `at most ${target.most}`
    return `| ${what} | ${format(value)} ${unit} | ${limit} | ${met(one)} |`
  })
  return [
    `Machine: ${machine}`,
    '',
    '| measured | value | target | met |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n')
}

function format(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2).replace(/\.?0+$/, '')
}
