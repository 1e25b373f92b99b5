import { describe, expect, it } from 'vitest'
import { causesOf } from '../soak/causes.ts'
import { SoakLine } from '../soak/traffic.ts'
import { judge, tooManyUnknown } from '../soak/verdict.ts'
import type { GatewayProcess, World } from './support/world.ts'

const AT = Date.parse('2026-11-29T12:00:00Z')
const CLINIC = { lineId: 'line', organizationId: 'organization', phone: '+5491140000001' }

/** A line with one message, its world in which the message came to this, and a phone that shows it so often. */
function after(states: string[], arrived: number): { soakLine: SoakLine; world: World } {
  const soakLine = new SoakLine(CLINIC, [])
  soakLine.outbound.push({ messageId: 'm', providerMessageId: 'P', lineId: 'line', to: '+5492214000001' })
  const told = states.map((state, index) => ({
    id: String(index),
    seq: index + 1,
    type: 'message.status',
    at: new Date(AT).toISOString(),
    lineId: 'line',
    data: { messageId: 'm', state, reason: state === 'unknown' ? 'found-sending-at-start' : null },
  }))
  const inbox = arrived > 0 ? [{ id: 'P', deliveries: arrived }] : []
  const phones = [{ phone: CLINIC.phone, devices: [{ online: true }] }]
  const world = {
    backend: {
      story: () => states,
      of: (_: string, type?: string) => (type === 'line.state' ? [] : told),
      inbound: () => [],
    },
    simulator: { call: async (_: string, path: string) => ({ items: path === 'inbox' ? inbox : phones }) },
    status: async () => ({ state: 'linked', cause: 'none' }),
  }
  return { soakLine, world: world as unknown as World }
}

const verdictOn = async (states: string[], arrived: number, askedAgain: string[] = []) => {
  const { soakLine, world } = after(states, arrived)
  return judge(world, [soakLine], {} as GatewayProcess, new Set(askedAgain))
}

describe('the verdict of a soak', () => {
  it('counts what a phone asked for again apart from what is lost', async () => {
    const asked = await verdictOn(['sending', 'sent'], 0, ['P'])
    expect([asked.outbound.lost, asked.outbound.askedAgain, asked.problems]).toEqual([0, 1, []])
    const lost = await verdictOn(['sending', 'sent'], 0)
    expect([lost.outbound.lost, lost.problems.length]).toEqual([1, 1])
    // A phone that said that it has a message did not ask for it in vain.
    expect((await verdictOn(['sending', 'sent', 'delivered'], 0, ['P'])).outbound.lost).toBe(1)
  })

  it('tells what came twice', async () => {
    expect((await verdictOn(['sending', 'sent', 'delivered'], 2)).problems).toHaveLength(1)
    expect((await verdictOn(['sending', 'sent', 'delivered'], 1)).problems).toEqual([])
  })

  it('fails when more than two in a hundred are unknown, once there are enough to say so', async () => {
    const { outbound } = await verdictOn(['sending'], 0)
    expect(tooManyUnknown({ ...outbound, accepted: 1_000, unknown: 20 })).toEqual([])
    expect(tooManyUnknown({ ...outbound, accepted: 1_000, unknown: 21 })).toHaveLength(1)
    expect(tooManyUnknown({ ...outbound, accepted: 100, unknown: 50 })).toEqual([])
  })

  it('says which fault left a message unknown: the latest of its line or of all', () => {
    const { soakLine, world } = after(['sending', 'unknown'], 0)
    const ago = (ms: number): string => new Date(AT - ms).toISOString()
    const log = [
      { at: ago(4_000), fault: 'a gateway dies', lineId: null },
      { at: ago(2_000), fault: 'a connection is lost: close', lineId: 'another line' },
    ]
    expect(causesOf(world, [soakLine], log)).toContain('1  a gateway dies (found-sending-at-start)')
    expect(causesOf(world, [soakLine], [])).toContain('nothing that was broken')
  })
})
