import { setImmediate as later } from 'node:timers/promises'
import { addTransactionCapability, initAuthCreds, type SignalDataTypeMap } from '@whiskeysockets/baileys'
import { describe, expect, it } from 'vitest'
import type { CredentialStore } from '../src/credentials/credential-store.ts'
import { quietLogger } from '../src/whatsapp/quiet.ts'
import { Recorder } from '../src/whatsapp/recorder.ts'

describe('what moves the ratchets of a line', () => {
  /** The protocol library's own transactions over keys that are held in memory, as a session sees them. */
  function keysOfASession() {
    const kept = new Map<string, unknown>()
    const keys = addTransactionCapability(
      {
        get: async <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) =>
          Object.fromEntries(ids.map((id) => [id, kept.get(`${type} ${id}`)])) as {
            [id: string]: SignalDataTypeMap[T]
          },
        set: async (data) => {
          // As a database does, it takes a while.
          await later()
          for (const [id, value] of Object.entries(data.tctoken ?? {})) kept.set(`tctoken ${id}`, value)
        },
      },
      quietLogger,
      { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
    )
    const recorder = new Recorder({
      store: {} as CredentialStore,
      own: () => ({ id: '', lid: '' }),
      failed: () => undefined,
      counted: () => undefined,
      history: async () => undefined,
      historyKept: () => undefined,
      ignored: () => undefined,
    })
    recorder.makeRepository({ creds: initAuthCreds(), keys }, quietLogger, async () => [])
    return keys
  }

  /** Reads a count, waits, and writes the next one, as a ratchet is moved. */
  const moved = (keys: ReturnType<typeof keysOfASession>) => async () => {
    const { ana } = await keys.get('tctoken', ['ana'])
    await later()
    await keys.set({ tctoken: { ana: { token: Buffer.alloc((ana?.token.length ?? 0) + 1) } } })
  }

  it('runs one after another, whatever each calls itself, so that no step is forgotten', async () => {
    const keys = keysOfASession()
    await Promise.all(
      ['sending', 'opening', 'asking again'].map((name) => keys.transaction(moved(keys), name)),
    )
    expect((await keys.get('tctoken', ['ana'])).ana?.token.length).toBe(3)
  })

  it('may run inside another, and goes on after one that failed', async () => {
    const keys = keysOfASession()
    await expect(keys.transaction(() => Promise.reject(new Error('no')), 'opening')).rejects.toThrow('no')
    await keys.transaction(() => keys.transaction(moved(keys), 'opening'), 'sending')
    expect((await keys.get('tctoken', ['ana'])).ana?.token.length).toBe(1)
  })
})
