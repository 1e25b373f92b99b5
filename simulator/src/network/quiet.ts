/** libsignal prints whole session objects, private keys included, through the console. */
for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const) {
  console[method] = () => undefined
}

type Logger = Parameters<
  typeof import('@whiskeysockets/baileys')['DEFAULT_CONNECTION_CONFIG']['makeSignalRepository']
>[1]

const ignore = (): void => undefined

/** A logger for the protocol library that writes nothing: its lines carry keys and numbers. */
export const quietLogger: Logger = {
  level: 'silent',
  child: () => quietLogger,
  trace: ignore,
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
}
