import { type FlowDocument, type FlowNode, type FlowNodeFigures, type NodeKind, noTexts } from '../../api/flowTypes';

/** A line of the list: a step where it is met first, or a way to one that stands elsewhere. */
export interface Row {
  /** Unique among the rows. */
  key: string;
  node: FlowNode;
  /** Its number, such as `2.1`. */
  number: string;
  level: number;
  /** Which way of the step above leads here; null for what simply follows. */
  by: Way | null;
  /** The step whose way this is; null for what simply follows and for the first. */
  from: FlowNode | null;
  /** The number of the step as it stands elsewhere; null for the step itself. */
  elsewhere: string | null;
}
/** A way out of a step: an option by its place, a branch, or what happens otherwise. */
export type Way = { option: number } | 'yes' | 'no' | 'otherwise' | 'next';

/** The ways out of a step, in their order; nowhere is empty. */
export function waysOf(node: FlowNode): { way: Way; to: string }[] {
  switch (node.kind) {
    case 'message':
    case 'question':
      return [{ way: 'next', to: node.next }];
    case 'menu':
      return node.options.map((option, at) => ({ way: { option: at }, to: option.next }));
    case 'condition':
      return [
        { way: 'yes', to: node.yes },
        { way: 'no', to: node.no },
      ];
    case 'action':
      return [
        { way: 'next', to: node.next },
        { way: 'otherwise', to: node.otherwise },
      ];
    case 'jump':
      return [{ way: 'next', to: node.target }];
    default:
      return [];
  }
}

/** A step with one of its ways leading elsewhere. */
export function leading(node: FlowNode, way: Way, to: string): FlowNode {
  if (typeof way === 'object') {
    return node.kind === 'menu'
      ? { ...node, options: node.options.map((option, at) => (at === way.option ? { ...option, next: to } : option)) }
      : node;
  }
  switch (node.kind) {
    case 'message':
    case 'question':
      return { ...node, next: to };
    case 'condition':
      return way === 'yes' ? { ...node, yes: to } : { ...node, no: to };
    case 'action':
      return way === 'otherwise' ? { ...node, otherwise: to } : { ...node, next: to };
    case 'jump':
      return { ...node, target: to };
    default:
      return node;
  }
}

/**
 * The flow as an indented list: what simply follows stands below on the same level, what one of several ways leads to stands
 * one level in. Each step stands once, where it is met first, and wherever else a way leads to it a line says where that is;
 * steps that nothing leads to come last.
 */
export function outline(document: FlowDocument): Row[] {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const rows: Row[] = [];
  const placed = new Map<string, string>();
  const link = (from: FlowNode, to: string, number: string, level: number, by: Way | null) => {
    const node = nodes.get(to);
    if (node) rows.push({ key: `${from.id}>${number}`, node, number, level, by, from, elsewhere: to });
  };
  const place = (id: string, prefix: string, first: number, level: number, by: Way | null, above: FlowNode | null): number => {
    let number = first;
    let at = id;
    let way = by;
    let from = above;
    while (at !== '') {
      const node: FlowNode | undefined = nodes.get(at);
      if (!node) break;
      if (placed.has(at)) {
        if (from) link(from, at, `${prefix}${number}`, level, way);
        return number + 1;
      }
      const own = `${prefix}${number}`;
      rows.push({ key: node.id, node, number: own, level, by: way, from, elsewhere: null });
      placed.set(at, own);
      number += 1;
      const ways = waysOf(node);
      const [only] = ways;
      if (ways.length === 1 && only && node.kind !== 'menu') {
        at = only.to;
        way = null;
        from = node;
        continue;
      }
      let inner = 1;
      for (const each of ways) if (each.to !== '') inner = place(each.to, `${own}.`, inner, level + 1, each.way, node);
      at = '';
    }
    return number;
  };
  let next = place(document.start, '', 1, 1, null, null);
  for (const node of document.nodes) if (!placed.has(node.id)) next = place(node.id, '', next, 1, null, null);
  return rows.map((row) => (row.elsewhere === null ? row : { ...row, elsewhere: placed.get(row.elsewhere) ?? '' }));
}

/** How many people took a way of a step; null while nobody knows. */
export function tookWay(figures: FlowNodeFigures | undefined, node: FlowNode, way: Way | null, to: string): number | null {
  if (!figures) return null;
  const named = typeof way === 'object' && way !== null ? (node.kind === 'menu' ? node.options[way.option]?.id : undefined) : way;
  const told = node.kind === 'menu' || node.kind === 'condition' || node.kind === 'action';
  return figures.ways.filter((each) => each.to === to && (!told || each.way === named)).reduce((sum, each) => sum + each.sessions, 0);
}

/** Who came to a step and went no further. */
export const lostAt = (figures: FlowNodeFigures): number => figures.unanswered + figures.notUnderstood;

/** An id that no step has. */
export function freeId(document: FlowDocument, kind: string): string {
  const taken = new Set(document.nodes.map((node) => node.id));
  for (let number = 1; ; number++) {
    const id = number === 1 ? kind : `${kind}-${number}`;
    if (!taken.has(id)) return id;
  }
}

export function newNode(kind: NodeKind, id: string): FlowNode {
  switch (kind) {
    case 'message':
      return { kind, id, text: noTexts, next: '' };
    case 'menu':
      return { kind, id, text: noTexts, options: [{ id: 'o1', label: noTexts, words: [], next: '' }] };
    case 'question':
      return { kind, id, text: noTexts, answer: 'text', name: id, choices: [], invalid: noTexts, next: '' };
    case 'condition':
      return { kind, id, test: 'open', value: '', name: '', yes: '', no: '' };
    case 'action':
      return {
        kind,
        id,
        action: 'my-visits',
        text: noTexts,
        healthcareServiceIds: [],
        locationIds: [],
        files: [],
        details: [],
        next: '',
        otherwise: '',
      };
    case 'jump':
      return { kind, id, target: '' };
    default:
      return { kind, id, text: noTexts };
  }
}

export const replaced = (document: FlowDocument, id: string, node: FlowNode): FlowDocument => ({
  ...document,
  nodes: document.nodes.map((one) => (one.id === id ? node : one)),
});

/** A new step below another: on its first open way, else between it and what follows on its first way. */
export function addedBelow(document: FlowDocument, above: string, kind: NodeKind): { document: FlowDocument; id: string } {
  const id = freeId(document, kind);
  const parent = document.nodes.find((node) => node.id === above);
  let made = newNode(kind, id);
  let nodes = document.nodes;
  if (parent) {
    const ways = waysOf(parent);
    const open = ways.find((each) => each.to === '') ?? ways[0];
    if (open) {
      const inner = waysOf(made)[0];
      if (open.to !== '' && inner) made = leading(made, inner.way, open.to);
      nodes = nodes.map((node) => (node.id === above ? leading(node, open.way, id) : node));
    }
  }
  const at = nodes.findIndex((node) => node.id === above);
  return { document: { ...document, nodes: nodes.toSpliced(at < 0 ? nodes.length : at + 1, 0, made) }, id };
}

/** The same step once more, with an id of its own; nothing leads to it yet. */
export function copied(document: FlowDocument, id: string): { document: FlowDocument; id: string } {
  const at = document.nodes.findIndex((node) => node.id === id);
  const node = document.nodes[at];
  if (!node) return { document, id };
  const copy = freeId(document, node.id.replace(/-\d+$/, ''));
  return { document: { ...document, nodes: document.nodes.toSpliced(at + 1, 0, { ...node, id: copy }) }, id: copy };
}

/** Without a step: what led to it leads to what followed it on its first way. The first step stays. */
export function removed(document: FlowDocument, id: string): FlowDocument {
  if (id === document.start) return document;
  const gone = document.nodes.find((node) => node.id === id);
  const after = gone ? (waysOf(gone)[0]?.to ?? '') : '';
  return {
    ...document,
    positions: (document.positions ?? []).filter((one) => one.node !== id),
    nodes: document.nodes
      .filter((node) => node.id !== id)
      .map((node) => waysOf(node).reduce((now, each) => (each.to === id ? leading(now, each.way, after === id ? '' : after) : now), node)),
  };
}

/** A step that an option leads to, one place up or down: the option moves. Other steps are in the order in which they follow. */
export function moved(document: FlowDocument, row: Row, by: -1 | 1): FlowDocument {
  const way = row.by;
  if (way === null || typeof way !== 'object') return document;
  const menu = document.nodes.find((node) => node.kind === 'menu' && node.options[way.option]?.next === row.node.id);
  if (menu?.kind !== 'menu') return document;
  const to = way.option + by;
  const option = menu.options[way.option];
  if (!option || to < 0 || to >= menu.options.length) return document;
  return replaced(document, menu.id, { ...menu, options: menu.options.toSpliced(way.option, 1).toSpliced(to, 0, option) });
}
