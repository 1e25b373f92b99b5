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
export class Desk {
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
  desk: Desk,
  world: World,
  gateways: () => GatewayProcess[],
  chance: Chance,
  over: () => boolean,
): Promise<void> {
  let count = 0
  while (!over()) {
    await pause(chance.between(...BETWEEN_MS))
    const patient = chance.one(desk.patients)
    count += 1
    const text = `${desk.clinic.phone} ${count}`
    const luck = chance.next()
    if (desk.quiet) continue
    if (luck < 0.5) await send(desk, gateways, patient, text, chance)
    else if (desk.unlinked) continue
    else if (luck < 0.92) {
      await desk.writing(
        world.simulator.writes(patient, desk.clinic.phone, text).then((id) => desk.inbound.push(id)),
      )
    } else {
      const typed = world.simulator.call('POST', `phones/${desk.clinic.phone}/send`, { to: patient, text })
      await desk.writing(typed.then(({ id }) => desk.inbound.push(String(id))))
    }
  }
}

/** As the backend does: the same command to whichever gateway answers, until one says that it has it. */
async function send(
  desk: Desk,
  gateways: () => GatewayProcess[],
  to: string,
  text: string,
  chance: Chance,
): Promise<void> {
  const { lineId } = desk.clinic
  const command = commandFor(to, text, 30)
  const messageId = crypto.randomUUID()
  desk.outbound.push({ messageId, providerMessageId: command.providerMessageId, lineId, to })
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
