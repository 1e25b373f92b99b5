import { IconPlus, IconTrash } from '@tabler/icons-react';
import clsx from 'clsx';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type FlowDocument, type FlowFault, type FlowNode, type NodeKind, nodeKinds } from '../../api/flowTypes';
import { useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { SelectField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import styles from './Flows.module.css';
import { addedBelow, moved, outline, type Row, removed, type Way } from './flowTree';

interface Props {
  document: FlowDocument;
  faults: FlowFault[];
  open: string | null;
  onOpen: (id: string) => void;
  /** Left out when nothing may be changed. */
  onChange?: (document: FlowDocument) => void;
}

/** The steps as a tree: arrows move, Enter edits, Alt with arrows changes the order, N adds below, Delete removes. */
export function FlowList({ document, faults, open, onOpen, onChange }: Props) {
  const { t } = useWords();
  const rows = outline(document);
  const [kind, setKind] = useState<NodeKind>('message');
  const items = useRef(new Map<string, HTMLDivElement>());
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    items.current.get(wanted.current)?.focus();
    wanted.current = null;
  });
  const current = rows.findIndex((row) => row.node.id === open);
  const go = (at: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, at))];
    if (!row) return;
    wanted.current = row.node.id;
    onOpen(row.node.id);
  };
  const add = (below: string) => {
    if (!onChange) return;
    const made = addedBelow(document, below, kind);
    wanted.current = made.id;
    onChange(made.document);
    onOpen(made.id);
  };
  const remove = (at: number) => {
    const row = rows[at];
    if (!onChange || !row || row.node.id === document.start) return;
    onChange(removed(document, row.node.id));
    go(at === 0 ? 1 : at - 1);
  };
  const keys = (event: KeyboardEvent, at: number, row: Row) => {
    const down = event.key === 'ArrowDown';
    if (down || event.key === 'ArrowUp') {
      if (event.altKey) onChange?.(moved(document, row, down ? 1 : -1));
      else go(at + (down ? 1 : -1));
      wanted.current ??= row.node.id;
    } else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(rows.length - 1);
    else if (event.key === 'Enter') window.document.getElementById('flow-step')?.focus();
    else if (event.key.toLowerCase() === 'n' && !event.ctrlKey && !event.metaKey) add(row.node.id);
    else if (event.key === 'Delete') remove(at);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div role="tree" aria-label={t('flows.steps')} className={styles.tree} data-testid="flow-steps">
        {rows.map((row, at) => {
          const own = faults.filter((fault) => fault.node === row.node.id && !fault.warning).length;
          return (
            <div
              key={row.node.id}
              ref={(element) => {
                if (element) items.current.set(row.node.id, element);
                else items.current.delete(row.node.id);
              }}
              role="treeitem"
              aria-level={row.level}
              aria-selected={row.node.id === open}
              tabIndex={at === (current < 0 ? 0 : current) ? 0 : -1}
              className={clsx(styles.item, row.node.id === open && styles.chosen)}
              style={{ paddingInlineStart: 8 + 18 * (row.level - 1) }}
              onClick={() => onOpen(row.node.id)}
              onKeyDown={(event) => keys(event, at, row)}
            >
              <span className={clsx(typography.small, typography.muted, styles.number)}>{row.number}</span>
              <span className={layout.fill}>
                {row.by !== null && row.by !== 'next' && (
                  <span className={clsx(typography.small, typography.muted, styles.by)}>{wayIn(document, row, t)}</span>
                )}
                <span>{titleOf(row.node, t)}</span>
                {row.goesTo.map((each) => (
                  <span key={JSON.stringify(each.by) + each.node} className={clsx(typography.small, typography.muted, styles.by)}>
                    {t('flows.goesTo', { number: each.number })}
                  </span>
                ))}
              </span>
              <span className={clsx(typography.small, typography.muted)}>{t(`flows.kind.${row.node.kind}`)}</span>
              {own > 0 && <span className={styles.fault}>{t('flows.faults', { count: own })}</span>}
            </div>
          );
        })}
      </div>
      {onChange && (
        <div className={clsx(layout.row, layout.wrap, styles.add)}>
          <SelectField label={t('flows.newKind')} value={kind} onChange={(event) => setKind(event.target.value as NodeKind)}>
            {nodeKinds.map((one) => (
              <option key={one} value={one}>
                {t(`flows.kind.${one}`)}
              </option>
            ))}
          </SelectField>
          <Button onClick={() => add(open ?? document.start)} data-testid="step-add">
            <Icon of={IconPlus} />
            {t('flows.addStep')}
          </Button>
          <Button
            kind="quiet"
            disabled={open === null || open === document.start}
            onClick={() => remove(current)}
            data-testid="step-remove"
          >
            <Icon of={IconTrash} />
            {t('flows.removeStep')}
          </Button>
        </div>
      )}
      <p className={clsx(typography.small, typography.muted)}>{t('flows.keys')}</p>
    </>
  );
}

type Say = (key: string, values?: Record<string, unknown>) => string;

/** What a step says first, in whatever language somebody wrote; its id while nobody did. */
export function titleOf(node: FlowNode, t: Say): string {
  if (node.kind === 'action') return t(`flows.action.${node.action}`);
  if (node.kind === 'condition') return t(`flows.test.${node.test}`);
  const text = 'text' in node ? node.text : null;
  return (text && (text.es || text.en || text.pt)) || node.id;
}

function wayIn(document: FlowDocument, row: Row, t: Say): string {
  const way: Way | null = row.by;
  if (way !== null && typeof way === 'object') {
    for (const node of document.nodes) {
      const option = node.kind === 'menu' ? node.options[way.option] : undefined;
      if (option?.next === row.node.id) {
        const { label } = option;
        return t('flows.ifChosen', { label: label.es || label.en || label.pt || option.id });
      }
    }
  }
  return t(`flows.way.${String(way)}`);
}
