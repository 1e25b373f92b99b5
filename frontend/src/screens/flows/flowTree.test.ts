import { expect, test } from 'vitest';
import type { FlowDocument, FlowNode } from '../../api/flowTypes';
import { addedBelow, moved, outline, removed, waysOf } from './flowTree';

const text = (es: string) => ({ es, en: '', pt: '' });
const flow = (...nodes: FlowNode[]): FlowDocument => ({
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
  { kind: 'action', id: 'book', action: 'book', text: text(''), healthcareServiceIds: [], next: 'end', otherwise: 'person' },
  { kind: 'end', id: 'end', text: text('') },
  { kind: 'hand-over', id: 'person', text: text('') },
  { kind: 'end', id: 'alone', text: text('') },
);

test('each step stands once, indented below the way that leads to it, and what nothing leads to comes last', () => {
  expect(outline(desk).map((row) => `${row.number} ${row.node.id}`)).toEqual([
    '1 hi',
    '2 menu',
    '2.1 book',
    '2.1.1 end',
    '2.1.2 person',
    '3 alone',
  ]);
});

test('a way to a step that stands elsewhere says where that is', () => {
  const menu = outline(desk).find((row) => row.node.id === 'menu');
  expect(menu?.goesTo.map((each) => each.number)).toEqual(['2.1.2', '1']);
});

test('a step is added between another and what follows it, or on its first open way', () => {
  const { document, id } = addedBelow(desk, 'hi', 'question');
  const by = new Map(document.nodes.map((node) => [node.id, node]));
  expect(waysOf(by.get('hi') as FlowNode)[0]?.to).toBe(id);
  expect(waysOf(by.get(id) as FlowNode)[0]?.to).toBe('menu');
});

test('a step that is removed is passed over, and the first one stays', () => {
  const without = removed(desk, 'menu');
  expect(waysOf(without.nodes[0] as FlowNode)[0]?.to).toBe('book');
  expect(removed(desk, 'hi')).toBe(desk);
});

test('moving a step that an option leads to moves the option', () => {
  const row = outline(desk).find((one) => one.node.id === 'book');
  if (!row) throw new Error('no row');
  const menu = moved(desk, row, 1).nodes.find((node) => node.id === 'menu');
  expect(menu?.kind === 'menu' && menu.options.map((option) => option.id)).toEqual(['o2', 'o1', 'o3']);
});
