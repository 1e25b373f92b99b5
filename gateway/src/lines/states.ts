/**
 * The states of a line, what each asks for, and why a line is in it.
 *
 * | state | meaning | what to do |
 * |---|---|---|
 * | stopped | nobody asked for it | start it |
 * | starting | an owner is opening the connection | wait |
 * | pairing | a QR code or a typed code is on offer | scan it, or type it on the phone |
 * | linked | messages flow | nothing |
 * | reconnecting | the connection was lost and will be opened again by itself | wait |
 * | needs-pairing | the network no longer knows this device | start it and scan a new QR code |
 * | halted | trying again would make it worse | read the cause, then start it |
 */
export const STATES = [
  'stopped',
  'starting',
  'pairing',
  'linked',
  'reconnecting',
  'needs-pairing',
  'halted',
] as const
export type LineState = (typeof STATES)[number]

export type Cause =
  | 'none'
  | 'never-started'
  | 'stopped-here'
  | 'logged-out-here'
  | 'logged-out-on-phone'
  | 'device-removed'
  | 'qr-expired'
  | 'network'
  | 'server-restart'
  | 'server-unavailable'
  | 'timed-out'
  | 'opened-elsewhere'
  | 'banned'
  | 'client-outdated'
  | 'credentials-unreadable'
  | 'network-mismatch'
  | 'wrong-number'

/**
 * Where a line may go from each state. `stopped` and `halted` can be reached from anywhere: a person may stop a line,
 * and unreadable credentials or another network may stop it, at any moment.
 */
const NEXT: Record<LineState, readonly LineState[]> = {
  stopped: ['starting'],
  starting: ['starting', 'pairing', 'linked', 'reconnecting', 'needs-pairing'],
  pairing: ['pairing', 'reconnecting', 'linked', 'needs-pairing', 'starting'],
  linked: ['linked', 'reconnecting', 'needs-pairing', 'starting'],
  reconnecting: ['reconnecting', 'linked', 'pairing', 'needs-pairing', 'starting'],
  'needs-pairing': ['starting', 'needs-pairing'],
  halted: ['starting'],
}

export const mayBecome = (from: LineState, to: LineState): boolean =>
  to === 'stopped' || to === 'halted' || NEXT[from].includes(to)

export type Network = 'simulator' | 'whatsapp'

export interface Line {
  id: string
  organizationId: string
  network: Network
  desired: 'run' | 'rest' | 'stop' | 'log-out'
  state: LineState
  cause: Cause
  since: Date
  nextAttemptAt: Date | null
  /** E.164 of the linked phone; kept while unlinked, so that another number is noticed. */
  phone: string | null
  profileName: string | null
  platform: string | null
  qrGeneration: number
  /** Pairing by typed code was asked for this phone (E.164); null for pairing by QR code. */
  pairingPhone: string | null
  /** Rises whenever somebody asks for another way or another attempt to pair. */
  pairingAsked: number
  /** The next device that pairs may have another phone than the remembered one. */
  replacePhone: boolean
  /** E.164 of a phone that was undone because it is not the remembered one. */
  otherPhone: string | null
  /** The network knows a device of this line, so it is linked again without a person. */
  hasDevice: boolean
  /** Whether messages leave after human typing. */
  typing: boolean
  /** When it has something to send next, as the backend last said. */
  dueAt: Date | null
  /** Since when its phone's history is read, after pairing again; null: it is not. */
  historySince: Date | null
}

/** A QR code or a typed code on offer. A credential: held in memory only, never logged, never in an event. */
export interface Offer {
  value: string
  expiresAt: Date
}

/** What the backend is told about a line. */
export const lineStatus = (line: Line) => ({
  lineId: line.id,
  organizationId: line.organizationId,
  network: line.network,
  state: line.state,
  cause: line.cause,
  since: line.since.toISOString(),
  nextAttemptAt: line.nextAttemptAt?.toISOString() ?? null,
  phone: line.phone,
  profileName: line.profileName,
  platform: line.platform,
  otherPhone: line.otherPhone,
})
