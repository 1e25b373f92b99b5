import type { World } from '../test/support/world.ts'
import type { Broken } from './faults.ts'
import type { SoakLine } from './traffic.ts'

/** A fault shows within this time in what becomes of a message: an acknowledgement is awaited for two seconds. */
const SHOWS_MS = 12_000

/**
 * Which faults left messages `unknown`: for each the latest one that happened to its line, or to everybody, before the
 * gateway gave it up.
 */
export function causesOf(world: World, soakLines: SoakLine[], log: Broken[]): string {
  const counts = new Map<string, number>()
  for (const { clinic, outbound } of soakLines) {
    const mine = log.filter(({ lineId }) => lineId === null || lineId === clinic.lineId)
    for (const { messageId } of outbound) {
      if (world.backend.story(messageId).at(-1) !== 'unknown') continue
      const told = world.backend
        .of(clinic.lineId, 'message.status')
        .findLast(({ data }) => data.messageId === messageId && data.state === 'unknown')
      const at = Date.parse(told?.at ?? '')
      const fault = mine.findLast((broken) => {
        const before = at - Date.parse(broken.at)
        return before >= 0 && before <= SHOWS_MS
      })
      const cause = `${fault?.fault ?? 'nothing that was broken'} (${String(told?.data.reason)})`
      counts.set(cause, (counts.get(cause) ?? 0) + 1)
    }
  }
  const rows = [...counts].sort(([, one], [, other]) => other - one)
  if (rows.length === 0) return 'no outbound message is unknown'
  return [
    'outbound messages that are unknown, by cause:',
    ...rows.map(([cause, n]) => `  ${n}  ${cause}`),
  ].join('\n')
}
