import { randomBytes, randomUUID } from 'node:crypto'
import { Pool } from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { CommandStore } from '../src/commands/command-store.ts'
import { CredentialStore, StoreRetired } from '../src/credentials/credential-store.ts'
import { Vault } from '../src/credentials/vault.ts'
import { inLine, type Lease, LeaseLost } from '../src/db/line-transaction.ts'
import { migrate } from '../src/db/migrate.ts'
import { openPool } from '../src/db/pool.ts'
import { Leases } from '../src/lines/lease.ts'
import { LineStore } from '../src/lines/line-store.ts'
import { pendingWork } from '../src/lines/pending-work.ts'
import { commandFor, newDatabase, newPatient } from './support/world.ts'

const CONTENT = Buffer.from('message')

describe('a database connection', () => {
  it('that is cut in the moment in which it is lent out ends nothing else', async () => {
    const pool = openPool(await newDatabase(), pino({ level: 'silent' }))
    const client = await pool.connect()
    expect(() => client.emit('error', new Error('terminating connection'))).not.toThrow()
    client.release(true)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })
})

describe('the lease of a line', () => {
  let pool: Pool
  let lines: LineStore
  let commands: CommandStore
  let first: Leases
  let second: Leases
  let lineId: string
  const vault = new Vault(randomBytes(32))

  beforeAll(async () => {
    pool = new Pool({ connectionString: await newDatabase() })
    await migrate(pool)
    lines = new LineStore(pool, 'simulator')
    commands = new CommandStore(pool)
    first = new Leases(pool, pool, 'simulator', 60_000)
    second = new Leases(pool, pool, 'simulator', 60_000)
  })
  beforeEach(async () => {
    lineId = randomUUID()
    await lines.start(lineId, randomUUID())
  })
  afterAll(() => pool.end())

  const taken = async (by: Leases): Promise<Lease> => {
    const lease = await by.take(lineId)
    if (!lease) throw new Error('the line has an owner')
    return lease
  }

  const runsOut = () =>
    pool.query(`update gateway.line set lease_until = clock_timestamp() - interval '1 ms' where id = $1`, [
      lineId,
    ])

  const accepted = async (): Promise<string> => {
    const messageId = randomUUID()
    const { notAfter, ...rest } = commandFor(newPatient(), 'hola')
    await commands.accept(lineId, { ...rest, messageId, notAfter: new Date(notAfter) })
    return messageId
  }

  it('has one holder, and a higher epoch with each', async () => {
    const lease = await taken(first)
    expect(await second.take(lineId)).toBeNull()
    await runsOut()
    const next = await taken(second)
    expect(BigInt(next.epoch)).toBeGreaterThan(BigInt(lease.epoch))
    expect((await first.renew([lineId])).has(lineId)).toBe(false)
    expect((await second.renew([lineId])).get(lineId)).toEqual({ desired: 'run', ms: 60_000 })
  })

  it('is prolonged without waiting for a line that is being worked on, whose work prolongs its own', async () => {
    const [busy, idle] = [await taken(first), randomUUID()]
    await lines.start(idle, randomUUID())
    await first.take(idle)
    const half = () =>
      pool
        .query(`update gateway.line set lease_until = clock_timestamp() + interval '20 s'`)
        .then(() => 20_000)
    const left = await half()
    await inLine(pool, lineId, async () => {
      const renewed = await first.renew([lineId, idle])
      expect(renewed.get(idle)?.ms).toBe(60_000)
      expect(renewed.get(lineId)?.ms).toBeLessThanOrEqual(left)
    })
    await half()
    await inLine(pool, busy, async () => undefined)
    const { rows } = await pool.query(
      `select lease_until > clock_timestamp() + interval '50 s' as prolonged from gateway.line where id = $1`,
      [lineId],
    )
    expect(rows).toEqual([{ prolonged: true }])
  })

  it('runs out when its holder does not know that it has it, so that the line is not left to nobody', async () => {
    await taken(first)
    expect(await first.renew([])).toEqual(new Map())
    await runsOut()
    expect((await pendingWork(pool, 'simulator')).unowned).toContain(lineId)
  })

  it.each(['has run out', 'is held by another'])(
    'that %s lets its former holder write nothing',
    async (how) => {
      const messageId = await accepted()
      const lease = await taken(first)
      const credentials = new CredentialStore(pool, vault, lease)
      await credentials.write({ session: { ana: 'before' } })
      await runsOut()
      if (how === 'is held by another') await taken(second)
      await expect(credentials.write({ session: { ana: 'after' } })).rejects.toThrow(LeaseLost)
      await expect(commands.beginSending(lease, messageId, CONTENT)).rejects.toThrow(LeaseLost)
      await expect(commands.refuse(lease, messageId, 'not-on-whatsapp')).rejects.toThrow(LeaseLost)
      await expect(lines.change(lease, { state: 'linked', cause: 'none' })).rejects.toThrow(LeaseLost)
      expect((await credentials.read('session', ['ana'])).get('ana')).toBe('before')
      expect((await commands.find(lineId, messageId))?.state).toBe('accepted')
      await first.release(lease)
      expect(await second.take(lineId)).toEqual(how === 'has run out' ? expect.anything() : null)
    },
  )

  it('passes on what was being sent as unknown, and nothing else', async () => {
    const [interrupted, waiting] = [await accepted(), await accepted()]
    expect(await commands.beginSending(await taken(first), interrupted, CONTENT)).toBe(true)
    await runsOut()
    await taken(second)
    expect(await commands.find(lineId, interrupted)).toMatchObject({
      state: 'unknown',
      reason: 'found-sending-at-start',
    })
    expect(await commands.find(lineId, waiting)).toMatchObject({ state: 'accepted', reason: null })
  })

  it('belongs to one connection at a time: credentials of one that ended are not written', async () => {
    const lease = await taken(first)
    const ended = new CredentialStore(pool, vault, lease)
    await ended.retire()
    await expect(ended.write({ session: { ana: 'late' } })).rejects.toThrow(StoreRetired)
    expect(await new CredentialStore(pool, vault, lease).read('session', ['ana'])).toEqual(new Map())
  })
})

describe('credentials', () => {
  let pool: Pool
  let store: CredentialStore

  beforeEach(async () => {
    pool = new Pool({ connectionString: await newDatabase() })
    await migrate(pool)
    const lineId = randomUUID()
    await new LineStore(pool, 'simulator').start(lineId, randomUUID())
    const lease = await new Leases(pool, pool, 'simulator', 60_000).take(lineId)
    if (!lease) throw new Error('the line has an owner')
    store = new CredentialStore(pool, new Vault(randomBytes(32)), lease)
    await store.write({ session: { ana: 'before' } })
  })
  afterEach(() => pool.end())

  it('are read as they are after every write that was asked for', async () => {
    const written = store.write({ session: { ana: 'after' } })
    expect((await store.read('session', ['ana'])).get('ana')).toBe('after')
    await written
  })

  it('are read and written although the database connection ends meanwhile', async () => {
    const cut = new Error('Connection terminated unexpectedly')
    vi.spyOn(pool, 'query').mockImplementationOnce(() => Promise.reject(cut))
    expect((await store.read('session', ['ana'])).get('ana')).toBe('before')
    vi.spyOn(pool, 'connect').mockImplementationOnce(() => Promise.reject(cut))
    await store.write({ session: { ana: 'after' } })
    expect((await store.read('session', ['ana'])).get('ana')).toBe('after')
  })
})
