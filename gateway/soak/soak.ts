import { parseArgs } from 'node:util'
import { endTogether } from '../test/support/child.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { type Clinic, type GatewayProcess, newPatient, World } from '../test/support/world.ts'
import { causesOf } from './causes.ts'
import { Chance } from './chance.ts'
import { type Broken, breakThings, SOAKED } from './faults.ts'
import { Stories } from './stories.ts'
import { SoakLine, traffic } from './traffic.ts'
import { comesToRest, judge } from './verdict.ts'

const PATIENTS = 4
const TOLD_MS = 30_000
/** Nothing is broken yet, but the machine may be busy. */
const LINKED_MS = 60_000
/** How many problems are told in full. */
const STORIES = 5

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    lines: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
  },
})
const [minutes, lines, seed] = [Number(values.minutes), Number(values.lines), Number(values.seed)]
const say = (text: string): void => void process.stdout.write(`${text}\n`)

endTogether()
say(`soak: ${lines} lines for ${minutes} minutes, --seed ${seed}`)
const chance = new Chance(seed)
const postgres = await startPostgres()
const world = await World.create(postgres.url)
let failed = true
try {
  failed = !(await soaked())
} catch (error) {
  say(`the soak itself failed: ${(error as Error).stack}`)
} finally {
  await world.close()
  await postgres.stop()
}
process.exit(failed ? 1 : 0)

/** Two gateways, many lines, everything that can break breaking. @returns whether nothing was lost or doubled */
async function soaked(): Promise<boolean> {
  const gateways: GatewayProcess[] = [await world.gateway(SOAKED), await world.gateway(SOAKED)]
  const soakLines: SoakLine[] = []
  for (let i = 0; i < lines; i += 1) soakLines.push(new SoakLine(await linked(gateways), patients()))
  const end = Date.now() + minutes * 60_000
  const over = (): boolean => Date.now() >= end
  const stories = new Stories(world)
  const log: Broken[] = []
  const told = setInterval(() => say(progress(soakLines)), TOLD_MS)
  const [{ counts, errors }] = await Promise.all([
    breakThings({ world, server: postgres.url, soakLines, gateways, chance, log }, over),
    ...soakLines.map((soakLine, index) =>
      traffic(soakLine, world, () => gateways, new Chance(seed + index + 1), over),
    ),
  ])
  clearInterval(told)
  const [gateway] = gateways
  if (!gateway) throw new Error('no gateway is left')
  say(`broken: ${JSON.stringify(counts)}`)
  for (const error of errors) say(`could not be broken: ${error}`)
  await comesToRest(world, soakLines, gateway)
  await stories.stop()
  const { problems, ...verdict } = await judge(world, soakLines, gateway, stories.askedAgain())
  say(JSON.stringify(verdict, null, 2))
  say(causesOf(world, soakLines, log))
  for (const problem of problems.slice(0, 20)) say(problem)
  for (const problem of oneOfEachLine(problems)) {
    for (const line of stories.of(problem, soakLines, log)) say(line)
  }
  say(
    problems.length === 0
      ? 'nothing was lost and nothing doubled'
      : `${problems.length} problems, --seed ${seed}`,
  )
  return problems.length === 0
}

/** A few whose causes may differ. */
function oneOfEachLine(problems: string[]): string[] {
  const byLine = Map.groupBy(
    problems,
    (problem) => /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(problem)?.[0],
  )
  return [...byLine.values()].flatMap((all) => all.slice(0, 1)).slice(0, STORIES)
}

async function linked([gateway]: GatewayProcess[]): Promise<Clinic> {
  if (!gateway) throw new Error('no gateway runs')
  return world.link(gateway, world.newClinic(), LINKED_MS)
}

function patients(): string[] {
  return Array.from({ length: PATIENTS }, newPatient)
}

function progress(soakLines: SoakLine[]): string {
  const sent = soakLines.reduce((sum, { outbound }) => sum + outbound.length, 0)
  const written = soakLines.reduce((sum, { inbound }) => sum + inbound.length, 0)
  return `${sent} sent, ${written} received, ${world.backend.events.length} events`
}
