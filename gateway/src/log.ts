import { AsyncLocalStorage } from 'node:async_hooks'
import { type Logger, pino } from 'pino'

export type { Logger }

const traces = new AsyncLocalStorage<string>()

const traced = (): object => {
  const traceId = traces.getStore()
  return traceId ? { traceId } : {}
}

/** Lines carry line ids, states, causes and counts: never texts, phones, names or keys. */
export const createLogger = (): Logger =>
  pino({ name: 'recado-gateway', level: process.env.RECADO_LOG_LEVEL ?? 'info', base: null, mixin: traced })

/** Does work under a trace's id, which everything logged meanwhile bears; under none when it is null. */
export function inTrace<T>(traceId: string | null, work: () => T): T {
  return traceId === null ? traces.exit(work) : traces.run(traceId, work)
}

/** The trace that runs now; null outside of one. */
export const currentTrace = (): string | null => traces.getStore() ?? null

/** What may be said about an error: its name, and its code when it has one. Messages may quote data. */
export function named(error: unknown): { error: string; code?: string } {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? { error: error.name, code } : { error: error.name }
}
