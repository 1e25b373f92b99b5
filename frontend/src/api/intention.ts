/**
 * One Idempotency-Key per thing a person means to do. Pressing the button again after a failure repeats the same
 * intention, so the server answers with what it already did; changing the form is another intention. The key is dropped
 * once the server has said yes, so that doing the same thing twice on purpose works.
 */
export class Intention {
  private key: string | null = null;
  private meant = '';
  private readonly newKey: () => string;

  constructor(newKey: () => string = () => crypto.randomUUID()) {
    this.newKey = newKey;
  }

  /** The key to send with this body: the same one for as long as the body is the same and nothing was answered. */
  keyFor(body: unknown): string {
    const now = JSON.stringify(body) ?? '';
    if (this.key === null || this.meant !== now) {
      this.key = this.newKey();
      this.meant = now;
    }
    return this.key;
  }

  /** The server has said yes; the next press is a new intention. */
  fulfilled(): void {
    this.key = null;
  }

  /** Runs the call with this intention's key. A failure keeps the key for the retry. */
  async carryOut<T>(body: unknown, call: (key: string) => Promise<T>): Promise<T> {
    const answer = await call(this.keyFor(body));
    this.fulfilled();
    return answer;
  }
}
