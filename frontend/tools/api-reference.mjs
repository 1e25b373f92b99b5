// Writes public/api-reference.json, what the console's reference shows, from the API's document; with --check says whether the
// written one is that of the document. The document itself has ten times its size, and is not served where the console is.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const TARGET = join(here, '../public/api-reference.json');
const CLINIC = '/api/v1/organizations/{organizationId}';

/** One operation a line, by tag and address. Only those of a clinic: the others cannot be tried as its owner. */
export function reference(document) {
  const operations = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    if (!path.startsWith(CLINIC)) continue;
    for (const [method, operation] of Object.entries(methods)) {
      if (!operation.operationId) continue;
      operations.push({
        id: operation.operationId,
        tag: operation.tags[0],
        method: method.toUpperCase(),
        path,
        summary: operation.summary ?? '',
        description: operation.description ?? '',
        scopes: operation['x-recado-scopes'] ?? [],
        parameters: (operation.parameters ?? []).filter((one) => one.name !== 'organizationId').map(parameter),
        body: body(operation.requestBody),
        answers: Object.entries(operation.responses ?? {})
          .sort()
          .map(([status, answer]) => ({ status, description: answer.description ?? '', example: exampleOf(answer) })),
      });
    }
  }
  operations.sort(
    (a, b) => a.tag.localeCompare(b.tag, 'en') || a.path.localeCompare(b.path, 'en') || a.method.localeCompare(b.method, 'en'),
  );
  return `[\n${operations.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;
}

function parameter(one) {
  const schema = one.schema ?? {};
  return {
    name: one.name,
    in: one.in,
    required: one.required ?? false,
    description: one.description ?? '',
    type: [schema.type ?? '', schema.format ?? ''].flat().filter(Boolean).join(' '),
    choices: schema.enum ?? [],
  };
}

function body(request) {
  const media = Object.entries(request?.content ?? {})[0];
  return media ? { type: media[0], example: media[1].example ?? null } : null;
}

/** Of what was done: refusals look alike and have their codes in the description. */
function exampleOf(answer) {
  const media = Object.entries(answer.content ?? {}).find(([type]) => type === 'application/json');
  return media?.[1].example ?? null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = reference(JSON.parse(readFileSync(join(here, '../../docs/api/openapi.json'), 'utf8')));
  if (!process.argv.includes('--check')) {
    writeFileSync(TARGET, wanted);
  } else if (readFileSync(TARGET, 'utf8') !== wanted) {
    console.error('public/api-reference.json is not that of docs/api/openapi.json; ./dev api writes it anew.');
    process.exit(1);
  }
}
