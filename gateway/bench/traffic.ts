import { setTimeout as pause } from 'node:timers/promises'
import { type Clinic, type GatewayProcess, newPatient, type World } from '../test/support/world.ts'

const LAST_RECEIPT_MS = 30_000
const LOOK_MS = 50
/** Patients of a line, each of whom is greeted first. */
const FIRST_WORDS = 2

/**
 * Every line sends one message a second, and gets one every five seconds.
 * @returns milliseconds from command to server receipt and from the patient's phone to the database, and how many
 * commands got no receipt; how many messages were begun in both directions
 */
export async function busy(
  world: World,
  gateway: GatewayProcess,
  clinics: Clinic[],
  seconds: number,
): Promise<{ sent: number[]; received: number[]; unsent: number; begun: number }> {
  const [asked, written] = [new Map<string, number>(), new Map<string, number>()]
  await Promise.all(
    clinics.map(async (clinic, index) => {
      const patients = Array.from({ length: FIRST_WORDS }, newPatient)
      // The first words between two phones exchange keys, which is no daily traffic.
      for (const patient of patients) await opens(world, gateway, clinic, patient)
      // Lines do not tick together.
      await pause((index * 1000) / clinics.length)
      for (let second = 0; second < seconds; second += 1) {
        const next = pause(1000)
        const to = patients[second % patients.length] ?? ''
        const begin = Date.now()
        const { messageId } = await world.send(gateway, clinic, to, `recordatorio ${second}`)
        asked.set(messageId, begin)
        if (second % 5 === 0) {
          const at = Date.now()
          written.set(await world.simulator.writes(to, clinic.phone, `respuesta ${second}`), at)
        }
        await next
      }
    }),
  )
  const deadline = Date.now() + LAST_RECEIPT_MS
  let sent = receipts(world, asked)
  while (sent.length < asked.size && Date.now() < deadline) {
    await pause(LOOK_MS)
    sent = receipts(world, asked)
  }
  return {
    sent,
    received: arrivals(world, written),
    unsent: asked.size - sent.length,
    begun: asked.size + written.size + FIRST_WORDS * clinics.length,
  }
}

async function opens(world: World, gateway: GatewayProcess, clinic: Clinic, patient: string): Promise<void> {
  const { messageId } = await world.send(gateway, clinic, patient, 'hola')
  await world.told(messageId, 'sent', LAST_RECEIPT_MS)
}

/** Events tell their own time, so how busy this script is does not count. */
function receipts(world: World, asked: Map<string, number>): number[] {
  return world.backend.events.flatMap(({ type, at, data }) => {
    const begin =
      type === 'message.status' && data.state === 'sent' ? asked.get(String(data.messageId)) : undefined
    return begin === undefined ? [] : [Date.parse(at) - begin]
  })
}

function arrivals(world: World, written: Map<string, number>): number[] {
  return world.backend.events.flatMap(({ type, at, data }) => {
    const begin = type === 'message.inbound' ? written.get(String(data.providerMessageId)) : undefined
    return begin === undefined ? [] : [Date.parse(at) - begin]
  })
}
