import { expect, test } from 'vitest';
import { Intention } from './intention';

function intention() {
  let made = 0;
  return new Intention(() => {
    made += 1;
    return `key-${made}`;
  });
}

test('pressing again after a failure is the same intention', async () => {
  const booking = intention();
  const sent: string[] = [];
  const failing = booking.carryOut({ start: '10:00' }, (key) => {
    sent.push(key);
    return Promise.reject(new Error('no network'));
  });
  await expect(failing).rejects.toThrow('no network');
  await booking.carryOut({ start: '10:00' }, async (key) => sent.push(key));
  expect(sent).toEqual(['key-1', 'key-1']);
});

test('another body is another intention', () => {
  const booking = intention();
  expect([booking.keyFor({ start: '10:00' }), booking.keyFor({ start: '10:30' })]).toEqual(['key-1', 'key-2']);
});

test('doing the same thing twice on purpose works', async () => {
  const booking = intention();
  const sent: string[] = [];
  await booking.carryOut({ again: 1 }, async (key) => sent.push(key));
  await booking.carryOut({ again: 1 }, async (key) => sent.push(key));
  expect(sent).toEqual(['key-1', 'key-2']);
});
