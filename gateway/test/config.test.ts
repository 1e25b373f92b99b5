import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'

const key = (bytes: number): string => randomBytes(bytes).toString('base64')

const simulated = {
  RECADO_PROFILE: 'dev',
  RECADO_GATEWAY_TOKEN: 'a-token-of-some-length',
  RECADO_GATEWAY_EVENTS_URL: 'http://127.0.0.1:8080/internal/v1/gateway/events',
  RECADO_GATEWAY_EVENTS_SECRET: key(24),
  RECADO_GATEWAY_DATABASE_URL: 'postgres://recado_gateway:secret@127.0.0.1:5433/recado',
  RECADO_GATEWAY_CREDENTIALS_KEY: key(32),
  RECADO_WHATSAPP_NETWORK: 'simulator',
  RECADO_WHATSAPP_URL: 'ws://127.0.0.1:8091/ws/chat',
}
const real = { ...simulated, RECADO_WHATSAPP_NETWORK: 'whatsapp', RECADO_WHATSAPP_URL: '' }
const production = { ...real, RECADO_PROFILE: '', RECADO_GATEWAY_TOKEN: key(24) }

describe('the configuration', () => {
  it('has sensible defaults', () => {
    expect(readConfig(simulated)).toMatchObject({
      port: 8090,
      host: '127.0.0.1',
      typing: 'human',
      leaseMs: 10_000,
      ackMs: 30_000,
      qrMs: null,
      reconnectMs: 1000,
    })
  })

  it('knows where media is kept, or that it is not', () => {
    const media = (more: object) => readConfig({ ...simulated, ...more }).media
    expect(media({})).toBeNull()
    expect(media({ RECADO_MEDIA_STORE: 'file:///var/lib/recado/media' })).toEqual({
      folder: '/var/lib/recado/media',
    })
    const s3 = {
      RECADO_MEDIA_STORE: 's3://clinics',
      RECADO_MEDIA_ACCESS_KEY: 'a',
      RECADO_MEDIA_SECRET_KEY: 'b',
    }
    const credentials = { accessKey: 'a', secretKey: 'b' }
    expect(media(s3)).toEqual({ bucket: 'clinics', endpoint: null, region: 'us-east-1', ...credentials })
    expect(media({ ...s3, RECADO_MEDIA_ENDPOINT: 'http://127.0.0.1:9000' })).toMatchObject({
      endpoint: 'http://127.0.0.1:9000',
    })
    expect(() => media({ ...s3, RECADO_MEDIA_SECRET_KEY: '' })).toThrow('RECADO_MEDIA_SECRET_KEY')
    expect(() => media({ ...s3, RECADO_MEDIA_STORE: 's3://clinics/folder' })).toThrow('RECADO_MEDIA_STORE')
    expect(() => media({ RECADO_MEDIA_STORE: 'ftp://clinics' })).toThrow('RECADO_MEDIA_STORE')
  })

  it('writes to nobody on the real network who is not listed, until somebody says anyone', () => {
    expect(readConfig(real).allowedRecipients).toEqual(new Set())
    const listed = { ...real, RECADO_ALLOWED_RECIPIENTS: '+5491123456789, +5491123456780' }
    expect(readConfig(listed).allowedRecipients).toEqual(new Set(['+5491123456789', '+5491123456780']))
    expect(readConfig({ ...listed, RECADO_SEND_TO_ANYONE: 'yes' }).allowedRecipients).toBeNull()
    expect(readConfig(simulated).allowedRecipients).toBeNull()
    expect(() => readConfig({ ...real, RECADO_ALLOWED_RECIPIENTS: '011 4444' })).toThrow(
      'RECADO_ALLOWED_RECIPIENTS',
    )
  })

  it('never mixes up the two networks', () => {
    expect(() => readConfig({ ...real, RECADO_WHATSAPP_URL: 'ws://127.0.0.1:8091/ws/chat' })).toThrow(
      'RECADO_WHATSAPP_URL',
    )
    expect(() => readConfig({ ...simulated, RECADO_WHATSAPP_URL: '' })).toThrow('RECADO_WHATSAPP_URL')
    expect(() => readConfig({ ...simulated, RECADO_WHATSAPP_URL: 'wss://web.whatsapp.com/ws/chat' })).toThrow(
      'RECADO_WHATSAPP_URL',
    )
    expect(() => readConfig({ ...simulated, RECADO_PROFILE: '' })).toThrow('RECADO_WHATSAPP_NETWORK')
    expect(() => readConfig({ ...simulated, RECADO_WHATSAPP_NETWORK: '' })).toThrow('RECADO_WHATSAPP_NETWORK')
  })

  it('takes every profile but dev for production, which refuses what a laptop made for itself', () => {
    expect(readConfig(production).network).toBe('whatsapp')
    const marked = Buffer.concat([Buffer.from('dev-only'), randomBytes(24)]).toString('base64')
    for (const [name, value] of [
      ['RECADO_GATEWAY_TOKEN', 'dev-only-a-token-of-some-length'],
      ['RECADO_GATEWAY_EVENTS_SECRET', marked],
      ['RECADO_GATEWAY_CREDENTIALS_KEY', marked],
      ['RECADO_GATEWAY_DATABASE_URL', 'postgres://recado_gateway:change-me@127.0.0.1/recado'],
    ] as const) {
      const wrong = { ...production, [name]: value }
      expect(() => readConfig(wrong)).toThrow(new RegExp(`^${name}: a development`))
      expect(readConfig({ ...wrong, RECADO_PROFILE: 'dev' }).network).toBe('whatsapp')
    }
  })

  it('hands an encoded password of the database on decoded', () => {
    const address = 'postgres://recado_gateway:p%40ss%2Fw%3Ard@127.0.0.1:5433/recado'
    const { databaseUrl } = readConfig({ ...simulated, RECADO_GATEWAY_DATABASE_URL: address })
    expect(new Client({ connectionString: databaseUrl }).password).toBe('p@ss/w:rd')
  })

  it('names every variable that is wrong and quotes none', () => {
    const wrong = { ...simulated, RECADO_GATEWAY_TOKEN: 'short', RECADO_GATEWAY_CREDENTIALS_KEY: key(16) }
    expect(() => readConfig(wrong)).toThrow(/RECADO_GATEWAY_TOKEN: .+\nRECADO_GATEWAY_CREDENTIALS_KEY: /)
    expect(() => readConfig(wrong)).not.toThrow(/short/)
  })
})
