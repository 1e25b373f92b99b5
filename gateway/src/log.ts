import { type Logger, pino } from 'pino'

export type { Logger }

/** Lines carry line ids, states, causes and counts: never texts, phones, names or keys. */
export const createLogger = (): Logger =>
  pino({ name: 'recado-gateway', level: process.env.RECADO_LOG_LEVEL ?? 'info', base: null })

/** What may be said about an error: its name, and its code when it has one. Messages may quote data. */
export function named(error: unknown): { error: string; code?: string } {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? { error: error.name, code } : { error: error.name }
}
