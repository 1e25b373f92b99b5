import { kill, pid } from 'node:process'

/** Moments at which a test may kill the process to see that nothing is lost or sent twice. */
export type Failpoint =
  | 'command-before-commit'
  | 'command-accepted'
  | 'sending-committed'
  | 'socket-written'
  | 'ack-received'
  | 'event-before-post'
  | 'event-posted'
  | 'inbound-in-handler'
  | 'inbound-committed'
  | 'pairing-before-commit'
  | 'pairing-committed'
  | 'pairing-confirmed'

// On the real network a kill switch in the environment would be a way to lose messages, so it is not read there.
const armed = process.env.RECADO_WHATSAPP_NETWORK === 'simulator' ? process.env.RECADO_FAILPOINT : undefined
let remaining = Number(process.env.RECADO_FAILPOINT_COUNT ?? '1')

/** Kills this process, as the operating system would, when this moment is armed and came often enough. */
export function reach(name: Failpoint): void {
  if (name !== armed) return
  remaining -= 1
  if (remaining <= 0) kill(pid, 'SIGKILL')
}
