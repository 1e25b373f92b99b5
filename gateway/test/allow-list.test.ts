import { randomUUID } from 'node:crypto'
import { Pool } from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandStore } from '../src/commands/command-store.ts'
import { Dispatcher } from '../src/commands/dispatcher.ts'
import { noPace } from '../src/commands/pace.ts'
import { type Found, Recipients } from '../src/contacts/contact-store.ts'
import type { Lease } from '../src/db/line-transaction.ts'
import { migrate } from '../src/db/migrate.ts'
import { Leases } from '../src/lines/lease.ts'
import { LineStore } from '../src/lines/line-store.ts'
import { noSpans } from '../src/spans.ts'
import type { Session } from '../src/whatsapp/session.ts'
import { until } from './support/until.ts'
import { commandFor, newDatabase, newPatient } from './support/world.ts'

/** Everything but the wire: what would leave is noted, and acknowledged at once. */
class NotedSession {
  readonly left: string[] = []
  acknowledged: (id: string) => void = () => undefined

  async find(phone: string): Promise<Found> {
    return { address: `${phone.slice(1)}@s.whatsapp.net`, lid: null }
  }
  async prepare(): Promise<void> {}
  async proveAlive(): Promise<void> {}
  async typing(): Promise<void> {}
  async compose(): Promise<Uint8Array> {
    return Buffer.from('message')
  }
  async send(
    address: string,
    _content: Uint8Array,
    id: string,
    begin: () => Promise<boolean>,
  ): Promise<boolean> {
    if (!(await begin())) return false
    this.left.push(address)
    this.acknowledged(id)
    return true
  }
}

describe('on the real network', () => {
  let pool: Pool
  let lease: Lease
  let commands: CommandStore
  const lineId = randomUUID()

  beforeAll(async () => {
    pool = new Pool({ connectionString: await newDatabase() })
    await migrate(pool)
    await migrate(pool)
    commands = new CommandStore(pool)
    await new LineStore(pool, 'whatsapp').start(lineId, randomUUID())
    const taken = await new Leases(pool, pool, 'whatsapp', 60_000).take(lineId)
    if (!taken) throw new Error('the line has an owner')
    lease = taken
  })
  afterAll(() => pool.end())

  it('only listed phones are written to; the others are refused before the network hears of them', async () => {
    const [listed, stranger] = [newPatient(), newPatient()]
    const session = new NotedSession()
    const dispatcher = new Dispatcher({
      lease,
      commands,
      recipients: new Recipients(pool),
      organizationId: lease.organizationId,
      media: null,
      ackMs: 5000,
      allowedRecipients: new Set([listed]),
      log: pino({ level: 'silent' }),
      spans: noSpans,
      counted: () => undefined,
      lost: () => undefined,
    })
    dispatcher.pace = noPace
    session.acknowledged = (id) => dispatcher.acknowledged(id, null)
    const state = async (to: string) => {
      const messageId = randomUUID()
      const { notAfter, ...rest } = commandFor(to, 'hola')
      await commands.accept(lineId, { ...rest, messageId, notAfter: new Date(notAfter) })
      dispatcher.use(session as unknown as Session)
      return until('it is settled', async () => {
        const found = await commands.find(lineId, messageId)
        return found && !['accepted', 'sending'].includes(found.state) ? [found.state, found.reason] : null
      })
    }
    expect(await state(stranger)).toEqual(['failed', 'recipient-not-allowed'])
    expect(await state(listed)).toEqual(['sent', null])
    expect(session.left).toEqual([`${listed.slice(1)}@s.whatsapp.net`])
    await dispatcher.finish(1000)
  })
})
