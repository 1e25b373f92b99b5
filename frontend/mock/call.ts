import type { ProblemDetails } from '../src/api/types.ts';
import type { World } from './world.ts';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  ifMatch: string | null;
  key: string | null;
}
export interface Answer {
  status: number;
  body?: unknown;
}

/** The mock's refusals have the shape of the real ones. */
export class Refusal extends Error {
  readonly problem: ProblemDetails;
  constructor(status: number, code: string, errors?: ProblemDetails['errors'], members: Record<string, unknown> = {}) {
    super(code);
    this.problem = { status, code, traceId: '4f9c21ab77e0c35d', errors: errors ?? [], ...members };
  }
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const page = <T>(items: T[]) => ok({ items, nextCursor: null });
export const found = <T>(item: T | undefined): T => {
  if (!item) throw new Refusal(404, 'not-found');
  return item;
};
export const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export function seen(call: Call, record: { version: number }, world: World): void {
  if (!call.ifMatch) throw new Refusal(428, 'if-match-required');
  if (world.scenario === 'stale' && record.version < 100) {
    record.version += 100;
    throw new Refusal(412, 'stale');
  }
  if (call.ifMatch !== `"v${record.version}"`) throw new Refusal(412, 'stale');
}

/** Repeats the first answer for the same key, and refuses the key for another body. */
export function once(call: Call, world: World, make: () => Answer): Answer {
  if (!call.key) throw new Refusal(400, 'idempotency-key-required');
  const body = JSON.stringify(call.body);
  const before = world.answered.get(call.key);
  if (before) {
    if (before.body !== body) throw new Refusal(422, 'idempotency-key-reused');
    return before.answer as Answer;
  }
  const answer = make();
  world.answered.set(call.key, { body, answer });
  return answer;
}

/** One part of the API of one clinic; `rest` is what follows its name in the path. */
export type Area = (call: Call, world: World, rest: string[]) => Answer;
