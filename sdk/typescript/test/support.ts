import type { RepeatOptions } from '../src/repeat.ts';

/** A network that answers what it was told, in that order, and keeps what it was asked. */
export class Network {
  readonly asked: { method: string; url: string; headers: Headers; body: string }[] = [];
  readonly #answers: (Response | Error)[];

  constructor(...answers: (Response | Error)[]) {
    this.#answers = answers;
  }

  readonly fetch = (async (request: Request) => {
    this.asked.push({ method: request.method, url: request.url, headers: request.headers, body: await request.text() });
    const answer = this.#answers.shift();
    if (answer === undefined) throw new Error(`Nobody told what to answer to ${request.method} ${request.url}`);
    if (answer instanceof Error) throw answer;
    // What fetch sets and a Response of one's own lacks.
    Object.defineProperty(answer, 'url', { value: request.url });
    return answer;
  }) as typeof fetch;
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

export const noAnswer = () => new TypeError('fetch failed');

export const token = (name: string, seconds = 300) => json(200, { access_token: name, expires_in: seconds });

/** Pauses are noted and not waited for. */
export function noted(): { pauses: number[]; repeat: Partial<RepeatOptions> } {
  const pauses: number[] = [];
  return {
    pauses,
    repeat: {
      random: () => 1,
      sleep: async (milliseconds) => {
        pauses.push(milliseconds);
      },
    },
  };
}

export const always = { token: async () => 'a-token', refused: () => {} };

export const path = { organizationId: '01937f3e-0000-7000-8000-000000000001' };
