/** How the simulator runs; read once from the environment. */
export interface Config {
  /** Loopback port; 0 lets the system choose. */
  port: number
  /** Secret for the page and the admin API. */
  token: string
  /** Folder where the phones persist, or null for memory only. */
  dataFolder: string | null
  /** How many people an account may write to that never had anything to do with it, before the network refuses; absent for the usual. */
  strangersAtOnce?: number
}

/** Throws with the variable's name when a value cannot be used. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  if (env.RECADO_PROFILE === 'production' || env.NODE_ENV === 'production') {
    throw new Error('RECADO_PROFILE: the simulator never runs in production')
  }
  const port = Number(env.RECADO_SIMULATOR_PORT ?? '8091')
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('RECADO_SIMULATOR_PORT: not a port')
  const token = env.RECADO_SIMULATOR_TOKEN ?? ''
  if (token.length < 16) throw new Error('RECADO_SIMULATOR_TOKEN: at least 16 random characters are needed')
  const strangers = env.RECADO_SIMULATOR_STRANGERS
  if (strangers !== undefined && !/^\d{1,7}$/.test(strangers))
    throw new Error('RECADO_SIMULATOR_STRANGERS: not a number of people')
  return {
    port,
    token,
    dataFolder: env.RECADO_SIMULATOR_DATA || null,
    ...(strangers === undefined ? {} : { strangersAtOnce: Number(strangers) }),
  }
}
