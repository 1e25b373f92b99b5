import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
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

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

/** Does work under the id of a W3C `traceparent`, which everything logged meanwhile bears; under none when it is none. */
export function inTrace(traceparent: unknown, work: () => void): void {
  const id = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined
  if (id) traces.run(id, work)
  else traces.exit(work)
}

/** The trace that runs now; null outside of one. */
export const currentTrace = (): string | null => traces.getStore() ?? null

/** Runs work in a trace of its own, which `traceparent` takes to others. */
export const inNewTrace = <T>(work: (traceparent: string) => Promise<T>): Promise<T> => {
  const id = randomBytes(16).toString('hex')
  return traces.run(id, () => work(`00-${id}-${randomBytes(8).toString('hex')}-00`))
}

/** What may be said about an error: its name, and its code when it has one. Messages may quote data. */
export function named(error: unknown): { error: string; code?: string } {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? { error: error.name, code } : { error: error.name }
}
