import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './generated';
import { Problem } from './problems';
import type { ProblemDetails } from './types';

/** What the client needs from whoever knows the signed-in person. */
export interface Session {
  token(): string | null;
  /** Tries to get a new token without asking anything. True when there is one. */
  renew(): Promise<boolean>;
  expired(): void;
  /** The token does not (yet) carry this clinic: a clinic joined since it was issued. */
  membershipMissing(): void;
}

let session: Session = { token: () => null, renew: async () => false, expired: () => {}, membershipMissing: () => {} };
export function setApiSession(next: Session): void {
  session = next;
}
export const currentSession = (): Session => session;

const bearer: Middleware = {
  onRequest({ request }) {
    const token = session.token();
    if (token) request.headers.set('Authorization', `Bearer ${token}`);
    request.headers.set('traceparent', `00-${hex(16)}-${hex(8)}-00`);
    return request;
  },
};

/** Each request begins a trace: its id stands in the logs of all that served it, and in the problem that people are shown. */
const hex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Repeats a refused request once with a renewed token, then says that the session is over. */
async function fetchWithRenewal(request: Request): Promise<Response> {
  const again = request.clone();
  const used = request.headers.get('Authorization');
  const answer = await reach(request);
  if (answer.status !== 401 || !used) return answer;
  // Another request, or another tab, may have renewed it meanwhile.
  if (used !== `Bearer ${session.token()}` || (await session.renew())) {
    const token = session.token();
    if (token) again.headers.set('Authorization', `Bearer ${token}`);
    return reach(again);
  }
  session.expired();
  return answer;
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Problem({ status: 0, code: 'unreachable' });
  }
}

/** Sends a request of one's own as the signed-in person. Whatever is answered is an answer: refusals are not thrown. */
export function ask(request: Request): Promise<Response> {
  const token = session.token();
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  request.headers.set('traceparent', `00-${hex(16)}-${hex(8)}-00`);
  return fetchWithRenewal(request);
}

export const api = createClient<paths>({ baseUrl: '', fetch: fetchWithRenewal });
api.use(bearer);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's body, or the problem it was refused with. */
export async function settle<T>(answering: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answering;
  if (response.ok) return data as T;
  const details = (typeof error === 'object' && error !== null ? error : {}) as Partial<ProblemDetails>;
  const problem = new Problem({ ...details, status: response.status, code: details.code ?? codeOf(response.status) });
  if (problem.code === 'not-member') session.membershipMissing();
  throw problem;
}

function codeOf(status: number): string {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 412) return 'stale';
  if (status === 429) return 'too-many-requests';
  return 'internal';
}

export const ifMatch = (version: number) => ({ 'If-Match': `"v${version}"` });
export const idempotent = (key: string) => ({ 'Idempotency-Key': key });
