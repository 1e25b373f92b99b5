import type { Problem, ProblemCode } from './generated/index.ts';

/** A refusal, or an answer that is none of Recado's. Decide by the code, and by the status for codes that you do not know. */
export class RecadoProblem extends Error {
  readonly status: number;
  /** For example `slot-taken`; null when something in between answered. */
  readonly code: ProblemCode | null;
  /** All that was said, for example `conflicts` and `freeSlots` of `slot-taken`; null when something in between answered. */
  readonly problem: Problem | null;

  constructor(response: Response, body: unknown) {
    const problem = isProblem(body) ? body : null;
    // The address without its query; bodies stay out of messages because those are logged.
    super(`${new URL(response.url).pathname} answered ${response.status}${problem ? ` ${problem.code}` : ''}`);
    this.name = 'RecadoProblem';
    this.status = response.status;
    this.code = problem?.code ?? null;
    this.problem = problem;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';
}

/** The version of what was read or changed, as `If-Match` wants it to change exactly that. */
export function etagOf(answer: { response: Response }): string {
  const etag = answer.response.headers.get('ETag');
  if (!etag) throw new Error('This answer has no version');
  return etag;
}
