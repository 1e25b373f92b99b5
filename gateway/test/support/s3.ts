import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'

interface Inner {
  run(): Promise<{ port: number }>
  close(): Promise<void>
}
const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => Inner

export const ACCESS_KEY = 'S3RVER'
export const SECRET_KEY = 'S3RVER'

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const hex = (text: string): string => createHash('sha256').update(text).digest('hex')

/** An S3 server with one bucket, `media`. The one from npm does not check version 4 signatures, so they are checked before it. */
export class S3Server {
  #inner: Inner
  #outer: Server

  private constructor(inner: Inner, innerPort: number) {
    this.#inner = inner
    this.#outer = createServer((incoming, outgoing) => {
      if (!isSigned(incoming)) {
        outgoing.writeHead(403, { 'content-type': 'application/xml' })
        return void outgoing.end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
      }
      const { method, url, headers } = incoming
      const onward = request({ host: '127.0.0.1', port: innerPort, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(outgoing)
      })
      incoming.pipe(onward)
    })
  }

  static async start(directory: string): Promise<S3Server> {
    const inner = new S3rver({
      port: 0,
      address: '127.0.0.1',
      silent: true,
      directory,
      configureBuckets: [{ name: 'media' }],
    })
    const server = new S3Server(inner, (await inner.run()).port)
    await new Promise<void>((resolve) => server.#outer.listen(0, '127.0.0.1', resolve))
    return server
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#outer.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#outer.closeAllConnections()
    await new Promise((resolve) => this.#outer.close(resolve))
    await this.#inner.close()
  }
}

/** AWS Signature Version 4, as published: whether whoever asks knows the secret. */
function isSigned({ method, url, headers }: IncomingMessage): boolean {
  const given = /Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)/.exec(
    headers.authorization ?? '',
  )
  if (!given) return false
  const [, accessKey, scope = '', names = '', signature] = given
  const [path = '', query = ''] = (url ?? '').split('?')
  const canonical = [
    method,
    path,
    query
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
      .sort()
      .join('&'),
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    headers['x-amz-content-sha256'],
  ].join('\n')
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hex(canonical)].join('\n')
  const key = scope.split('/').reduce<Buffer | string>((made, part) => hmac(made, part), `AWS4${SECRET_KEY}`)
  return accessKey === ACCESS_KEY && hmac(key, text).toString('hex') === signature
}
