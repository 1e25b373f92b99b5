import './whatsapp/quiet.ts'
import { readConfig } from './config.ts'
import { startGateway } from './gateway.ts'
import { createLogger, named } from './log.ts'

const STOP_MS = 10_000

const log = createLogger()

// The protocol library starts promises nobody holds; one line's bad frame must not end every line.
process.on('unhandledRejection', (reason) => log.warn(named(reason), 'a promise nobody held was rejected'))

try {
  const config = readConfig(process.env)
  const gateway = await startGateway(config, log)
  const { port, metricsPort } = gateway
  log.info({ port, metricsPort, network: config.network }, 'gateway ready')
  const stop = (signal: string): void => {
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), STOP_MS).unref()
    gateway.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  // Our own configuration messages name variables and never quote values; others are named only.
  const known = error instanceof Error && /^(RECADO_|migration )/m.test(error.message)
  log.fatal(known ? { problems: error.message.split('\n') } : named(error), 'cannot start')
  process.exit(1)
}
