import { queryOptions } from '@tanstack/react-query';
import { ask } from './client';

/** What `tools/api-reference.mjs` writes of an operation. */
export interface ReferenceOperation {
  id: string;
  tag: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  summary: string;
  description: string;
  scopes: string[];
  parameters: ReferenceParameter[];
  body: { type: string; example: unknown } | null;
  answers: { status: string; description: string; example: unknown }[];
}
export interface ReferenceParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  type: string;
  choices: string[];
}

/** A file beside the console, as old as the console itself. */
export const referenceQuery = queryOptions({
  queryKey: ['api-reference'],
  queryFn: async ({ signal }): Promise<ReferenceOperation[]> => {
    const answer = await fetch('/api-reference.json', { signal });
    if (!answer.ok) throw new Error(`The reference answered ${answer.status}`);
    return (await answer.json()) as ReferenceOperation[];
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** What came of a try. */
export interface Tried {
  status: number;
  millis: number;
  /** Formatted, when it was JSON; its size otherwise. */
  body: string;
  traceId: string | null;
}

const LONGEST_SHOWN = 200_000;

/** Sends an operation as the signed-in person, who may do there what they may do elsewhere. */
export async function tryOut(
  operation: ReferenceOperation,
  organizationId: string,
  values: Readonly<Record<string, string>>,
  body: string,
): Promise<Tried> {
  const from = performance.now();
  const answer = await ask(requestOf(operation, organizationId, values, body));
  const text = await answer.text();
  return {
    status: answer.status,
    millis: Math.round(performance.now() - from),
    body: shown(text, answer.headers.get('Content-Type') ?? ''),
    traceId: answer.headers.get('Recado-Trace-Id'),
  };
}

export function requestOf(
  operation: ReferenceOperation,
  organizationId: string,
  values: Readonly<Record<string, string>>,
  body: string,
): Request {
  const address = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(name === 'organizationId' ? organizationId : (values[name] ?? '')),
  );
  const url = new URL(address, location.origin);
  const headers = new Headers();
  for (const { name, in: where } of operation.parameters) {
    const value = values[name];
    if (value === undefined || value === '') continue;
    if (where === 'query') url.searchParams.set(name, value);
    if (where === 'header') headers.set(name, value);
  }
  const sends = operation.body !== null && operation.method !== 'GET';
  if (sends) headers.set('Content-Type', operation.body?.type ?? 'application/json');
  return new Request(url, { method: operation.method, headers, ...(sends ? { body } : {}) });
}

function shown(text: string, type: string): string {
  if (!type.includes('json')) return text.slice(0, LONGEST_SHOWN);
  try {
    return JSON.stringify(JSON.parse(text), null, 2).slice(0, LONGEST_SHOWN);
  } catch {
    return text.slice(0, LONGEST_SHOWN);
  }
}
