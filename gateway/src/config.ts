import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { MediaSettings } from './media/open-store.ts'
import type { TraceSettings } from './spans.ts'

/** How the gateway runs; read once from the environment. Durations are milliseconds. */
export interface Config {
  port: number
  host: string
  /** Where the numbers are served without a token; null: only on `port`, with it. */
  metricsPort: number | null
  /** Bearer token the backend presents. */
  token: string
  eventsUrl: string
  /** Key of the signature on events. */
  eventsSecret: Buffer
  databaseUrl: string
  /** AES-256 key that seals credentials at rest. */
  credentialsKey: Buffer
  /** Keys of before, which only open. */
  oldCredentialsKeys: Buffer[]
  typing: 'human' | 'off'
  network: 'simulator' | 'whatsapp'
  /** Address of the simulated network; null on the real one. */
  networkUrl: string | null
  /** Phones (E.164) to which the real network may be used; null for anyone. */
  allowedRecipients: ReadonlySet<string> | null
  leaseMs: number
  ackMs: number
  /** Life of each QR code; null for the network's own rhythm (60 s, then 20 s each). */
  qrMs: number | null
  reconnectMs: number
  /** Silence of the network after which a connection counts as dead. */
  silenceMs: number
  /** How many lines are connected a second when all are opened at once. */
  connectionsPerSecond: number
  /** Where media of messages is kept; null: none can be sent or received. */
  media: MediaSettings | null
  /** Where spans are sent; null: nowhere. */
  traces: TraceSettings | null
  /** When a restore from backup ended: what was open by then may have been sent since the backup. Null: there was none. */
  restoredAt: Date | null
}

const base64 = (bytes: number | null) =>
  z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine(
      (key) => (bytes === null ? key.length >= 16 : key.length === bytes),
      `must decode to ${bytes ?? 'at least 16'} bytes`,
    )

const seconds = (standard: number) =>
  z.coerce
    .number()
    .positive()
    .default(standard)
    .transform((value) => Math.round(value * 1000))

/** Every variable with its default and meaning; docs/configuration.md is written from here. */
export const environment = z.object({
  RECADO_GATEWAY_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(8090)
    .describe('port it listens on'),
  RECADO_GATEWAY_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('address it listens on; `0.0.0.0` in a container'),
  RECADO_GATEWAY_METRICS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe('port of `/metrics` for Prometheus, without a token; never published. None when unset'),
  RECADO_GATEWAY_TOKEN: z.string().min(16).describe('what the backend presents, 16 characters or more'),
  RECADO_GATEWAY_EVENTS_URL: z
    .url({ protocol: /^https?$/ })
    .describe("the backend's address for events, ending in `/internal/v1/gateway/events`"),
  RECADO_GATEWAY_EVENTS_SECRET: base64(null).describe('key that signs events, base64'),
  RECADO_GATEWAY_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe(
      '`postgres://recado_gateway:…@host/recado`, the password percent-encoded; a direct connection, not a transaction pooler',
    ),
  RECADO_GATEWAY_CREDENTIALS_KEY: base64(32).describe(
    'key that seals linked devices at rest, base64 of 32 bytes; without it every line must be paired again',
  ),
  RECADO_GATEWAY_CREDENTIALS_KEYS_OLD: z
    .string()
    .default('')
    .transform((list) => list.split(',').map((key) => key.trim()))
    .transform((keys) => keys.filter((key) => key !== ''))
    .pipe(z.array(base64(32)))
    .describe('keys of before, comma separated: they open, and what they sealed is sealed again'),
  RECADO_GATEWAY_TYPING: z
    .enum(['human', 'off'])
    .default('human')
    .describe('`off` sends without typing; only for the simulated network'),
  RECADO_WHATSAPP_NETWORK: z
    .enum(['simulator', 'whatsapp'])
    .describe('`whatsapp`; `simulator` only with `RECADO_PROFILE=dev`'),
  RECADO_WHATSAPP_URL: z
    .url({ protocol: /^wss?$/ })
    .optional()
    .describe('address of the simulated network; refused on the real one'),
  RECADO_ALLOWED_RECIPIENTS: z
    .string()
    .default('')
    .describe('real network: phones (E.164, comma separated) it may write to'),
  RECADO_SEND_TO_ANYONE: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('`yes` lifts the list of allowed recipients'),
  RECADO_PROFILE: z
    .string()
    .default('production')
    .describe('`dev` on a laptop; anything else is production, which refuses development secrets'),
  RECADO_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('lines carry ids, states and causes: never texts, phones or keys'),
  RECADO_GATEWAY_LEASE_SECONDS: seconds(10).describe('how long a dead owner keeps its lines'),
  RECADO_GATEWAY_ACK_SECONDS: seconds(30).describe('silence after which a message is unknown'),
  RECADO_GATEWAY_QR_SECONDS: z.coerce
    .number()
    .positive()
    .optional()
    .describe("life of each QR code; the network's own rhythm when unset"),
  RECADO_GATEWAY_RECONNECT_SECONDS: seconds(1).describe(
    'first pause before reconnecting; doubles up to 60 s',
  ),
  RECADO_GATEWAY_SILENCE_SECONDS: seconds(45).describe('silence after which a connection is given up'),
  RECADO_GATEWAY_CONNECTIONS_PER_SECOND: z.coerce
    .number()
    .positive()
    .max(1000)
    .optional()
    .describe("how fast many lines are connected, 5 when unset; four seconds' worth go at once"),
  RECADO_MEDIA_STORE: z
    .url({ protocol: /^(file|s3)$/, hostname: /.*/ })
    .optional()
    .describe('where pictures and documents lie: `file:///folder` on one machine, `s3://bucket` for several'),
  RECADO_MEDIA_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("the S3 service's address when it is not Amazon's"),
  RECADO_MEDIA_REGION: z.string().default('us-east-1').describe('region of the bucket'),
  RECADO_MEDIA_ACCESS_KEY: z.string().optional().describe('name of the key for the bucket'),
  RECADO_MEDIA_SECRET_KEY: z.string().optional().describe('the key for the bucket'),
  RECADO_TRACES_URL: z
    .url({ protocol: /^https?$/, hostname: /.*/ })
    .optional()
    .describe(
      'where OpenTelemetry spans are sent, OTLP over HTTP: `http://collector:4318/v1/traces`; none when unset',
    ),
  RECADO_TRACES_SHARE: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe('how many of all traces are sent, from 0 to 1; the same as for the backend'),
  RECADO_RESTORED_AT: z.iso
    .datetime({ offset: true })
    .optional()
    .describe(
      'after a restore from backup the instant at which it ended, e.g. `2026-11-22T09:30:00Z`, the same as for the backend: what may have been sent since the backup becomes `unknown` before any line is opened',
    ),
})

/** A server of many lines should not look like an attack; the simulated network does not mind. */
const CONNECTIONS_PER_SECOND = { whatsapp: 5, simulator: 50 }

const E164 = /^\+[1-9]\d{6,14}$/

/** Throws an error that names every variable that cannot be used, never its value. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'),
    )
  }
  const value = parsed.data
  const network = value.RECADO_WHATSAPP_NETWORK
  if (value.RECADO_PROFILE !== 'dev') refuseDevelopmentSecrets(given)
  refuseWrongNetwork(network, value.RECADO_WHATSAPP_URL, value.RECADO_PROFILE)
  return {
    port: value.RECADO_GATEWAY_PORT,
    host: value.RECADO_GATEWAY_HOST,
    metricsPort: value.RECADO_GATEWAY_METRICS_PORT ?? null,
    token: value.RECADO_GATEWAY_TOKEN,
    eventsUrl: value.RECADO_GATEWAY_EVENTS_URL,
    eventsSecret: value.RECADO_GATEWAY_EVENTS_SECRET,
    databaseUrl: value.RECADO_GATEWAY_DATABASE_URL,
    credentialsKey: value.RECADO_GATEWAY_CREDENTIALS_KEY,
    oldCredentialsKeys: value.RECADO_GATEWAY_CREDENTIALS_KEYS_OLD,
    typing: value.RECADO_GATEWAY_TYPING,
    network,
    networkUrl: value.RECADO_WHATSAPP_URL ?? null,
    allowedRecipients: allowed(network, value.RECADO_ALLOWED_RECIPIENTS, value.RECADO_SEND_TO_ANYONE),
    leaseMs: value.RECADO_GATEWAY_LEASE_SECONDS,
    ackMs: value.RECADO_GATEWAY_ACK_SECONDS,
    qrMs: value.RECADO_GATEWAY_QR_SECONDS ? Math.round(value.RECADO_GATEWAY_QR_SECONDS * 1000) : null,
    reconnectMs: value.RECADO_GATEWAY_RECONNECT_SECONDS,
    silenceMs: value.RECADO_GATEWAY_SILENCE_SECONDS,
    connectionsPerSecond: value.RECADO_GATEWAY_CONNECTIONS_PER_SECOND ?? CONNECTIONS_PER_SECOND[network],
    media: mediaSettings(value),
    traces: value.RECADO_TRACES_URL
      ? { url: value.RECADO_TRACES_URL, share: value.RECADO_TRACES_SHARE }
      : null,
    restoredAt: value.RECADO_RESTORED_AT ? new Date(value.RECADO_RESTORED_AT) : null,
  }
}

function mediaSettings(value: z.output<typeof environment>): MediaSettings | null {
  if (!value.RECADO_MEDIA_STORE) return null
  const url = new URL(value.RECADO_MEDIA_STORE)
  if (url.protocol === 'file:') return { folder: fileURLToPath(url) }
  const bucket = url.hostname
  if (bucket === '' || (url.pathname !== '' && url.pathname !== '/'))
    throw new Error('RECADO_MEDIA_STORE: an S3 store is written s3://bucket')
  const { RECADO_MEDIA_ACCESS_KEY: accessKey, RECADO_MEDIA_SECRET_KEY: secretKey } = value
  if (!accessKey || !secretKey)
    throw new Error('RECADO_MEDIA_ACCESS_KEY, RECADO_MEDIA_SECRET_KEY: needed for S3')
  const endpoint = value.RECADO_MEDIA_ENDPOINT ?? null
  return { bucket, endpoint, region: value.RECADO_MEDIA_REGION, accessKey, secretKey }
}

function refuseWrongNetwork(network: Config['network'], url: string | undefined, profile: string): void {
  if (network === 'whatsapp' && url) throw new Error('RECADO_WHATSAPP_URL: only with the simulated network')
  if (url && /(^|\.)whatsapp\.(com|net)$/.test(new URL(url).hostname)) {
    throw new Error('RECADO_WHATSAPP_URL: this is the real network')
  }
  if (network === 'simulator' && !url) throw new Error('RECADO_WHATSAPP_URL: where is the simulated network?')
  if (network === 'simulator' && profile !== 'dev') {
    throw new Error('RECADO_WHATSAPP_NETWORK: production talks to the real network only')
  }
}

const MARKS = ['dev-only', 'change-me', 'changeme', 'example', 'password']

/** Local stacks mark every secret they make for themselves; documentation's values protect nothing either. */
function refuseDevelopmentSecrets(env: NodeJS.ProcessEnv): void {
  const secrets: Record<string, string> = {
    RECADO_GATEWAY_TOKEN: env.RECADO_GATEWAY_TOKEN ?? '',
    RECADO_GATEWAY_EVENTS_SECRET: env.RECADO_GATEWAY_EVENTS_SECRET ?? '',
    RECADO_GATEWAY_CREDENTIALS_KEY: env.RECADO_GATEWAY_CREDENTIALS_KEY ?? '',
    RECADO_GATEWAY_DATABASE_URL: new URL(env.RECADO_GATEWAY_DATABASE_URL ?? '').password,
  }
  const found = Object.entries(secrets)
    .filter(([, secret]) => {
      const texts = [secret.toLowerCase(), Buffer.from(secret, 'base64').toString('latin1')]
      return texts.some((text) => MARKS.some((mark) => text.includes(mark)))
    })
    .map(([name]) => `${name}: a development or documentation value`)
  if (found.length > 0) throw new Error(found.join('\n'))
}

function allowed(network: Config['network'], list: string, anyone: 'yes' | 'no'): ReadonlySet<string> | null {
  if (network === 'simulator' || anyone === 'yes') return null
  const phones = list
    .split(',')
    .map((phone) => phone.trim())
    .filter((phone) => phone !== '')
  if (phones.some((phone) => !E164.test(phone)))
    throw new Error('RECADO_ALLOWED_RECIPIENTS: not all are E.164 phones')
  return new Set(phones)
}
