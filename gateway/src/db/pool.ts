import { createHash } from 'node:crypto'
import { Client, Pool } from 'pg'
import { type Logger, named } from '../log.ts'

const SIZE = 12
const CONNECT_MS = 5000
const IDLE_MS = 5000

/**
 * Lets the database keep the plan of every statement that takes parameters: there are few of them, and each message
 * asks most.
 */
class PreparingClient extends Client {
  // biome-ignore lint/suspicious/noExplicitAny: as many forms as the library's own
  override query(...given: any[]): any {
    const [text, values, ...rest] = given
    if (typeof text !== 'string' || !Array.isArray(values)) return super.query(...(given as [never]))
    return super.query({ name: nameOf(text), text, values }, ...(rest as []))
  }
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32)
  names.set(text, name)
  return name
}

/** Connections to the database, lent out one at a time. The database may cut any of them at any moment. */
export function openPool(connectionString: string, log: Logger, size = SIZE): Pool {
  const pool = new Pool({
    connectionString,
    Client: PreparingClient,
    // A process that sleeps in the middle of its work must not keep the next owner of its lines waiting.
    idle_in_transaction_session_timeout: IDLE_MS,
    max: size,
    connectionTimeoutMillis: CONNECT_MS,
  })
  pool.on('error', (error) => log.warn(named(error), 'an idle database connection ended'))
  // One may end in the moment between its being made and its being lent out, when neither the pool nor a borrower
  // listens; an error nobody hears ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
