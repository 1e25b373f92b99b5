import { expect, test } from 'vitest';
import type { FlowDocument } from '../../api/flowTypes';
import { differences } from './flowDiff';

const text = (es: string) => ({ es, en: '', pt: '' });
const before: FlowDocument = {
  positions: [],
  languages: ['es'],
  triggers: [{ on: 'first-message', words: [] }],
  rules: { answerSeconds: 900, closeSeconds: 1800, closing: text(''), retries: 2, noticeHours: 24 },
  start: 'menu',
  nodes: [
    { kind: 'menu', id: 'menu', text: text('¿Qué?'), options: [{ id: 'o1', label: text('Sí'), words: [], next: 'end' }] },
    { kind: 'end', id: 'end', text: text('Chau') },
    { kind: 'hand-over', id: 'person', text: text('') },
  ],
};

test('nothing differs from itself', () => {
  expect(differences(before, structuredClone(before))).toEqual([]);
});

test('where steps are drawn is no difference', () => {
  expect(differences(before, { ...before, positions: [{ node: 'menu', x: 400, y: -20 }] })).toEqual([]);
});

test('what was added, what changed in a step and what is gone is told apart', () => {
  const after: FlowDocument = {
    ...before,
    rules: { ...before.rules, retries: 3 },
    nodes: [
      { kind: 'menu', id: 'menu', text: text('¿Qué?'), options: [{ id: 'o1', label: text('Claro'), words: [], next: 'hi' }] },
      { kind: 'message', id: 'hi', text: text('Hola'), next: 'end' },
      { kind: 'end', id: 'end', text: text('Adiós') },
    ],
  };
  expect(differences(before, after).map(({ kind, node, parts }) => [kind, node?.id ?? null, ...parts])).toEqual([
    ['changed', null, 'rules'],
    ['changed', 'menu', 'options', 'leads'],
    ['added', 'hi'],
    ['changed', 'end', 'text'],
    ['removed', 'person'],
  ]);
});
