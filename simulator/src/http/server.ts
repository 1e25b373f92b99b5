import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { Config } from '../config.ts'
import { Network } from '../network/network.ts'
import { quietLogger } from '../network/quiet.ts'
import { servicesOf } from '../network/services.ts'
import { SocketConnection } from '../network/socket-connection.ts'
import { BadRequest } from '../network/wire.ts'
import { Admin, Attachment } from './admin.ts'
import { Guard } from './guard.ts'
import { follow } from './live.ts'
import { answerMedia, isMedia, readBytes } from './media.ts'
import { page } from './page.ts'

export interface Simulator {
  readonly port: number
  readonly network: Network
  /** Saves everything and closes every connection. */
  close(): Promise<void>
}

const MAX_BODY = 1024 * 1024
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

/** Starts the network, its admin API and its page, on loopback only. */
export async function startSimulator(config: Config): Promise<Simulator> {
  const network = await Network.open(config.dataFolder)
  if (config.strangersAtOnce !== undefined) network.faults.strangersAtOnce = config.strangersAtOnce
  const services = servicesOf(network)
  const admin = new Admin(network, services)
  const http = createServer((request, response) => void answer(request, response))
  const port = (): number => (http.address() as AddressInfo).port
  const guard = new Guard(config.token, port)

  const sockets = new WebSocketServer({ server: http, path: '/ws/chat', maxPayload: MAX_BODY * 8 })
  sockets.on('connection', (socket, request) => {
    if (network.faults.refuseConnections) return socket.terminate()
    const address = request.headers.host ?? `127.0.0.1:${port()}`
    network.connections.add(new SocketConnection(network, services, socket, address))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = (status: number, value: unknown): void => {
      response.writeHead(status, { ...HEADERS, 'content-type': 'application/json; charset=utf-8' })
      response.end(JSON.stringify(value))
    }
    try {
      const url = addressed(request)
      if (url.pathname === '/health') return reply(200, { status: 'ok', service: 'recado-simulator' })
      if (isMedia(url.pathname)) return await answerMedia(network, request, response, url)
      if (!guard.ownOrigin(request)) return reply(403, { error: 'not from this origin' })
      const token = url.searchParams.get('token')
      if (url.pathname === '/' && token !== null && guard.knows(token)) {
        response.writeHead(303, { ...HEADERS, 'set-cookie': guard.cookie(), location: '/' })
        return void response.end()
      }
      if (!guard.admits(request)) return reply(401, { error: 'open the address with its token once' })
      if (url.pathname === '/admin/live') return follow(network, request, response, HEADERS)
      if (url.pathname.startsWith('/admin/')) {
        if (url.pathname === '/admin/media' && request.method === 'POST') {
          const type = request.headers['content-type'] ?? 'application/octet-stream'
          return reply(200, admin.choose(await readBytes(request), type))
        }
        const body = await readJson(request)
        const answer = await admin.handle(request.method ?? 'GET', url.pathname, url.searchParams, body)
        if (!(answer instanceof Attachment)) return reply(200, answer)
        response.writeHead(200, { ...HEADERS, ...answer.headers })
        return void response.end(answer.content)
      }
      const file = await page(url.pathname)
      if (!file) return reply(404, { error: 'no such page' })
      response.writeHead(200, { ...HEADERS, 'content-type': file.type })
      response.end(file.content)
    } catch (error) {
      // The other side is gone, or got the beginning of an answer: there is nobody to tell, and nothing to take back.
      if (response.headersSent) return void response.destroy()
      if (error instanceof BadRequest) return reply(error.status, { error: error.message })
      quietLogger.error(error as object)
      reply(500, { error: 'the simulator failed' })
    }
  }

  // Longer than clients keep an idle connection: one that is closed just as it is used again loses a request.
  http.keepAliveTimeout = 75_000
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(config.port, '127.0.0.1', resolve)
  })
  return {
    port: port(),
    network,
    async close() {
      await network.close()
      sockets.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

/** Where a request goes. Throws `BadRequest` for what is no address, such as `//`. */
function addressed({ url = '/' }: IncomingMessage): URL {
  if (!url.startsWith('/') || url.startsWith('//') || !URL.canParse(url, 'http://simulator'))
    throw new BadRequest('not an address')
  return new URL(url, 'http://simulator')
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const bytes = await readBytes(request, MAX_BODY)
  if (bytes.length === 0) return {}
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof body === 'object' && body !== null && !Array.isArray(body))
      return body as Record<string, unknown>
  } catch {
    throw new BadRequest('not JSON')
  }
  throw new BadRequest('not a JSON object')
}
