import { EventEmitter } from 'node:events'
import { proto } from '@whiskeysockets/baileys'
import { beforeEach, describe, expect, it } from 'vitest'
import { NotSent, Outgoing } from '../src/whatsapp/outgoing.ts'

const ANA = '5492211234567@s.whatsapp.net'
const CONTENT = proto.Message.encode({ conversation: 'Su turno es mañana' }).finish()

/** As much of a connection as sending uses; it writes down what happens in which order. */
function connection(happened: string[]) {
  const raw = { OPEN: 1, readyState: 1, send: () => happened.push('written') }
  const ws = Object.assign(new EventEmitter(), { socket: raw })
  const keys = {
    get: async (type: string) => void happened.push(`read ${type}`),
    transaction: (work: () => Promise<void>) => work(),
  }
  const relayMessage = async (): Promise<void> => {
    happened.push('encrypted')
    await keys.get('tctoken')
    raw.send()
    await keys.get('tctoken')
  }
  const signalRepository = { lidMapping: { getLIDForPN: async () => null } }
  return { ws, authState: { keys }, signalRepository, relayMessage, raw }
}

describe('a message that leaves', () => {
  let happened: string[]
  let socket: ReturnType<typeof connection>
  let outgoing: Outgoing

  beforeEach(() => {
    happened = []
    socket = connection(happened)
    outgoing = new Outgoing(
      socket as never,
      { me: { id: 'me' } } as never,
      { targets: () => [] } as never,
      100,
    )
    socket.ws.emit('open')
  })

  const send = (begin: () => Promise<boolean>) => outgoing.send(ANA, CONTENT, 'id', begin)
  const recorded = async (): Promise<boolean> => happened.push('recorded') > 0
  const steps = () => happened.filter((step) => !step.startsWith('read'))

  it('is encrypted, recorded once, and written at once', async () => {
    expect(await send(recorded)).toBe(true)
    expect(steps()).toEqual(['encrypted', 'recorded', 'written'])
  })

  it('is not written when it must not leave', async () => {
    expect(await send(async () => false)).toBe(false)
    expect(steps()).toEqual(['encrypted'])
  })

  it('is not written when it could not be recorded', async () => {
    await expect(send(() => Promise.reject(new Error('no database')))).rejects.toThrow('no database')
    expect(steps()).toEqual(['encrypted'])
  })

  it('is known not to have left when the connection closed after the record', async () => {
    socket.raw.readyState = 3
    socket.raw.send = () => {
      throw new Error('closed')
    }
    socket.ws.emit('open')
    await expect(send(recorded)).rejects.toThrow(NotSent)
  })
})
