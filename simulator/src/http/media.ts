import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Network } from '../network/network.ts'
import { BadRequest } from '../network/wire.ts'

const MAX_UPLOAD = 32 * 1024 * 1024

/** Reads a whole body of bytes. Throws `BadRequest` when it is too long. */
export async function readBytes(request: IncomingMessage, max = MAX_UPLOAD): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > max) throw new BadRequest('body too long', 413)
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

/** Whether a request is for the network's media hosts, which linked devices use without the page's token. */
export const isMedia = (path: string): boolean => path.startsWith('/mms/') || path.startsWith('/v/')

/** The media hosts: devices put and fetch encrypted bytes. */
export async function answerMedia(
  network: Network,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (request.method === 'POST' && url.pathname.startsWith('/mms/')) {
    if (url.searchParams.get('auth') !== network.media.auth) throw new BadRequest('not a linked device', 401)
    const path = await network.media.put(await readBytes(request))
    network.journal.record('media-uploaded', { path })
    response.writeHead(200, { 'content-type': 'application/json' })
    return void response.end(
      JSON.stringify({ url: `https://${request.headers.host}${path}`, direct_path: path }),
    )
  }
  const blob = request.method === 'GET' ? await fetched(network, url.pathname) : undefined
  if (!blob) throw new BadRequest('there is no such media', 404)
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': blob.length })
  response.end(blob)
}

async function fetched(network: Network, path: string): Promise<Buffer | undefined> {
  const { faults } = network
  network.journal.record('media-fetched', { path })
  if (faults.loseMedia) throw new BadRequest('gone', 410)
  if (faults.failMedia > 0) {
    faults.failMedia -= 1
    throw new BadRequest('busy', 503)
  }
  return network.media.get(path)
}
