import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { publicBooking } from './booking.ts';
import { type Answer, type Call, Refusal } from './call.ts';
import { handle } from './handlers.ts';
import { identity, sessionNameOf } from './identity.ts';
import { picture } from './picture.ts';
import { uploaded } from './uploads.ts';
import { createWorld, type Scenario, type World } from './world.ts';

/**
 * The console's built files, an API that obeys the same types, and an identity server that lets everybody in. For tests
 * and pictures only: it lives outside `src`, so nothing of it can reach the build. The session names the scenario, and
 * every session has a world of its own.
 */
const port = Number(process.env.RECADO_MOCK_PORT ?? 18310);
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const worlds = new Map<string, World>();
const streams = new Map<string, Set<ServerResponse>>();
const compressed = new Map<string, Buffer>();
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
/** The policy the backend serves the console with. */
const policy = `default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`;

function worldOf(session: string): World {
  let world = worlds.get(session);
  if (!world) {
    world = createWorld((session.split('.')[0] ?? 'full') as Scenario);
    world.hint = (kind, id) => {
      for (const stream of streams.get(session) ?? [])
        stream.write(`id: ${Date.now()}\nevent: hint\ndata: ${JSON.stringify({ kind, id })}\n\n`);
    };
    worlds.set(session, world);
  }
  return world;
}

function json(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function stream(response: ServerResponse, session: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': hello\n\n');
  const open = streams.get(session) ?? new Set();
  streams.set(session, open.add(response));
  response.on('close', () => open.delete(response));
}

function refusable(response: ServerResponse, work: () => Answer): void {
  try {
    const answer = work();
    json(response, answer.status, answer.body);
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'internal');
    json(response, refusal.problem.status, refusal.problem, 'application/problem+json');
  }
}

async function api(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const origin = `http://${request.headers.host}`;
  if (url.pathname === '/api/console-config')
    return json(response, 200, { issuer: `${origin}/mock-identity`, clientId: 'recado-console', simulated: true, version: 'mock' });
  const booking = /^\/api\/v1\/public\/booking\/([^/]+)(.*)$/.exec(url.pathname);
  if (booking) {
    const text = await bodyOf(request);
    return refusable(response, () =>
      publicBooking({
        method: request.method ?? 'GET',
        alias: booking[1] ?? '',
        path: booking[2] ?? '',
        query: url.searchParams,
        token: String(request.headers['booking-token'] ?? ''),
        body: text ? JSON.parse(text) : {},
      }),
    );
  }
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const session = token ? sessionNameOf(token) : null;
  if (!token || session === null) return json(response, 401, { status: 401, code: 'unauthenticated' }, 'application/problem+json');
  const world = worldOf(session);
  if (url.pathname.endsWith('/events')) return stream(response, session);
  if (url.pathname.endsWith('/attachment') || (request.method === 'GET' && /\/files\/[^/]+$/.test(url.pathname))) {
    response.writeHead(200, { 'content-type': 'image/png' });
    return void response.end(picture());
  }
  const text = await bodyOf(request);
  if (url.pathname.endsWith('/media')) return json(response, 201, uploaded(text));
  const header = (name: string) => (request.headers[name] as string | undefined) ?? null;
  const call: Call = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    // The bytes of a file are nobody's business here.
    body: text && (header('content-type') ?? '').includes('json') ? JSON.parse(text) : {},
    ifMatch: header('if-match'),
    key: header('idempotency-key'),
  };
  const asks = call.path !== '/api/v1/me' && (call.method === 'GET' || call.path.endsWith('/search'));
  // Most errors leave the line in peace, so that its banner does not stand on every picture; it has an error of its own.
  if (asks && world.scenario === (/organizations\/.*whatsapp-lines/.test(call.path) ? 'line-error' : 'error')) {
    return json(response, 500, { status: 500, code: 'internal', traceId: '4f9c21ab77e0c35d' }, 'application/problem+json');
  }
  refusable(response, () => handle(call, world));
}

/** A built file compressed, once: the console does not change while tests look at it. */
async function zippedFile(target: string): Promise<Buffer> {
  const known = compressed.get(target);
  if (known) return known;
  const content = gzipSync(await readFile(target));
  compressed.set(target, content);
  return content;
}

async function file(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const wanted = normalize(join(dist, path));
  const page = path.startsWith('/reservar/') ? 'reservar.html' : 'index.html';
  const target = wanted.startsWith(dist) && extname(wanted) ? wanted : join(dist, page);
  try {
    const zipped = /gzip/.test(String(request.headers['accept-encoding'])) && !target.endsWith('.woff2');
    const content = zipped ? await zippedFile(target) : await readFile(target);
    response.writeHead(200, {
      'content-type': types[extname(target)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      // As the backend says it: a name below /assets names its content.
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(content);
  } catch {
    response.writeHead(404);
    response.end();
  }
}

createServer((request, response) => {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const answering = url.pathname.startsWith('/api/')
    ? api(request, response, url)
    : url.pathname.startsWith('/mock-identity')
      ? bodyOf(request).then((body) => identity(request, response, url, body))
      : file(request, response, url.pathname);
  answering.catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}).listen(port, '127.0.0.1', () => process.stdout.write(`mock on ${port}\n`));
