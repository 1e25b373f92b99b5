import type { Cause } from '../lines/states.ts'

/** What a lost connection asks for. */
export type Disconnect =
  /** Open it again at once: the network asked for it, as it does right after pairing. */
  | { kind: 'at-once'; cause: Cause }
  /** Open it again after a pause that grows. */
  | { kind: 'retry'; cause: Cause }
  /** The network no longer knows this device; only a new QR code helps. */
  | { kind: 'needs-pairing'; cause: Cause }
  /** Trying again would make it worse. */
  | { kind: 'halted'; cause: Cause }

/** What was known when the connection ended. */
export interface Situation {
  /** Status the library attached, if any. */
  code: number | undefined
  /** A phone has linked this device. */
  linked: boolean
  /** The connection had been open: a refusal at login means that the news is old. */
  wasOpen: boolean
  /** QR codes were on offer and all have run out. */
  qrEnded: boolean
}

const HALTED: Record<number, Cause> = {
  402: 'banned',
  403: 'banned',
  405: 'client-outdated',
  406: 'banned',
  409: 'client-outdated',
  411: 'client-outdated',
  440: 'opened-elsewhere',
}

const RETRIED: Record<number, Cause> = {
  408: 'timed-out',
  428: 'network',
  500: 'server-unavailable',
  503: 'server-unavailable',
  515: 'server-restart',
}

export function classify({ code, linked, wasOpen, qrEnded }: Situation): Disconnect {
  if (code === 515) return { kind: 'at-once', cause: 'server-restart' }
  if (qrEnded) return { kind: 'needs-pairing', cause: 'qr-expired' }
  if (code === 401 && linked) {
    return { kind: 'needs-pairing', cause: wasOpen ? 'device-removed' : 'logged-out-on-phone' }
  }
  const halted = code === undefined ? undefined : HALTED[code]
  if (halted) return { kind: 'halted', cause: halted }
  return { kind: 'retry', cause: (code === undefined ? undefined : RETRIED[code]) ?? 'network' }
}
