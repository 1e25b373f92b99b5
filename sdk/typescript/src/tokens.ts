import { REPEAT, type RepeatOptions, sendRepeatedly } from './repeat.ts';

/** The key of an API client, as the clinic's owner hands it out. */
export interface Credentials {
  /** `tokenUrl` beside the secret: where tokens are asked for. */
  tokenUrl: string;
  clientId: string;
  /** Never in a browser or an app: whoever has it acts for the clinic. */
  clientSecret: string;
}

/** What gives access tokens. */
export interface TokenSource {
  /** A token that counts now. */
  token(signal?: AbortSignal): Promise<string>;
  /** That one was refused: the next must be another. */
  refused(token: string): void;
}

/** No token is to be had: `invalid_client` says that the key was revoked, has ended or was never right. */
export class SignInError extends Error {
  readonly status: number;
  /** The code of OAuth 2, or null when the answer had none. */
  readonly code: string | null;

  constructor(status: number, code: string | null) {
    super(`No token: the identity server answered ${status}${code ? ` ${code}` : ''}`);
    this.name = 'SignInError';
    this.status = status;
    this.code = code;
  }
}

/** A token is replaced that many milliseconds before it ends: a request takes its time. */
const EARLIER = 30_000;

/** Tokens by client credentials: one is kept until it nearly ends, and many requests at once ask for one together. */
export class ClientCredentials implements TokenSource {
  readonly #credentials: Credentials;
  readonly #fetch: typeof fetch;
  readonly #repeat: RepeatOptions;
  readonly #now: () => number;
  #current: { token: string; until: number } | undefined;
  #asking: Promise<string> | undefined;

  constructor(credentials: Credentials, options: { fetch?: typeof fetch; repeat?: Partial<RepeatOptions>; now?: () => number } = {}) {
    this.#credentials = credentials;
    this.#fetch = options.fetch ?? ((request) => globalThis.fetch(request));
    this.#repeat = { ...REPEAT, ...options.repeat };
    this.#now = options.now ?? Date.now;
  }

  async token(): Promise<string> {
    if (this.#current && this.#now() < this.#current.until) return this.#current.token;
    // One request for all who wait, so the signal of none of them ends it.
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  refused(token: string): void {
    if (this.#current?.token === token) this.#current = undefined;
  }

  async #ask(): Promise<string> {
    const { tokenUrl, clientId, clientSecret } = this.#credentials;
    const request = new Request(tokenUrl, {
      method: 'POST',
      // A redirect would carry the secret elsewhere.
      redirect: 'error',
      headers: { Authorization: `Basic ${btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)}` },
      // Without this scope the token names no clinic.
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'organization:*' }),
    });
    const asked = this.#now();
    const response = await sendRepeatedly(request, (attempt) => this.#fetch(attempt), this.#repeat, true);
    const answer = (await response.json().catch(() => ({}))) as { access_token?: string; expires_in?: number; error?: string };
    if (!response.ok || !answer.access_token) throw new SignInError(response.status, answer.error ?? null);
    const lives = (answer.expires_in ?? 60) * 1000;
    this.#current = { token: answer.access_token, until: asked + Math.max(lives - EARLIER, lives / 2) };
    return answer.access_token;
  }
}
