// Writes the Bruno collection from the API's document, or with --check says where the written one differs.
// What programs may call is in it (x-recado-scopes), a folder for each tag, a file for each operation.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const COLLECTION = join(here, 'collection');
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** All files of the collection, by their path in it. */
export function collection(document) {
  const files = new Map([
    ['bruno.json', `${JSON.stringify({ version: '1', name: 'Recado', type: 'collection', ignore: ['node_modules', '.git'] }, null, 2)}\n`],
    ['collection.bru', signIn()],
    ['environments/example.bru', environment()],
  ]);
  const places = new Map();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = operations[method];
      if (!operation || (operation['x-recado-scopes'] ?? []).length === 0) continue;
      const folder = operation.tags[0];
      const seq = (places.get(folder) ?? 0) + 1;
      places.set(folder, seq);
      files.set(`${folder}/${operation.operationId}.bru`, request(path, method, operation, seq));
    }
  }
  return files;
}

function signIn() {
  const fields = {
    grant_type: 'client_credentials',
    access_token_url: '{{tokenUrl}}',
    client_id: '{{clientId}}',
    client_secret: '{{clientSecret}}',
    // Without it the token names no clinic.
    scope: 'organization:*',
    credentials_placement: 'basic_auth_header',
    credentials_id: 'credentials',
    token_placement: 'header',
    token_header_prefix: 'Bearer',
    auto_fetch_token: 'true',
    auto_refresh_token: 'true',
  };
  return `${block('auth', { mode: 'oauth2' })}\n${block('auth:oauth2', fields)}`;
}

function environment() {
  const fields = {
    baseUrl: 'https://recado.example.com',
    organizationId: '01937f3e-0000-7000-8000-000000000001',
    tokenUrl: 'https://identity.example.com/realms/recado/protocol/openid-connect/token',
    clientId: 'recado-client-01937f3e-0000-7000-8000-000000000082',
  };
  return `${block('vars', fields)}vars:secret [\n  clientSecret\n]\n`;
}

function request(path, method, operation, seq) {
  const parameters = operation.parameters ?? [];
  const of = (place) => parameters.filter((one) => one.in === place);
  const media = Object.entries(operation.requestBody?.content ?? {})[0];
  const json = media?.[0].includes('json') ?? false;
  const query = of('query');
  // Optional ones are there, switched off.
  const shown = query.filter((one) => one.required).map((one) => `${one.name}=${value(one)}`);
  const address = path.replace(/\{(\w+)\}/g, (_, name) => (name === 'organizationId' ? '{{organizationId}}' : `:${name}`));
  const url = `{{baseUrl}}${address}${shown.length > 0 ? `?${shown.join('&')}` : ''}`;
  const parts = [
    block('meta', { name: oneLine(operation.summary), type: 'http', seq }),
    block(method, { url, body: json ? 'json' : 'none', auth: 'inherit' }),
  ];
  const optional = (one) => [`${one.required ? '' : '~'}${one.name}`, value(one)];
  if (query.length > 0) parts.push(block('params:query', Object.fromEntries(query.map(optional))));
  const ids = of('path').filter((one) => one.name !== 'organizationId');
  if (ids.length > 0) parts.push(block('params:path', Object.fromEntries(ids.map((one) => [one.name, value(one)]))));
  const headers = of('header');
  if (headers.length > 0) parts.push(block('headers', Object.fromEntries(headers.map(optional))));
  if (json) parts.push(`body:json {\n${indented(JSON.stringify(media[1].example ?? {}, null, 2))}\n}\n`);
  const words = [operation.description, media && !json ? `The body is ${media[0]}.` : ''].filter(Boolean).join('\n\n');
  if (words) parts.push(`docs {\n${indented(words)}\n}\n`);
  return parts.join('\n');
}

/** What stands in a parameter until somebody writes something better. */
function value(parameter) {
  if (parameter.name === 'Idempotency-Key') return '{{$guid}}';
  if (parameter.name === 'If-Match') return '"v0"';
  const example = parameter.example ?? parameter.schema?.examples?.[0] ?? parameter.schema?.example ?? parameter.schema?.default;
  if (example !== undefined && typeof example !== 'object') return oneLine(String(example));
  if (parameter.schema?.format === 'uuid') return '01937f3e-0000-7000-8000-000000000000';
  if (parameter.schema?.format === 'date') return '2026-12-01';
  if (parameter.schema?.format === 'date-time') return '2026-12-01T12:00:00Z';
  return '';
}

function block(name, fields) {
  const lines = Object.entries(fields).map(([key, text]) => `  ${key}: ${text}`.trimEnd());
  return `${name} {\n${lines.join('\n')}\n}\n`;
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
const indented = (text) =>
  text
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');

function written(folder = COLLECTION) {
  const found = new Map();
  const walk = (at) => {
    for (const name of readdirSync(at)) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) walk(path);
      else found.set(relative(folder, path), readFileSync(path, 'utf8'));
    }
  };
  try {
    walk(folder);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return found;
}

/** What is missing, too much or other than the document says. */
export function differences(wanted, found) {
  return [...new Set([...wanted.keys(), ...found.keys()])].filter((name) => wanted.get(name) !== found.get(name)).sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = collection(JSON.parse(readFileSync(join(here, '../../docs/api/openapi.json'), 'utf8')));
  if (process.argv.includes('--check')) {
    const wrong = differences(wanted, written());
    if (wrong.length > 0) {
      console.error(`The Bruno collection is not that of docs/api/openapi.json; ./dev api writes it anew:\n  ${wrong.join('\n  ')}`);
      process.exit(1);
    }
  } else {
    rmSync(COLLECTION, { recursive: true, force: true });
    for (const [name, text] of wanted) {
      mkdirSync(dirname(join(COLLECTION, name)), { recursive: true });
      writeFileSync(join(COLLECTION, name), text);
    }
  }
}
