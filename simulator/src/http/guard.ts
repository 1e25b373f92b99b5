import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { decoded } from './body.ts'

const COOKIE = 'recado-simulator'

const same = (one: string, other: string): boolean => {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}

/** Decides who may use the page and the admin API: whoever knows the token, from this origin only. */
export class Guard {
  #token: string
  #port: () => number

  constructor(token: string, port: () => number) {
    this.#token = token
    this.#port = port
  }

  knows(token: string): boolean {
    return same(token, this.#token)
  }

  /** The cookie that carries the token, never readable by scripts. */
  cookie(): string {
    return `${COOKIE}=${encodeURIComponent(this.#token)}; Path=/; HttpOnly; SameSite=Strict`
  }

  admits(request: IncomingMessage): boolean {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const found = bearer ?? cookieOf(request.headers.cookie ?? '')
    return found !== undefined && this.knows(found)
  }

  /** A page of another site may not act here, not even with the cookie. A DNS name that points here is refused as well. */
  ownOrigin(request: IncomingMessage): boolean {
    const hosts = [`127.0.0.1:${this.#port()}`, `localhost:${this.#port()}`]
    const origin = request.headers.origin
    if (!hosts.includes(request.headers.host ?? '')) return false
    return origin === undefined || hosts.some((host) => origin === `http://${host}`)
  }
}

function cookieOf(header: string): string | undefined {
  for (const part of header.split(';')) {
    const [name, value] = part.trim().split('=')
    if (name === COOKIE && value) return decoded(value)
  }
  return undefined
}
