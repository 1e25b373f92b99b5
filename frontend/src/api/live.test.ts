import { afterEach, expect, test } from 'vitest';
import { type Hint, LiveHints, type LiveState } from './live';

/** A server of live hints, and a clock that only moves when told. */
function desk() {
  const requests: { headers: Record<string, string>; send: (text: string) => void; end: () => void; aborted: () => boolean }[] = [];
  const waits: { run: () => void; milliseconds: number; cancelled: boolean }[] = [];
  const hints: Hint[] = [];
  const states: LiveState[] = [];
  const seen = { resets: 0, renewals: 0 };
  let status = 200;
  let token = 'first';
  let now = 0;
  const live = new LiveHints({
    url: '/events',
    token: () => token,
    renew: async () => {
      seen.renewals += 1;
      token = 'renewed';
      return true;
    },
    onHint: (hint) => hints.push(hint),
    onReset: () => {
      seen.resets += 1;
    },
    onState: (state) => states.push(state),
    random: () => 0,
    now: () => now,
    later: (run, milliseconds) => {
      const wait = { run, milliseconds, cancelled: false };
      waits.push(wait);
      return () => {
        wait.cancelled = true;
      };
    },
    fetch: async (_, init) => {
      let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
      const body = new ReadableStream<Uint8Array>({
        start: (made) => {
          controller = made;
        },
      });
      init?.signal?.addEventListener('abort', () => controller?.error(new DOMException('', 'AbortError')));
      requests.push({
        headers: init?.headers as Record<string, string>,
        send: (text) => controller?.enqueue(new TextEncoder().encode(text)),
        end: () => controller?.close(),
        aborted: () => init?.signal?.aborted ?? false,
      });
      return { status, ok: status === 200, body } as unknown as Response;
    },
  });
  opened.push(live);
  return {
    live,
    requests,
    hints,
    states,
    seen,
    answerWith: (next: number) => {
      status = next;
    },
    passes: (milliseconds: number) => {
      now += milliseconds;
    },
    /** Runs the pending wait for a new connection and tells how long it was. */
    waitIsOver: () => {
      const wait = waits.findLast((one) => !one.cancelled && one.milliseconds < 45_000);
      if (wait) {
        wait.cancelled = true;
        wait.run();
      }
      return wait?.milliseconds;
    },
    silence: () => waits.findLast((one) => !one.cancelled && one.milliseconds === 45_000)?.run(),
  };
}
const opened: LiveHints[] = [];
afterEach(() => {
  for (const live of opened.splice(0)) live.close();
});
const soon = async () => {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((done) => queueMicrotask(() => setImmediate(done as () => void)));
};

test('a hint arrives with the bearer of the person', async () => {
  const { live, requests, hints, states } = desk();
  live.open();
  await soon();
  requests[0]?.send(': keep-alive\n\nid: 7\nevent: hint\ndata: {"kind":"appointment","id":"a1"}\n\n');
  await soon();
  expect(requests[0]?.headers.Authorization).toBe('Bearer first');
  expect(hints).toEqual([{ kind: 'appointment', id: 'a1' }]);
  expect(states).toEqual(['live']);
});

test('a lost stream is taken up again after the last hint that was heard', async () => {
  const { live, requests, states, waitIsOver } = desk();
  live.open();
  await soon();
  requests[0]?.send('id: 41\nevent: hint\ndata: {"kind":"message","id":"m"}\n\n');
  await soon();
  requests[0]?.end();
  await soon();
  expect(states.at(-1)).toBe('reconnecting');
  expect(waitIsOver()).toBe(500);
  await soon();
  expect(requests[1]?.headers['Last-Event-ID']).toBe('41');
  expect(states.at(-1)).toBe('live');
});

test('when the server forgot what was missed, everything is doubtful', async () => {
  const { live, requests, seen } = desk();
  live.open();
  await soon();
  requests[0]?.send('event: reset\ndata: {}\n\n');
  await soon();
  expect(seen.resets).toBe(1);
});

test('a stream that took longer to begin than the server looks back makes everything doubtful', async () => {
  for (const [took, resets] of [
    [2_000, 0],
    [9_000, 1],
  ] as const) {
    const { live, seen, passes, answerWith, waitIsOver } = desk();
    answerWith(503);
    live.open();
    await soon();
    passes(took);
    answerWith(200);
    waitIsOver();
    await soon();
    expect(seen.resets).toBe(resets);
  }
});

test('coming back without an id to resume from makes everything doubtful too', async () => {
  const { live, requests, seen, waitIsOver } = desk();
  live.open();
  await soon();
  requests[0]?.end();
  await soon();
  waitIsOver();
  await soon();
  expect(seen.resets).toBe(1);
});

test('a goodbye is answered with a new token, at once', async () => {
  const { live, requests, seen } = desk();
  live.open();
  await soon();
  requests[0]?.send('id: 9\nevent: bye\ndata: {}\n\n');
  await soon();
  expect(seen.renewals).toBe(1);
  expect(requests[1]?.headers).toMatchObject({ Authorization: 'Bearer renewed', 'Last-Event-ID': '9' });
});

test('failing again and again waits longer each time, up to half a minute', async () => {
  const { live, answerWith, waitIsOver } = desk();
  answerWith(503);
  live.open();
  const waits: (number | undefined)[] = [];
  for (let time = 0; time < 7; time += 1) {
    await soon();
    waits.push(waitIsOver());
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
});

test('a stream that has gone silent is given up', async () => {
  const { live, requests, silence, states } = desk();
  live.open();
  await soon();
  silence();
  await soon();
  expect(requests[0]?.aborted()).toBe(true);
  expect(states.at(-1)).toBe('reconnecting');
});

test('leaving the clinic ends the stream for good', async () => {
  const { live, requests, states } = desk();
  live.open();
  await soon();
  live.close();
  await soon();
  expect(requests).toHaveLength(1);
  expect(states).toEqual(['live']);
});
