import { Agent } from 'node:https'
import { connect, type Socket } from 'node:net'

/**
 * Where encrypted media may be put and fetched. On the real network these are WhatsApp's own hosts, whatever a message
 * or an answer names; the simulated network carries media on its own address, without TLS, as everything else.
 */

const REAL = /^([a-z0-9-]+\.)*whatsapp\.net$/
const REAL_HOST = 'mmg.whatsapp.net'

/** An address that is not the network's own. */
export class ForeignHost extends Error {
  override name = 'ForeignHost'
}

/** Connects uploads; another host than the network's is refused. @param networkUrl null for the real network */
export function uploadAgent(networkUrl: string | null): Agent {
  return networkUrl === null ? new RealAgent() : new SimulatedAgent(new URL(networkUrl))
}

class RealAgent extends Agent {
  override createConnection(...given: Parameters<Agent['createConnection']>) {
    const { host } = given[0] as { host?: string }
    if (!REAL.test(host ?? '')) throw new ForeignHost()
    return super.createConnection(...given)
  }
}

class SimulatedAgent extends Agent {
  #host: string
  #port: number

  constructor(network: URL) {
    super()
    this.#host = network.hostname
    this.#port = Number(network.port || 80)
  }

  override createConnection(...given: Parameters<Agent['createConnection']>): Socket {
    const { host, port } = given[0] as { host?: string; port?: number | string }
    if (host !== this.#host || Number(port) !== this.#port) throw new ForeignHost()
    return connect(this.#port, this.#host)
  }
}

/**
 * The address of a message's media. The sender chooses the path, so it may not lead anywhere else.
 * Throws `ForeignHost`.
 */
export function downloadUrl(networkUrl: string | null, directPath: string): string {
  const base = networkUrl === null ? `https://${REAL_HOST}` : networkUrl.replace(/^ws/, 'http')
  const { origin } = new URL(base)
  if (!directPath.startsWith('/')) throw new ForeignHost()
  const url = new URL(origin + directPath)
  if (url.origin !== origin || url.username !== '') throw new ForeignHost()
  return url.href
}
