import type { FlowDocument, FlowNode } from '../../api/flowTypes';

/** What differs between two versions: a step, or the rules of the flow as a whole. */
export interface Difference {
  kind: 'added' | 'removed' | 'changed';
  /** Null for the flow as a whole. */
  node: FlowNode | null;
  /** Which parts of it, as the document names them; empty unless it changed. */
  parts: Part[];
}
export type Part = 'kind' | 'text' | 'options' | 'leads' | 'what' | 'triggers' | 'languages' | 'rules' | 'start';

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Where it leads to, apart from what it says: the order of the ways counts. */
const leads = (node: FlowNode): unknown => {
  switch (node.kind) {
    case 'menu':
      return node.options.map((option) => option.next);
    case 'message':
    case 'question':
      return node.next;
    case 'condition':
      return [node.yes, node.no];
    case 'action':
      return [node.next, node.otherwise];
    case 'jump':
      return node.target;
    default:
      return null;
  }
};
const options = (node: FlowNode): unknown =>
  node.kind === 'menu' ? node.options.map(({ next: _next, ...said }) => said) : node.kind === 'question' ? node.choices : null;
const what = (node: FlowNode): unknown => {
  switch (node.kind) {
    case 'condition':
      return [node.test, node.value, node.name];
    case 'action':
      return [node.action, node.healthcareServiceIds, node.locationIds, node.files, node.details];
    case 'question':
      return [node.answer, node.name];
    default:
      return null;
  }
};
const says = (node: FlowNode): unknown => ('text' in node ? [node.text, node.kind === 'question' ? node.invalid : null] : null);

function parts(before: FlowNode, after: FlowNode): Part[] {
  if (before.kind !== after.kind) return ['kind'];
  const found: Part[] = [];
  if (!same(says(before), says(after))) found.push('text');
  if (!same(options(before), options(after))) found.push('options');
  if (!same(what(before), what(after))) found.push('what');
  if (!same(leads(before), leads(after))) found.push('leads');
  return found;
}

/** From an older version to a newer one, in the order of the newer; what is gone comes last. */
export function differences(before: FlowDocument, after: FlowDocument): Difference[] {
  const found: Difference[] = [];
  const whole: Part[] = (['triggers', 'languages', 'rules', 'start'] as const).filter((part) => !same(before[part], after[part]));
  if (whole.length > 0) found.push({ kind: 'changed', node: null, parts: whole });
  const older = new Map(before.nodes.map((node) => [node.id, node]));
  for (const node of after.nodes) {
    const old = older.get(node.id);
    if (!old) found.push({ kind: 'added', node, parts: [] });
    else {
      const changed = parts(old, node);
      if (changed.length > 0) found.push({ kind: 'changed', node, parts: changed });
    }
  }
  const newer = new Set(after.nodes.map((node) => node.id));
  for (const node of before.nodes) if (!newer.has(node.id)) found.push({ kind: 'removed', node, parts: [] });
  return found;
}
