import { setTimeout as pause } from 'node:timers/promises'

/** Waits for a condition of another process. Fails with `what` when it does not come true in time. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  ms = 15_000,
): Promise<T> {
  const deadline = Date.now() + ms
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`it did not happen in ${ms} ms: ${what}`)
    await pause(15)
  }
}
