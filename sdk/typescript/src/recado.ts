import { type Client, createClient, createConfig } from './generated/client/index.ts';
import { RecadoProblem } from './problems.ts';
import { REPEAT, type RepeatOptions, sendRepeatedly } from './repeat.ts';
import { ClientCredentials, type Credentials, type TokenSource } from './tokens.ts';

/** What each operation takes as `client`. */
export type Recado = Client;

export interface RecadoOptions {
  /** Where Recado answers, for example `https://recado.example.com`. */
  baseUrl: string;
  /** The key of an API client, or another source of tokens. */
  credentials: Credentials | TokenSource;
  repeat?: Partial<RepeatOptions>;
  /** Sends one request; the platform's own unless said otherwise. */
  fetch?: typeof fetch;
}

/**
 * A client of one Recado. It signs in, renews its token, and repeats what was not answered; refusals are thrown as
 * {@link RecadoProblem}.
 */
export function recado(options: RecadoOptions): Recado {
  const send = options.fetch ?? ((request: Request) => globalThis.fetch(request));
  const repeat = { ...REPEAT, ...options.repeat };
  const tokens = isTokenSource(options.credentials)
    ? options.credentials
    : new ClientCredentials(options.credentials, { fetch: send as typeof fetch, repeat });
  const client = createClient(
    createConfig({
      baseUrl: options.baseUrl,
      throwOnError: true,
      fetch: ((request: Request) => sendRepeatedly(request, (attempt) => authorized(attempt, send, tokens), repeat)) as typeof fetch,
    }),
  );
  client.interceptors.error.use((error, response) => (response && !(error instanceof Error) ? new RecadoProblem(response, error) : error));
  return client;
}

function isTokenSource(credentials: Credentials | TokenSource): credentials is TokenSource {
  return 'token' in credentials;
}

/** A token may end between two clocks: one that is refused is replaced once. */
async function authorized(request: Request, send: (request: Request) => Promise<Response>, tokens: TokenSource): Promise<Response> {
  const again = request.clone();
  const token = await tokens.token(request.signal);
  request.headers.set('Authorization', `Bearer ${token}`);
  const response = await send(request);
  if (response.status !== 401) return response;
  tokens.refused(token);
  const other = await tokens.token(request.signal);
  if (other === token) return response;
  await response.body?.cancel();
  again.headers.set('Authorization', `Bearer ${other}`);
  return send(again);
}
