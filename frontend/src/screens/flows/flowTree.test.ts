import { expect, test } from 'vitest';
import type { FlowDocument, FlowNode } from '../../api/flowTypes';
import { addedBelow, moved, outline, removed, tookWay, waysOf } from './flowTree';

const text = (es: string) => ({ es, en: '', pt: '' });
const flow = (...nodes: FlowNode[]): FlowDocument => ({
  positions: [],
  languages: ['es'],
  triggers: [],
  rules: { answerSeconds: 900, closeSeconds: 1800, closing: text(''), retries: 2, noticeHours: 24 },
  start: nodes[0]?.id ?? '',
  nodes,
});
const desk = flow(
  { kind: 'message', id: 'hi', text: text('Hola'), next: 'menu' },
  {
    kind: 'menu',
    id: 'menu',
    text: text('¿Qué?'),
    options: [
      { id: 'o1', label: text('Reservar'), words: [], next: 'book' },
      { id: 'o2', label: text('Alguien'), words: [], next: 'person' },
      { id: 'o3', label: text('Otra vez'), words: [], next: 'hi' },
    ],
  },
  {
    kind: 'action',
    id: 'book',
    action: 'book',
    text: text(''),
    healthcareServiceIds: [],
    locationIds: [],
    files: [],
    details: [],
    next: 'end',
    otherwise: 'person',
  },
  { kind: 'end', id: 'end', text: text('') },
  { kind: 'hand-over', id: 'person', text: text('') },
  { kind: 'end', id: 'alone', text: text('') },
);

test('each step stands once, indented below the way that leads to it; other ways to it say where it stands', () => {
  expect(outline(desk).map((row) => `${row.number} ${row.node.id}${row.elsewhere === null ? '' : ` -> ${row.elsewhere}`}`)).toEqual([
    '1 hi',
    '2 menu',
    '2.1 book',
    '2.1.1 end',
    '2.1.2 person',
    '2.2 person -> 2.1.2',
    '2.3 hi -> 1',
    '3 alone',
  ]);
});

test('people are counted on the option they chose, not on the step that two options lead to', () => {
  const ways = [
    { way: 'o1', to: 'book', sessions: 7 },
    { way: 'o2', to: 'book', sessions: 2 },
  ];
  const figures = { node: 'menu', reached: 10, unanswered: 1, notUnderstood: 0, ways };
  const menu = desk.nodes[1] as FlowNode;
  expect(tookWay(figures, menu, { option: 0 }, 'book')).toBe(7);
  expect(tookWay(undefined, menu, { option: 0 }, 'book')).toBeNull();
});

test('a step is added between another and what follows it, or on its first open way', () => {
  const { document, id } = addedBelow(desk, 'hi', 'question');
  const by = new Map(document.nodes.map((node) => [node.id, node]));
  expect(waysOf(by.get('hi') as FlowNode)[0]?.to).toBe(id);
  expect(waysOf(by.get(id) as FlowNode)[0]?.to).toBe('menu');
});

test('a step that is removed is passed over, and the first one stays', () => {
  const without = removed({ ...desk, positions: [{ node: 'menu', x: 0, y: 0 }] }, 'menu');
  expect(without.positions).toEqual([]);
  expect(waysOf(without.nodes[0] as FlowNode)[0]?.to).toBe('book');
  expect(removed(desk, 'hi')).toBe(desk);
});

test('moving a step that an option leads to moves the option', () => {
  const row = outline(desk).find((one) => one.node.id === 'book');
  if (!row) throw new Error('no row');
  const menu = moved(desk, row, 1).nodes.find((node) => node.id === 'menu');
  expect(menu?.kind === 'menu' && menu.options.map((option) => option.id)).toEqual(['o2', 'o1', 'o3']);
});
