import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Client, Pool } from 'pg'
import { FakeBackend } from './backend.ts'
import { Child } from './child.ts'
import { Simulator } from './simulator.ts'
import { until } from './until.ts'

const SCRIPT = join(import.meta.dirname, '../../src/main.ts')
const TOKEN = 'gateway-token-for-tests'

export interface Status {
  state: string
  cause: string
  phone: string | null
  profileName: string | null
  nextAttemptAt: string | null
  otherPhone: string | null
  qr: { value: string; expiresAt: string } | null
  pairingCode: { value: string; expiresAt: string } | null
}

/** A gateway process and the calls a backend makes to it. */
export class GatewayProcess {
  readonly child: Child
  readonly url: string

  constructor(child: Child, port: number) {
    this.child = child
    this.url = `http://127.0.0.1:${port}`
  }

  async call(method: string, path: string, body?: unknown, token = TOKEN) {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    })
    const type = response.headers.get('content-type') ?? ''
    const text = await response.text()
    return { status: response.status, type, body: type.includes('json') ? JSON.parse(text) : text }
  }

  /** Kills it as the operating system would. */
  kill(): Promise<void> {
    return this.child.end('SIGKILL')
  }

  stop(): Promise<void> {
    return this.child.end('SIGTERM')
  }
}

/** A clinic's line and its phone. */
export interface Clinic {
  lineId: string
  organizationId: string
  phone: string
}

/** One database, one simulated network, one backend, and as many gateways as a test wants. */
export class World {
  readonly simulator: Simulator
  readonly backend: FakeBackend
  readonly database: Pool
  readonly databaseUrl: string
  readonly credentialsKey = randomBytes(32).toString('base64')
  /** Where the media of messages is kept. */
  readonly mediaFolder = mkdtempSync(join(tmpdir(), 'recado-gateway-media-'))
  #gateways: GatewayProcess[] = []
  #started: GatewayProcess[] = []
  #phones = 0

  private constructor(simulator: Simulator, backend: FakeBackend, databaseUrl: string) {
    this.simulator = simulator
    this.backend = backend
    this.databaseUrl = databaseUrl
    this.database = new Pool({ connectionString: databaseUrl, max: 2 })
    // Tests cut connections on purpose.
    this.database.on('error', () => undefined)
  }

  /** @param server where databases may be created; the tests' own when left out */
  static async create(server?: string): Promise<World> {
    const [simulator, backend, databaseUrl] = await Promise.all([
      Simulator.start(),
      FakeBackend.start(),
      newDatabase(server),
    ])
    return new World(simulator, backend, databaseUrl)
  }

  /** Starts a gateway with short patience, so that tests need little of theirs. */
  async gateway(environment: NodeJS.ProcessEnv = {}): Promise<GatewayProcess> {
    const child = new Child(SCRIPT, { ...this.environment(), ...environment })
    const [, port] = await child.says(/"port":(\d+).*gateway ready/)
    const gateway = new GatewayProcess(child, Number(port))
    this.#gateways.push(gateway)
    this.#started.push(gateway)
    return gateway
  }

  /** What the gateways logged, those that are gone included. */
  get logged(): Record<string, unknown>[] {
    return this.#started.flatMap(({ child }, gateway) =>
      child.output.flatMap((line) => (line.startsWith('{') ? [{ gateway, ...JSON.parse(line) }] : [])),
    )
  }

  environment(): NodeJS.ProcessEnv {
    return {
      RECADO_PROFILE: 'dev',
      RECADO_GATEWAY_PORT: '0',
      RECADO_GATEWAY_TOKEN: TOKEN,
      RECADO_GATEWAY_EVENTS_URL: this.backend.url,
      RECADO_GATEWAY_EVENTS_SECRET: this.backend.secret.toString('base64'),
      RECADO_GATEWAY_DATABASE_URL: this.databaseUrl,
      RECADO_GATEWAY_CREDENTIALS_KEY: this.credentialsKey,
      RECADO_GATEWAY_TYPING: 'off',
      RECADO_WHATSAPP_NETWORK: 'simulator',
      RECADO_MEDIA_STORE: pathToFileURL(this.mediaFolder).href,
      RECADO_WHATSAPP_URL: this.simulator.url,
      RECADO_GATEWAY_LEASE_SECONDS: '1.5',
      RECADO_GATEWAY_ACK_SECONDS: '1',
      RECADO_GATEWAY_RECONNECT_SECONDS: '0.1',
      RECADO_GATEWAY_SILENCE_SECONDS: '15',
    }
  }

  newClinic(): Clinic {
    this.#phones += 1
    const phone = `+54911400000${String(this.#phones).padStart(2, '0')}`
    return { lineId: randomUUID(), organizationId: randomUUID(), phone }
  }

  start(gateway: GatewayProcess, { lineId, organizationId }: Clinic, more: { replacePhone?: boolean } = {}) {
    return gateway.call('POST', `/lines/${lineId}/start`, { organizationId, ...more })
  }

  async status(gateway: GatewayProcess, clinic: Clinic): Promise<Status> {
    return (await gateway.call('GET', `/lines/${clinic.lineId}`)).body as Status
  }

  async reaches(gateway: GatewayProcess, clinic: Clinic, state: string, ms?: number): Promise<Status> {
    return until(
      `the line is ${state}`,
      async () => {
        const status = await this.status(gateway, clinic)
        return status.state === state ? status : null
      },
      ms,
    )
  }

  async qr(gateway: GatewayProcess, clinic: Clinic): Promise<string> {
    return until('a QR code is on offer', async () => (await this.status(gateway, clinic)).qr?.value)
  }

  /** Asks for a code to type on the clinic's phone. */
  askForCode(gateway: GatewayProcess, clinic: Clinic, phone = clinic.phone) {
    return gateway.call('POST', `/lines/${clinic.lineId}/pairing-code`, { phone })
  }

  /** @param but a code that is not meant, because another has been asked for */
  async code(gateway: GatewayProcess, clinic: Clinic, but?: string): Promise<string> {
    return until('a code to type is on offer', async () => {
      const value = (await this.status(gateway, clinic)).pairingCode?.value
      return value !== but && value
    })
  }

  /** Starts a line and scans its QR code with the clinic's phone. */
  async link(gateway: GatewayProcess, clinic = this.newClinic(), ms?: number): Promise<Clinic> {
    await this.start(gateway, clinic)
    await this.simulator.scan(clinic.phone, await this.qr(gateway, clinic))
    await this.reaches(gateway, clinic, 'linked', ms)
    return clinic
  }

  /** Sends a reminder as the backend would. @returns its ids and the answer */
  async send(gateway: GatewayProcess, clinic: Clinic, to: string, text: string, minutes = 5) {
    return this.sendPayload(gateway, clinic, { kind: 'text', to, text }, minutes)
  }

  /** Sends anything as the backend would. */
  async sendPayload(gateway: GatewayProcess, clinic: Clinic, payload: object, minutes = 5) {
    const messageId = randomUUID()
    const command = commandOf(payload, minutes)
    const path = `/lines/${clinic.lineId}/commands/${messageId}`
    const answer = await gateway.call('PUT', path, command).catch(() => null)
    return { messageId, providerMessageId: command.providerMessageId, command, path, answer }
  }

  /** Puts an object where the backend would. @returns what a command says about it */
  async keeps({ organizationId }: Clinic, content: Buffer, contentType: string) {
    const key = `${organizationId}/2026/11/${randomUUID()}`
    const place = join(this.mediaFolder, key)
    await mkdir(dirname(place), { recursive: true })
    await writeFile(place, content)
    const sha256 = createHash('sha256').update(content).digest('hex')
    return { key, contentType, size: content.length, sha256 }
  }

  /** Waits until a message is reported to be in this state. */
  told(messageId: string, state: string, ms?: number) {
    return this.backend.hears(
      `message is ${state}`,
      ({ type, data }) => type === 'message.status' && data.messageId === messageId && data.state === state,
      ms,
    )
  }

  /**
   * Copies the database, while no gateway runs, as a backup would. @returns the address of the copy, and the means to
   * look into it
   */
  async backup(): Promise<{ url: string; query(sql: string, values?: unknown[]): Promise<unknown[]> }> {
    const { inject } = await import('vitest')
    const url = new URL(this.databaseUrl)
    const original = url.pathname.slice(1)
    url.pathname = `${url.pathname}_copy`
    const administrator = new Client({ connectionString: inject('databaseServer') })
    await administrator.connect()
    // A database that somebody is connected to cannot be copied.
    await administrator.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      original,
    ])
    await administrator.query(`create database ${original}_copy template ${original}`)
    await administrator.end()
    return {
      url: url.href,
      async query(sql, values) {
        const client = new Client({ connectionString: url.href })
        await client.connect()
        const { rows } = await client.query(sql, values)
        await client.end()
        return rows
      },
    }
  }

  async commandState(messageId: string): Promise<string | undefined> {
    const { rows } = await this.database.query('select state from gateway.command where message_id = $1', [
      messageId,
    ])
    return rows[0]?.state
  }

  /** How far the database's journal has come. */
  async walPosition(): Promise<string> {
    const { rows } = await this.database.query('select pg_current_wal_insert_lsn() as position')
    return String(rows[0]?.position)
  }

  /** Bytes written to the journal since then. */
  async walSince(position: string): Promise<number> {
    const { rows } = await this.database.query(
      'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1::pg_lsn) as bytes',
      [position],
    )
    return Number(rows[0]?.bytes)
  }

  async stopGateways(): Promise<void> {
    await Promise.all(this.#gateways.splice(0).map((gateway) => gateway.stop()))
  }

  async close(): Promise<void> {
    await this.stopGateways()
    await Promise.all([this.simulator.stop(), this.backend.stop(), this.database.end()])
    await rm(this.mediaFolder, { recursive: true, force: true })
    const telling = this.#started.flatMap(({ child }) => child.output).find((line) => people.test(line))
    if (telling) throw new Error(`The gateway logged whom it wrote to: ${telling}`)
  }
}

/** Every patient's phone here, and how WhatsApp addresses people: in no line of a log, whatever a test did. */
const people = /5492214\d{6}|@s\.whatsapp\.net|@lid|@g\.us/

/** A patient's phone that no other test uses. */
export const newPatient = (): string =>
  `+5492214${String(randomBytes(4).readUInt32BE() % 1_000_000).padStart(6, '0')}`

export const commandFor = (to: string, text: string, minutes = 5) =>
  commandOf({ kind: 'text' as const, to, text }, minutes)

export function commandOf<T extends object>(payload: T, minutes = 5) {
  const providerMessageId = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`
  const hash = createHash('sha256')
    .update(`${providerMessageId}\n${JSON.stringify(payload)}`)
    .digest('hex')
  const notAfter = new Date(Date.now() + minutes * 60_000).toISOString()
  return { providerMessageId, payload, hash, notAfter }
}

/** A database as the bootstrap leaves it: the gateway's role owns its schema and nothing else. */
export async function newDatabase(given?: string): Promise<string> {
  // Only a test has one to inject.
  const server = given ?? (await import('vitest')).inject('databaseServer')
  const name = `gateway_${randomBytes(6).toString('hex')}`
  const administrator = new Client({ connectionString: server })
  await administrator.connect()
  await administrator
    .query('create role recado_gateway login nosuperuser')
    .catch((error: { code?: string }) => error.code === '42710' || Promise.reject(error))
  await administrator.query(`create database ${name}`)
  await administrator.end()
  const url = new URL(server)
  url.pathname = `/${name}`
  const owner = new Client({ connectionString: url.href })
  await owner.connect()
  await owner.query('create schema gateway authorization recado_gateway')
  await owner.end()
  url.username = 'recado_gateway'
  return url.href
}
