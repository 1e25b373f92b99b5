import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'

const FOLDER = join(import.meta.dirname, 'migrations')
const LOCK = 4_090_109_001

/**
 * Brings the schema `gateway` up to date. Several gateways may start at once: an advisory lock lets one work.
 * Throws when a migration that was already applied has been edited.
 */
export async function migrate(pool: Pool): Promise<void> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    // Whoever waits for an exclusive lock holds up everybody behind: another gateway may be sending meanwhile.
    await client.query(`set local lock_timeout = '5s'`)
    const schema = await client.query(`select 1 from pg_namespace where nspname = 'gateway'`)
    if (schema.rowCount === 0) await client.query('create schema gateway')
    await client.query(
      `create table if not exists gateway.migration
         (name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    )
    const applied = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from gateway.migration',
    )
    const known = new Map(applied.rows.map(({ name, checksum }) => [name, checksum]))
    for (const name of files) {
      const sql = await readFile(join(FOLDER, name), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      if (known.has(name)) {
        if (known.get(name) !== checksum)
          throw new Error(`migration ${name} was changed after it was applied`)
        continue
      }
      await client.query(sql)
      await client.query('insert into gateway.migration (name, checksum) values ($1, $2)', [name, checksum])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
