import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * An identity server that lets everybody in. A session has a name, `scenario.number`, and hands out access tokens
 * `scenario.number.generation`; each refresh token is good once, as in production. Tests end sessions and count requests.
 */
interface Session {
  generation: number;
  /** Access tokens up to this generation are refused, and no refresh token is taken. */
  endedAt: number;
  tokenRequests: number;
}
const sessions = new Map<string, Session>();
const LIFE = 300;

const sessionOf = (name: string): Session => {
  let session = sessions.get(name);
  if (!session) {
    session = { generation: 0, endedAt: -1, tokenRequests: 0 };
    sessions.set(name, session);
  }
  return session;
};

/** The session of an access token, or null when it is refused. */
export function sessionNameOf(token: string): string | null {
  const [scenario = '', number = '', generation = '0'] = token.split('.');
  const name = `${scenario}.${number}`;
  return Number(generation) <= sessionOf(name).endedAt ? null : name;
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

const cookie = (request: IncomingMessage): string | undefined => /mock-session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
let anonymous = 0;

export function identity(request: IncomingMessage, response: ServerResponse, url: URL, body: string): unknown {
  const issuer = `http://${request.headers.host}/mock-identity`;
  const asked = url.pathname.split('/').at(-1);
  const redirect = (to: string) => {
    response.writeHead(302, { location: to });
    response.end();
  };
  if (asked === 'openid-configuration') {
    return json(response, 200, {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      end_session_endpoint: `${issuer}/logout`,
      jwks_uri: `${issuer}/keys`,
    });
  }
  if (asked === 'authorize') {
    const back = new URL(url.searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('code', cookie(request) ?? `full.anonymous${++anonymous}`);
    back.searchParams.set('state', url.searchParams.get('state') ?? '');
    return redirect(back.href);
  }
  if (asked === 'logout') return redirect(url.searchParams.get('post_logout_redirect_uri') ?? '/');
  if (asked === 'end') {
    const session = sessionOf(url.searchParams.get('session') ?? '');
    session.endedAt = session.generation;
    return json(response, 200, session);
  }
  if (asked === 'session') return json(response, 200, sessionOf(url.searchParams.get('session') ?? ''));
  const form = new URLSearchParams(body);
  const refresh = form.get('refresh_token');
  const [scenario, number, generation] = (refresh ?? form.get('code') ?? 'full.anonymous').split('.');
  const name = `${scenario}.${number}`;
  const session = sessionOf(name);
  session.tokenRequests += 1;
  if (refresh && (session.endedAt >= session.generation || Number(generation) !== session.generation))
    return json(response, 400, { error: 'invalid_grant', error_description: 'Session not active' });
  session.generation += 1;
  const idToken = `${part({ alg: 'none' })}.${part({ iss: issuer, aud: 'recado-console', sub: 'andrea', exp: 4_000_000_000, iat: 1_700_000_000 })}.none`;
  json(response, 200, {
    access_token: `${name}.${session.generation}`,
    refresh_token: `${name}.${session.generation}`,
    id_token: idToken,
    token_type: 'Bearer',
    expires_in: LIFE,
    scope: 'openid',
  });
}
