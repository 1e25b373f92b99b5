import type { Server as NetServer } from 'node:net'
import { CommandStore } from './commands/command-store.ts'
import type { Config } from './config.ts'
import { Recipients } from './contacts/contact-store.ts'
import { Resealing } from './credentials/resealing.ts'
import { Vault } from './credentials/vault.ts'
import { DirectConnection } from './db/direct-connection.ts'
import { migrate } from './db/migrate.ts'
import { openPool } from './db/pool.ts'
import { Courier } from './events/courier.ts'
import { closeMetrics, serveMetrics } from './http/metrics-server.ts'
import { createServer } from './http/server.ts'
import { Admission } from './lines/admission.ts'
import { Fleet } from './lines/fleet.ts'
import { Leases } from './lines/lease.ts'
import { LineStore } from './lines/line-store.ts'
import { Offers } from './lines/offers.ts'
import type { Workshop } from './lines/workshop.ts'
import type { Logger } from './log.ts'
import { DownloadStore } from './media/download-store.ts'
import { Downloads } from './media/downloads.ts'
import { openStore } from './media/open-store.ts'
import { createMetrics } from './metrics.ts'
import { openSpans } from './spans.ts'
import { fetchMedia } from './whatsapp/media-fetch.ts'

/** So many connections are opened at once before the steady trickle begins, in seconds of that trickle. */
const BURST_SECONDS = 4

export interface Gateway {
  readonly port: number
  /** Where the numbers are served without a token; null: nowhere. */
  readonly metricsPort: number | null
  /** Stops taking requests, closes every line's connection, and gives the lines back. */
  stop(): Promise<void>
}

/** Applies migrations, takes the lines that need an owner, and answers the backend. */
export async function startGateway(config: Config, log: Logger): Promise<Gateway> {
  const spans = await openSpans(config.traces)
  const pool = openPool(config.databaseUrl, log)
  await migrate(pool)
  const renewing = openPool(config.databaseUrl, log, 1)
  const leases = new Leases(pool, renewing, config.network, config.leaseMs)
  const direct = new DirectConnection(config.databaseUrl, log, (payload) => fleet.notified(payload))
  const courier = new Courier(pool, config.eventsUrl, config.eventsSecret, direct, spans, log)
  const vault = new Vault(config.credentialsKey, config.oldCredentialsKeys)
  const metrics = createMetrics(pool)
  const media = openStore(config.media)
  const downloads = new Downloads({
    downloads: new DownloadStore(pool, config.network),
    media,
    fetch: (source, signal) => fetchMedia(config.networkUrl, source, signal),
    counted: (state) => metrics.media.inc({ state }),
    log,
  })
  const workshop: Workshop = {
    pool,
    config,
    vault,
    lines: new LineStore(pool, config.network),
    qrCodes: new Offers(vault, 'qr'),
    pairingCodes: new Offers(vault, 'code'),
    commands: new CommandStore(pool),
    recipients: new Recipients(pool),
    media,
    downloads,
    resealing: new Resealing(pool, vault, leases.owner),
    reconnects: new Admission(config.connectionsPerSecond, config.connectionsPerSecond * BURST_SECONDS),
    metrics,
    spans,
    log,
  }
  const fleet: Fleet = new Fleet(workshop, leases, courier)
  const server = createServer(workshop)
  // Before anything that could take a line, or give a command up as too late that may have been sent.
  if (config.restoredAt) {
    const held = await workshop.commands.holdRestored(config.restoredAt)
    log.warn({ held, restoredAt: config.restoredAt }, 'commands are held as unknown because of a restore')
  }
  await direct.open()
  await fleet.start()
  await server.listen({ port: config.port, host: config.host })
  const watched =
    config.metricsPort === null ? null : await serveMetrics(metrics.registry, config.metricsPort, config.host)
  const portOf = (of: NetServer, asked: number): number => {
    const address = of.address()
    return typeof address === 'object' && address ? address.port : asked
  }
  return {
    port: portOf(server.server, config.port),
    metricsPort: watched && portOf(watched, config.metricsPort ?? 0),
    async stop() {
      await server.close()
      if (watched) await closeMetrics(watched)
      await fleet.stop()
      await downloads.stop()
      await courier.stop()
      await direct.close()
      workshop.media?.close()
      await Promise.all([pool.end(), renewing.end(), spans.stop()])
    },
  }
}
