import { QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { DoubtingQueryClient } from './doubt';

/** A question whose answers come when the test says so. */
function asked() {
  const client = new DoubtingQueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });
  const answers: ((answer: string) => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: ['clinic', 'line', 'one'],
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const stop = observer.subscribe(() => {});
  return { client, answers, observer, stop };
}

test('what moved while the first answer was on its way is asked for again', async () => {
  const { client, answers, observer, stop } = asked();
  for (let hint = 0; hint < 3; hint++) void client.invalidateQueries({ queryKey: ['clinic', 'line'] });
  answers[0]?.('starting');
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.('pairing');
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('pairing'));
  expect(answers).toHaveLength(2);
  stop();
});

test('an answer that nobody doubted is not asked for again', async () => {
  const { client, answers, observer, stop } = asked();
  void client.invalidateQueries({ queryKey: ['clinic', 'messages'] });
  answers[0]?.('linked');
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('linked'));
  await new Promise((resolve) => setTimeout(resolve));
  expect(answers).toHaveLength(1);
  stop();
});
