import { expect, test } from 'vitest';
import type { FlowDocument } from '../../api/flowTypes';
import { arranged, layout, placesOf, putAt } from './flowLayout';

const text = { es: 'x', en: '', pt: '' };

test('steps stand right of what leads to them, never over each other, and what nothing leads to is below', () => {
  const document: FlowDocument = {
    positions: [],
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

test('a step that was moved stays where it was put and moves nobody else, until all are arranged again', () => {
  const document: FlowDocument = {
    positions: [],
    languages: ['es'],
    triggers: [],
    rules: { answerSeconds: 900, closeSeconds: 1800, closing: text, retries: 2, noticeHours: 24 },
    start: 'hi',
    nodes: [
      { kind: 'message', id: 'hi', text, next: 'end' },
      { kind: 'end', id: 'end', text },
    ],
  };
  const moved = putAt(putAt(document, 'end', { x: 1, y: 1 }), 'end', { x: 410.4, y: -30_000 });
  expect(moved.positions).toEqual([{ node: 'end', x: 410, y: -20_000 }]);
  const before = layout(document);
  expect(placesOf(moved).get('end')).toEqual({ ...before.get('end'), x: 410, y: -20_000 });
  expect(placesOf(moved).get('hi')).toEqual(before.get('hi'));
  expect(placesOf({ ...moved, positions: [{ node: 'gone', x: 0, y: 0 }] })).toEqual(before);
  expect(placesOf(arranged(moved))).toEqual(before);
});
