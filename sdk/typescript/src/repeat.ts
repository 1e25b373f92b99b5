/** How requests are sent again that were not answered, or not yet. */
export interface RepeatOptions {
  /** How often one request is sent at most, the first time included. 5 unless said otherwise; 1 repeats nothing. */
  attempts: number;
  /** The longest pause in milliseconds. An answer that asks for a longer one is handed on. 60,000 unless said otherwise. */
  longestPause: number;
  /** How many milliseconds one try may take until its answer begins. 30,000 unless said otherwise. */
  timeout: number;
  /** Waits that many milliseconds, or rejects with the signal's reason. For tests. */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 to less than 1, for pauses that differ from one program to the next. For tests. */
  random: () => number;
}

export const REPEAT: RepeatOptions = { attempts: 5, longestPause: 60_000, timeout: 30_000, sleep, random: Math.random };

const FIRST_PAUSE = 500;
const LONGEST_BACKOFF = 10_000;

/**
 * Sends a request until it is answered, the same each time: its body and its `Idempotency-Key` too, by which Recado answers a
 * repetition as it answered the first try.
 *
 * - 429 was refused before anything was done: whatever was asked is asked again after `Retry-After`.
 * - No answer, 502, 503 and 504 leave open what was done. Only what changes nothing or carries an `Idempotency-Key` is asked
 *   again: after a change with `If-Match` the record has to be read.
 * - 409 with `Retry-After` says that the first try with this key is still under way.
 *
 * @param harmless whether asking twice does no more than asking once
 */
export async function sendRepeatedly(
  request: Request,
  send: (attempt: Request) => Promise<Response>,
  options: RepeatOptions,
  harmless = isHarmless(request),
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const last = attempt >= options.attempts;
    let pause = backoff(attempt, options.random);
    try {
      const response = await within(options.timeout, request.clone(), send);
      if (last || !asksForRepetition(response, request, harmless)) return response;
      pause = retryAfter(response) ?? pause;
      if (pause > options.longestPause) return response;
      await response.body?.cancel();
    } catch (noAnswer) {
      if (last || !harmless || request.signal.aborted || !isNoAnswer(noAnswer)) throw noAnswer;
    }
    await options.sleep(pause, request.signal);
  }
}

/** The body may take longer: only until the answer begins does the time count. */
async function within(timeout: number, request: Request, send: (attempt: Request) => Promise<Response>): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new DOMException(`No answer within ${timeout} ms`, 'TimeoutError')), timeout);
  try {
    return await send(new Request(request, { signal: AbortSignal.any([request.signal, late.signal]) }));
  } finally {
    clearTimeout(timer);
  }
}

/** What `fetch` rejects with when the network fails, or the time above. */
function isNoAnswer(reason: unknown): boolean {
  return reason instanceof TypeError || (reason instanceof DOMException && reason.name === 'TimeoutError');
}

function isHarmless(request: Request): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(request.method) || request.headers.has('Idempotency-Key') || isSearch(request);
}

/** Searches are sent as bodies, because names never stand in an address, and change nothing. */
function isSearch(request: Request): boolean {
  return request.method === 'POST' && /\/_?search$/.test(new URL(request.url).pathname);
}

function asksForRepetition(response: Response, request: Request, harmless: boolean): boolean {
  switch (response.status) {
    case 429:
      return true;
    case 502:
    case 503:
    case 504:
      return harmless;
    case 409:
      return request.headers.has('Idempotency-Key') && response.headers.has('Retry-After');
    default:
      return false;
  }
}

/** In milliseconds: seconds or a date stands there. */
function retryAfter(response: Response): number | undefined {
  const value = response.headers.get('Retry-After')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

/** Twice as long each time, and anything from half of it on, so that programs that failed together do not come back together. */
function backoff(attempt: number, random: () => number): number {
  const longest = Math.min(LONGEST_BACKOFF, FIRST_PAUSE * 2 ** (attempt - 1));
  return longest / 2 + (longest / 2) * random();
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
