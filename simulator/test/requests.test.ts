import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/http/server.ts'

const TOKEN = 'a-token-for-the-request-tests'

describe('the simulator survives what a client may send', () => {
  let simulator: Simulator

  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, token: TOKEN, dataFolder: null })
  })
  afterAll(() => simulator.close())

  /** Bytes as they are, because no client library would send such an address. @returns the status */
  const status = async (method: string, target: string, headers: string[] = []): Promise<number> => {
    const socket = connect(simulator.port, '127.0.0.1')
    const lines = [
      `${method} ${target} HTTP/1.1`,
      `Host: 127.0.0.1:${simulator.port}`,
      'Connection: close',
      ...headers,
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    const answer = await text(socket)
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
  }

  it.each(['//', '///', '//%', '*', 'http://[', '/\\'])(
    'and answers 400 to the address %s',
    async (target) => {
      expect(await status('GET', target)).toBeGreaterThanOrEqual(400)
      expect(await status('GET', target)).toBeLessThan(500)
      expect(await status('GET', '/health')).toBe(200)
    },
  )

  it('with the token too, on the admin API and in a cookie', async () => {
    const bearer = [`Authorization: Bearer ${TOKEN}`]
    expect(await status('GET', '//', bearer)).toBe(400)
    expect(await status('GET', '/admin/contacts/%/media/x', bearer)).toBe(400)
    expect(await status('GET', '/admin/phones', ['Cookie: recado-simulator=%'])).toBe(400)
    expect(await status('GET', '/health')).toBe(200)
  })

  it('and a moment that is none', async () => {
    const response = await fetch(`http://127.0.0.1:${simulator.port}/admin/contacts/+5491100000001/send`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ to: '+5491155550100', text: 'hola', writtenAt: 'never' }),
    })
    expect(response.status).toBe(400)
  })
})
