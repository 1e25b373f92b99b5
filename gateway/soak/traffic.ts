import { setTimeout as pause } from 'node:timers/promises'
import { type Clinic, commandFor, type GatewayProcess, type World } from '../test/support/world.ts'
import type { Chance } from './chance.ts'

const BETWEEN_MS = [1_500, 3_500] as const
const AGAIN_MS = 200

/** A message a clinic asked to send, and whether a gateway said that it took it. */
export interface Outbound {
  messageId: string
  providerMessageId: string
  lineId: string
  to: string
}

/** A line, its patients, and everything that was written. */
export class SoakLine {
  readonly clinic: Clinic
  readonly patients: string[]
  readonly outbound: Outbound[] = []
  /** Ids of what patients wrote to it, and of what its owner typed. */
  readonly inbound: string[] = []
  /** How often its device was removed on purpose, and its line opened elsewhere. */
  removals = 0
  takenOver = 0
  /** While true nobody writes to it, because its phone has no device that could receive it. */
  unlinked = false
  /** While true nobody writes at all, neither to it nor from it. */
  quiet = false
  #writing: Promise<unknown> = Promise.resolve()

  constructor(clinic: Clinic, patients: string[]) {
    this.clinic = clinic
    this.patients = patients
  }

  /** Lets everything that is on its way arrive, then works while nobody can write to this line. */
  async unlinkedDuring(calm: () => Promise<boolean>, work: () => Promise<void>): Promise<void> {
    this.quiet = true
    this.unlinked = true
    try {
      await this.#writing
      const isCalm = await calm()
      this.quiet = false
      if (isCalm) await work()
    } finally {
      this.quiet = false
      this.unlinked = false
    }
  }

  writing(work: Promise<unknown>): Promise<unknown> {
    this.#writing = Promise.all([this.#writing, work.catch(() => undefined)])
    return work
  }
}

/** Lets one line's people write to each other until it is over. */
export async function traffic(
  soakLine: SoakLine,
  world: World,
  gateways: () => GatewayProcess[],
  chance: Chance,
  over: () => boolean,
): Promise<void> {
  let count = 0
  while (!over()) {
    await pause(chance.between(...BETWEEN_MS))
    const patient = chance.one(soakLine.patients)
    count += 1
    const text = `${soakLine.clinic.phone} ${count}`
    const luck = chance.next()
    if (soakLine.quiet) continue
    if (luck < 0.5) await send(soakLine, gateways, patient, text, chance)
    else if (soakLine.unlinked) continue
    else if (luck < 0.92) {
      await soakLine.writing(
        world.simulator.writes(patient, soakLine.clinic.phone, text).then((id) => soakLine.inbound.push(id)),
      )
    } else {
      const typed = world.simulator.call('POST', `phones/${soakLine.clinic.phone}/send`, {
        to: patient,
        text,
      })
      await soakLine.writing(typed.then(({ id }) => soakLine.inbound.push(String(id))))
    }
  }
}

/** As the backend does: the same command to whichever gateway answers, until one says that it has it. */
async function send(
  soakLine: SoakLine,
  gateways: () => GatewayProcess[],
  to: string,
  text: string,
  chance: Chance,
): Promise<void> {
  const { lineId } = soakLine.clinic
  const command = commandFor(to, text, 30)
  const messageId = crypto.randomUUID()
  soakLine.outbound.push({ messageId, providerMessageId: command.providerMessageId, lineId, to })
  for (;;) {
    const gateway = chance.one(gateways())
    const answer = await gateway
      .call('PUT', `/lines/${lineId}/commands/${messageId}`, command)
      .catch(() => ({ status: 0 }))
    if (answer.status === 200 || answer.status === 202) return
    if (answer.status !== 0 && answer.status < 500)
      throw new Error(`a command was refused with ${answer.status}`)
    await pause(AGAIN_MS)
  }
}
