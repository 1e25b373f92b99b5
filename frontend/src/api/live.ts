import { createParser } from 'eventsource-parser';

/** `live`: hints arrive. `reconnecting`: trying. `offline`: the browser says there is no network. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'offline';

export interface Hint {
  kind: string;
  id: string;
}

export interface LiveOptions {
  url: string;
  token(): string | null;
  /** Called when the server refuses the token. True when a new one is there. */
  renew(): Promise<boolean>;
  onHint(hint: Hint): void;
  /** Hints may have been missed: everything cached is doubtful. */
  onReset(): void;
  onState(state: LiveState): void;
  fetch?: typeof fetch;
  later?: (run: () => void, milliseconds: number) => () => void;
  random?: () => number;
  /** Milliseconds since whenever. */
  now?: () => number;
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
/** The server writes something at least every 15 seconds; three missed signs of life mean a dead connection. */
const SILENCE = 45_000;
/** A new stream begins with the hints of the ten seconds before it, less what the request itself may take to arrive. */
const BEFORE_ITS_BEGINNING = 8_000;

const timer = (run: () => void, milliseconds: number) => {
  const id = setTimeout(run, milliseconds);
  return () => clearTimeout(id);
};

/** The one stream of live hints of a clinic: reconnects with Last-Event-ID, and never asks by itself for data. */
export class LiveHints {
  private readonly options: Required<LiveOptions>;
  private aborter: AbortController | null = null;
  private cancelWait: (() => void) | null = null;
  private lastEventId = '';
  private failures = 0;
  private wasLive = false;
  private askedAt = 0;
  private closed = false;

  constructor(options: LiveOptions) {
    this.options = { fetch: (...args) => fetch(...args), later: timer, random: Math.random, now: Date.now, ...options };
  }

  open(): void {
    this.closed = false;
    this.askedAt = this.options.now();
    void this.connect();
  }

  close(): void {
    this.closed = true;
    this.cancelWait?.();
    this.aborter?.abort();
  }

  /** The page came back to the front or the network returned: do not wait for the back-off. */
  resume(): void {
    if (this.closed) return;
    this.failures = 0;
    this.aborter?.abort();
    this.cancelWait?.();
    void this.connect();
  }

  lost(): void {
    this.aborter?.abort();
    this.options.onState('offline');
  }

  private async connect(): Promise<void> {
    const aborter = new AbortController();
    this.aborter = aborter;
    const current = () => !this.closed && this.aborter === aborter;
    let goodbye = false;
    try {
      const token = this.options.token();
      const answer = await this.options.fetch(this.options.url, {
        signal: aborter.signal,
        cache: 'no-store',
        headers: {
          Accept: 'text/event-stream',
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
          ...(this.lastEventId ? { 'Last-Event-ID': this.lastEventId } : {}),
        },
      });
      if (answer.status === 401) {
        if (!(await this.options.renew())) this.failures = Math.max(this.failures, 4);
      } else if (answer.ok && answer.body) {
        if (!current()) return;
        this.welcome();
        goodbye = await this.read(answer.body, aborter);
      }
    } catch {
      // Whatever broke the stream, the answer is the same: connect again.
    }
    if (!current()) return;
    if (goodbye) {
      await this.options.renew();
      if (current()) void this.connect();
      return;
    }
    this.connectLater();
  }

  private welcome(): void {
    this.failures = 0;
    this.options.onState('live');
    // Without an id to resume from, hints sent while we were away are gone; so are those of a connection that took long.
    const missed = this.wasLive || this.options.now() - this.askedAt > BEFORE_ITS_BEGINNING;
    if (missed && this.lastEventId === '') this.options.onReset();
    this.wasLive = true;
  }

  private connectLater(): void {
    this.options.onState('reconnecting');
    const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.failures);
    this.failures += 1;
    const wait = ceiling / 2 + (this.options.random() * ceiling) / 2;
    this.cancelWait = this.options.later(() => void this.connect(), wait);
  }

  /** Reads until the stream ends. True when the server said goodbye because the token ran out. */
  private async read(body: ReadableStream<Uint8Array>, aborter: AbortController): Promise<boolean> {
    let goodbye = false;
    const parser = createParser({
      onEvent: (event) => {
        if (event.id) this.lastEventId = event.id;
        if (event.event === 'hint') {
          const hint = parseHint(event.data);
          if (hint) this.options.onHint(hint);
        } else if (event.event === 'reset') {
          this.options.onReset();
        } else if (event.event === 'bye') {
          goodbye = true;
        }
      },
    });
    const reader = body.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>).getReader();
    let stillThere = this.options.later(() => aborter.abort(), SILENCE);
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || goodbye) return goodbye;
        stillThere();
        stillThere = this.options.later(() => aborter.abort(), SILENCE);
        parser.feed(value);
        if (goodbye) return true;
      }
    } finally {
      stillThere();
      reader.cancel().catch(() => {});
    }
  }
}

function parseHint(data: string): Hint | null {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string') {
      return { kind: value.kind, id: 'id' in value && typeof value.id === 'string' ? value.id : '' };
    }
  } catch {
    // A hint that cannot be read is no hint.
  }
  return null;
}
