import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Network } from '../network/network.ts'

const HEARTBEAT_MS = 15_000

/** Tells the page that something changed; it then asks for what it shows. */
export function follow(
  network: Network,
  request: IncomingMessage,
  response: ServerResponse,
  headers: OutgoingHttpHeaders,
): void {
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' })
  response.write('retry: 1000\n\n')
  const stop = network.journal.listen(({ seq, type }) => {
    response.write(`id: ${seq}\ndata: ${JSON.stringify({ type })}\n\n`)
  })
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS)
  request.on('close', () => {
    clearInterval(heartbeat)
    stop()
  })
}
