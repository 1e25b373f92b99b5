import type { FlowDocument, FlowNode } from '../../api/flowTypes';
import { waysOf } from './flowTree';

/** Where a step is drawn, in pixels from the left top. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

const WIDTH = 148;
const GAP_X = 56;
const GAP_Y = 28;
const HEIGHT = 76;
const HEAD = 52;
/** Documents hold no position beyond it, either way. */
const FARTHEST = 20_000;
/** A line of an option. */
export const OPTION = 25;

/** How high a step is drawn: a menu shows its options. */
const heightOf = (node: FlowNode): number => (node.kind === 'menu' ? HEAD + OPTION * Math.max(1, node.options.length) : HEIGHT);

/** The column of each step that something leads to: right of every step that leads to it, but for ways that lead back. */
function columnsOf(document: FlowDocument): Map<string, number> {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const onward = new Map<string, string[]>();
  const open = new Set<string>();
  const order: string[] = [];
  const walk = (id: string) => {
    const node = nodes.get(id);
    if (!node || onward.has(id)) return;
    const next: string[] = [];
    onward.set(id, next);
    open.add(id);
    for (const { to } of waysOf(node)) {
      if (!nodes.has(to) || open.has(to)) continue;
      next.push(to);
      walk(to);
    }
    open.delete(id);
    order.unshift(id);
  };
  walk(document.start);
  const column = new Map<string, number>();
  for (const id of order) {
    const at = column.get(id) ?? 0;
    column.set(id, at);
    for (const to of onward.get(id) ?? []) column.set(to, Math.max(column.get(to) ?? 0, at + 1));
  }
  return column;
}

/** Puts the steps of each column in the order of what leads to them, so that fewer lines cross. */
function uncross(columns: FlowNode[][], column: Map<string, number>): void {
  const weight = new Map<string, number>();
  for (const list of columns) {
    const place = (node: FlowNode) => weight.get(node.id) ?? 0;
    list.sort((one, other) => place(one) - place(other));
    list.forEach((node, at) => {
      waysOf(node).forEach(({ to }, way) => {
        const forward = (column.get(to) ?? 0) > (column.get(node.id) ?? 0);
        // The first way that leads there counts: it is the one that is read first.
        if (forward && !weight.has(to)) weight.set(to, at + way / 10);
      });
    });
  }
}

/** Where each step is drawn: where somebody put it, else where the order of the flow puts it. */
export function placesOf(document: FlowDocument): Map<string, Place> {
  const places = layout(document);
  for (const { node, x, y } of document.positions ?? []) {
    const place = places.get(node);
    if (place) places.set(node, { ...place, x, y });
  }
  return places;
}

/** A step put where somebody wants it, to the pixel. */
export function putAt(document: FlowDocument, node: string, to: { x: number; y: number }): FlowDocument {
  const bounded = (at: number) => Math.round(Math.min(FARTHEST, Math.max(-FARTHEST, at)));
  const others = (document.positions ?? []).filter((one) => one.node !== node);
  return { ...document, positions: [...others, { node, x: bounded(to.x), y: bounded(to.y) }] };
}

/** All steps where the order of the flow puts them. */
export const arranged = (document: FlowDocument): FlowDocument => ({ ...document, positions: [] });

/**
 * Steps in columns, each right of what leads to it, in the order in which they are met; what nothing leads to stands below.
 * Columns are centred on the highest, so that the way through is read from left to right.
 */
export function layout(document: FlowDocument): Map<string, Place> {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const column = columnsOf(document);
  const columns: FlowNode[][] = [];
  for (const [id, at] of column) {
    const node = nodes.get(id);
    const list = columns[at] ?? [];
    columns[at] = list;
    if (node) list.push(node);
  }
  uncross(columns, column);
  const heights = columns.map((list) => list.reduce((sum, node) => sum + heightOf(node) + GAP_Y, -GAP_Y));
  const highest = Math.max(0, ...heights);
  const places = new Map<string, Place>();
  columns.forEach((list, at) => {
    let y = (highest - (heights[at] ?? 0)) / 2;
    for (const node of list) {
      const height = heightOf(node);
      places.set(node.id, { x: at * (WIDTH + GAP_X), y, width: WIDTH, height });
      y += height + GAP_Y;
    }
  });
  let x = 0;
  for (const node of document.nodes) {
    if (places.has(node.id)) continue;
    places.set(node.id, { x, y: highest + GAP_Y * 2, width: WIDTH, height: heightOf(node) });
    x += WIDTH + GAP_X;
  }
  return places;
}
