import type { WASocket } from '@whiskeysockets/baileys'

/** The part of a WebSocket that is watched. */
interface RawSocket {
  readonly OPEN: number
  readonly readyState: number
  send(...given: unknown[]): void
}

/** Counts what goes to an open socket, whatever its outcome: a frame that was begun may have left. */
export class Frames {
  /** Null until the socket is open: then nobody knows. */
  #written: number | null = null

  constructor(ws: WASocket['ws']) {
    const client = ws as unknown as { socket?: RawSocket | null }
    ws.once('open', () => {
      const raw = client.socket
      if (!raw) return
      const send = raw.send.bind(raw)
      this.#written = 0
      raw.send = (...given) => {
        if (raw.readyState === raw.OPEN) this.#written = (this.#written ?? 0) + 1
        send(...given)
      }
    })
  }

  /** @returns a question that is answered with true when certainly nothing was written since now */
  mark(): () => boolean {
    const before = this.#written
    return () => before !== null && this.#written === before
  }
}
