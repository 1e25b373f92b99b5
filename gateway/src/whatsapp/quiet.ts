/**
 * libsignal prints whole session objects, private keys included, through the console, and Baileys logs numbers and
 * texts. Importing this file silences both for the process; the gateway itself logs through pino.
 */
for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const) {
  console[method] = () => undefined
}

const ignore = (): void => undefined

interface QuietLogger {
  level: string
  child(): QuietLogger
  trace(): void
  debug(): void
  info(): void
  warn(): void
  error(): void
}

export const quietLogger: QuietLogger = {
  level: 'silent',
  child: () => quietLogger,
  trace: ignore,
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
}
