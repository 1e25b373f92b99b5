import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { type Answer, type Call, Refusal } from '../../mock/call';
import { handle } from '../../mock/handlers';
import { CLINIC } from '../../mock/names';
import { createWorld, type Scenario, type World } from '../../mock/world';

/** Designs, demos and screen tests stand on the mock: what it answers must be what the API may answer. */
type Json = Record<string, unknown>;
const contract = JSON.parse(readFileSync('../docs/api/openapi.json', 'utf8')) as Json & { paths: Record<string, Record<string, Json>> };

/** Fields that the contract does not know are wrong as well. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  return 'properties' in copy && copy.type === 'object' ? { ...copy, additionalProperties: false } : copy;
}

const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
for (const format of ['int32', 'int64', 'double', 'float', 'iana-time-zone', 'time-local', 'binary']) ajv.addFormat(format, true);
ajv.addSchema({ ...(closed(contract) as Json), $id: 'https://recado.example/contract' });

const escaped = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
const schemaOf = (path: string, status: string, media: string) =>
  `https://recado.example/contract#/paths/${escaped(path)}/get/responses/${status}/content/${escaped(media)}/schema`;

function ask(world: World, path: string): Answer {
  const query = new URLSearchParams({ from: '2026-11-01', to: '2026-12-12' });
  const call: Call = { method: 'GET', path, query, body: {}, ifMatch: null, key: null };
  try {
    return handle(call, world);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { status: refusal.problem.status, body: refusal.problem };
  }
}

function wrongIn(path: string, answer: Answer): string[] {
  if (answer.status !== 200) return [];
  const valid = ajv.getSchema(schemaOf(path, '200', 'application/json'));
  if (!valid) return [`${path}: no schema`];
  return valid(answer.body)
    ? []
    : (valid.errors ?? []).map((error) => `${path} ${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
}

const scenarios: Scenario[] = [
  'full',
  'empty',
  'several-lines',
  'official',
  'official-new',
  'pairing-typed',
  'halted',
  'platform',
  'platform-late',
  'maintenance',
];
const readable = Object.keys(contract.paths).filter((path) => {
  const get = contract.paths[path]?.get as { responses?: Record<string, { content?: Json }> } | undefined;
  return get?.responses?.['200']?.content?.['application/json'] !== undefined;
});

describe.each(scenarios)('the mock in the scenario %s', (scenario) => {
  it('answers only what the contract allows', () => {
    const world = createWorld(scenario);
    const wrong: string[] = [];
    let answered = 0;
    for (const path of readable) {
      const collection = path.replace('{organizationId}', CLINIC.id);
      const ids = collection.includes('{') ? idsBefore(world, collection) : [''];
      for (const id of ids) {
        const answer = ask(world, collection.replace(/\{[^}]+}/, id));
        if (answer.status === 200) answered++;
        wrong.push(...wrongIn(path, answer));
      }
    }
    expect(wrong.slice(0, 40)).toEqual([]);
    expect(answered).toBeGreaterThan(10);
  });
});

/** Ids of what the list before the variable holds: `…/appointments/{id}/timeline` is asked for each visit. */
function idsBefore(world: World, path: string): string[] {
  if ((path.match(/\{/g) ?? []).length > 1) return [];
  const list = ask(world, path.slice(0, path.indexOf('/{')));
  const items = (list.body as { items?: { id?: string }[] } | undefined)?.items ?? [];
  return items.flatMap((item) => (item.id ? [item.id] : [])).slice(0, 5);
}
