import pino from 'pino'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CommandStore, Waiting } from '../src/commands/command-store.ts'
import { Dispatcher } from '../src/commands/dispatcher.ts'
import { noPace } from '../src/commands/pace.ts'
import type { Recipients } from '../src/contacts/contact-store.ts'
import type { Clock } from '../src/lines/clock.ts'
import { noSpans } from '../src/spans.ts'
import type { Session } from '../src/whatsapp/session.ts'

const REST_MS = 60_000

/** A clock that a test moves. */
class TestClock implements Clock {
  #now = 1_000_000
  #waiting: { at: number; call: () => void }[] = []

  now = (): number => this.#now
  after = (ms: number, call: () => void): void => void this.#waiting.push({ at: this.#now + ms, call })

  async pass(ms: number): Promise<void> {
    this.#now += ms
    const due = this.#waiting.filter(({ at }) => at <= this.#now)
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#now)
    for (const { call } of due) call()
    await settled()
  }
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('a line that the network asked to slow down', () => {
  let clock: TestClock
  let dispatcher: Dispatcher
  let commands: Waiting[]
  let sent: string[]
  let states: Record<string, string>
  let answers: Record<string, string>
  let databaseFails: boolean
  const met = new Set(['berta'])

  beforeEach(() => {
    clock = new TestClock()
    commands = []
    sent = []
    states = {}
    answers = {}
    databaseFails = false
    const store = {
      waiting: async () => {
        if (databaseFails) throw new Error('the database is away')
        return commands.filter(({ messageId }) => !states[messageId])
      },
      met: async () => met,
      beginSending: async (_: unknown, messageId: string) => {
        states[messageId] = 'sending'
        return true
      },
      settle: async (_: unknown, ids: string[], state: string) => {
        for (const id of ids) states[id] = state
      },
    }
    const session = {
      compose: async () => new Uint8Array(),
      prepare: async () => undefined,
      proveAlive: async () => undefined,
      send: async (_: string, __: Uint8Array, id: string, begin: () => Promise<boolean>) => {
        if (!(await begin())) return false
        sent.push(id)
        setImmediate(() => dispatcher.acknowledged(id, answers[id] ?? null))
        return true
      },
    }
    dispatcher = new Dispatcher({
      lease: { lineId: 'line' } as never,
      commands: store as unknown as CommandStore,
      recipients: {
        known: async () => ({ address: 'x@s.whatsapp.net', lid: null }),
      } as unknown as Recipients,
      organizationId: 'organization',
      media: null,
      ackMs: 30_000,
      allowedRecipients: null,
      log: pino({ level: 'silent' }),
      spans: noSpans,
      counted: () => undefined,
      lost: () => undefined,
      clock,
    })
    dispatcher.pace = { ...noPace, atOnce: 1, restMs: REST_MS }
    dispatcher.use(session as unknown as Session)
  })

  const accept = (id: string, person: string): void => {
    commands.push({
      messageId: id,
      providerMessageId: id,
      payload: { kind: 'text', to: `+${person}`, text: id },
      person,
    })
    dispatcher.wake()
  }

  it('rests, then goes on by itself, as often as it is asked', async () => {
    answers = { uno: '429', dos: '429' }
    for (const [id, person] of Object.entries({ uno: 'ana', dos: 'berta', tres: 'carla' })) accept(id, person)
    await settled()
    expect(sent).toEqual(['uno'])
    await clock.pass(REST_MS - 1)
    dispatcher.wake()
    await settled()
    expect(sent).toEqual(['uno'])
    await clock.pass(1)
    expect(sent).toEqual(['uno', 'dos'])
    await clock.pass(REST_MS)
    expect(sent).toEqual(['uno', 'dos', 'tres'])
    expect(states).toEqual({ uno: 'failed', dos: 'failed', tres: 'sent' })
  })

  it('goes on by itself as well when the database was away in the meantime', async () => {
    answers = { uno: '429' }
    accept('uno', 'ana')
    accept('dos', 'berta')
    await settled()
    databaseFails = true
    await clock.pass(REST_MS)
    databaseFails = false
    await clock.pass(1_000)
    expect(sent).toEqual(['uno', 'dos'])
  })

  it('writes to those it knows while it may not begin chats with others', async () => {
    answers = { uno: '463' }
    for (const [id, person] of Object.entries({ uno: 'ana', dos: 'carla', tres: 'berta' })) accept(id, person)
    await settled()
    expect(sent).toEqual(['uno', 'tres'])
    await clock.pass(REST_MS)
    expect(sent).toEqual(['uno', 'tres', 'dos'])
  })
})
