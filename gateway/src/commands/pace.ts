import { setTimeout as pause } from 'node:timers/promises'
import type { Reason } from './command-states.ts'

/** How fast a line writes. Numbers that write like robots get banned. */
export interface Pace {
  /** How many contacts are written to at the same time. */
  atOnce: number
  /** How long a line rests after the network asked it to slow down. */
  restMs: number
  /** What happens before a message leaves. */
  beforeSending(text: string, typing: (on: boolean) => Promise<void>): Promise<void>
}

const MIN_TYPING_MS = 1000
const MAX_TYPING_MS = 3000
const PER_CHARACTER_MS = 15

/**
 * How long somebody types this, in milliseconds: one to three seconds, longer for longer texts, never twice the same.
 * @param chance from 0 to 1
 */
export function typingMs(text: string, chance: number): number {
  const typical = (MIN_TYPING_MS + text.length * PER_CHARACTER_MS) * (0.75 + chance / 2)
  return Math.min(Math.max(typical, MIN_TYPING_MS), MAX_TYPING_MS)
}

/** As a person at a keyboard. */
export const humanPace: Pace = {
  atOnce: 2,
  restMs: 60_000,
  async beforeSending(text, typing) {
    await typing(true)
    await pause(typingMs(text, Math.random()))
    await typing(false)
  },
}

/** Without a pause or a sign of typing, for a line whose clinic chose so; it still rests when the network asks. */
export const quickPace: Pace = { ...humanPace, beforeSending: async () => undefined }

/** As fast as the network takes it; for tests and demonstrations on the simulated network. */
export const noPace: Pace = { atOnce: 8, restMs: 0, beforeSending: async () => undefined }

/** How a line writes: the process may do without typing altogether, and else each line for itself. */
export const paceOf = (process: 'human' | 'off', lineTypes: boolean): Pace =>
  process === 'off' ? noPace : lineTypes ? humanPace : quickPace

/** Everything is refused for a while. */
const LINE = '429'
/** Only chats that this number would begin are refused for a while. */
const STRANGERS = '463'

/** Why the network refused a message, by the code in its answer. */
export const refusalReason = (code: string): Reason =>
  code === LINE || code === STRANGERS ? 'rate-limited' : 'rejected-by-network'

/** Who is not written to for a while after this answer: everybody, those who were never met, or nobody. */
export const restsAfter = (code: string): 'everybody' | 'strangers' | 'nobody' =>
  code === LINE ? 'everybody' : code === STRANGERS ? 'strangers' : 'nobody'
