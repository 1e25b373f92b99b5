import { expect, test } from 'vitest';
import type { FlowDocument } from '../../api/flowTypes';
import { layout } from './flowLayout';

const text = { es: 'x', en: '', pt: '' };

test('steps stand right of what leads to them, never over each other, and what nothing leads to is below', () => {
  const document: FlowDocument = {
    languages: ['es'],
    triggers: [],
    rules: { answerSeconds: 900, closeSeconds: 1800, closing: text, retries: 2, noticeHours: 24 },
    start: 'menu',
    nodes: [
      {
        kind: 'menu',
        id: 'menu',
        text,
        options: ['a', 'b', 'menu'].map((next) => ({ id: `to-${next}`, label: text, words: [], next })),
      },
      { kind: 'message', id: 'a', text, next: 'end' },
      { kind: 'message', id: 'b', text, next: 'end' },
      { kind: 'end', id: 'end', text },
      { kind: 'end', id: 'alone', text },
    ],
  };
  const places = layout(document);
  const at = (id: string) => places.get(id) ?? { x: Number.NaN, y: Number.NaN, width: 0, height: 0 };
  expect([at('menu').x < at('a').x, at('a').x === at('b').x, at('b').x < at('end').x]).toEqual([true, true, true]);
  expect(at('a').y + at('a').height).toBeLessThan(at('b').y);
  expect(Math.max(...['menu', 'a', 'b', 'end'].map((id) => at(id).y + at(id).height))).toBeLessThan(at('alone').y);
});
