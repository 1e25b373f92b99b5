import { Pool } from 'pg'
import { type Logger, named } from '../log.ts'

const SIZE = 12
const CONNECT_MS = 5000

/** Connections to the database, lent out one at a time. The database may cut any of them at any moment. */
export function openPool(connectionString: string, log: Logger): Pool {
  const pool = new Pool({ connectionString, max: SIZE, connectionTimeoutMillis: CONNECT_MS })
  pool.on('error', (error) => log.warn(named(error), 'an idle database connection ended'))
  // One may end in the moment between its being made and its being lent out, when neither the pool nor a borrower
  // listens; an error nobody hears ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
