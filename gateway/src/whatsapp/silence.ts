/**
 * Notices that the other side says nothing any more. Such a connection looks open for minutes, and the library itself
 * would wait for the goodbye of somebody who is gone.
 */
export class Silence {
  #timer: NodeJS.Timeout

  /** @param tooLong called once, when nothing was heard for the limit */
  constructor(limitMs: number, tooLong: () => void) {
    this.#timer = setTimeout(tooLong, limitMs)
  }

  /** Something was heard. */
  broken(): void {
    this.#timer.refresh()
  }

  /** Nobody listens any more. */
  over(): void {
    clearTimeout(this.#timer)
  }
}
