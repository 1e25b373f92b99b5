import { expect, test } from 'vitest';
import { fieldName, fieldSentences, isStale, Problem, sentenceFor } from './problems';

const t = (key: string) => `«${key}»`;

test('a known code is translated', () => {
  expect(sentenceFor(new Problem({ status: 409, code: 'slot-taken' }), t)).toBe('«problem.slot-taken»');
});

test('a code this console has never heard of is said as a failure of ours', () => {
  expect(sentenceFor(new Problem({ status: 418, code: 'teapot' }), t)).toBe('«problem.internal»');
});

test('a request that never arrived is said as such', () => {
  expect(sentenceFor(new TypeError('Failed to fetch'), t)).toBe('«problem.unreachable»');
});

test('each refused field names its input and says why', () => {
  const refused = new Problem({
    status: 422,
    code: 'invalid-fields',
    errors: [
      { pointer: '/phone', code: 'phone-invalid', detail: '' },
      { pointer: '/owner/email', code: 'required', detail: '' },
      { pointer: '/name', code: 'never-heard-of', detail: '' },
    ],
  });
  expect(fieldSentences(refused, t)).toEqual({
    phone: '«field.phone-invalid»',
    'owner.email': '«field.required»',
    name: '«field.invalid-format»',
  });
});

test('a limit that the server names is said', () => {
  const said = (key: string, values?: object) => `${key} ${JSON.stringify(values)}`;
  const refused = new Problem({
    status: 422,
    code: 'invalid-fields',
    errors: [
      { pointer: '/notes', code: 'too-long', detail: '', maximum: 500 },
      { pointer: '/alias', code: 'too-short', detail: '', minimum: 3 },
      { pointer: '/minutes', code: 'out-of-range', detail: '', minimum: 5 },
    ],
  });
  expect(fieldSentences(refused, said)).toEqual({
    notes: 'limit.text.most {"count":500}',
    alias: 'limit.text.least {"count":3}',
    minutes: 'limit.number.least {"count":5}',
  });
});

test('pointers are unescaped', () => {
  expect(fieldName('/a~1b/c~0d')).toBe('a/b.c~d');
});

test('the trace of the request is kept for support', () => {
  expect(new Problem({ status: 500, code: 'internal', traceId: '4f9c' }).traceId).toBe('4f9c');
});

test('only what could work the second time is tried again', () => {
  const worth = (status: number) => new Problem({ status, code: 'x' }).worthRetrying;
  expect([0, 429, 503].map(worth)).toEqual([true, true, true]);
  expect([403, 404, 409, 412, 422].map(worth)).toEqual([false, false, false, false, false]);
  expect(isStale(new Problem({ status: 412, code: 'stale' }))).toBe(true);
});
