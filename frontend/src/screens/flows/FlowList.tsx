import { IconAlertTriangle, IconCornerDownRight } from '@tabler/icons-react';
import clsx from 'clsx';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { FlowDocument, FlowFault, FlowFigures } from '../../api/flowTypes';
import { useWords } from '../../app/clinic';
import { Icon } from '../../ui/Icon';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './FlowList.module.css';
import { addedBelow, lostAt, moved, outline, type Row, removed, tookWay } from './flowTree';
import { kindIcons, shortly, titleOf, wayIn } from './stepWords';

interface Props {
  document: FlowDocument;
  faults: FlowFault[];
  /** Left out while nobody knows. */
  figures?: FlowFigures;
  open: string | null;
  onOpen: (id: string) => void;
  /** Left out when nothing may be changed. */
  onChange?: (document: FlowDocument) => void;
}

/** The steps as a tree: arrows move, Enter edits, Alt with arrows changes the order, N adds below, Delete removes. */
export function FlowList({ document, faults, figures, open, onOpen, onChange }: Props) {
  const { t, language } = useWords();
  const rows = outline(document);
  // A line that only says where a step stands is passed by the arrows and opens nothing by itself.
  const [link, setLink] = useState<string | null>(null);
  const items = useRef(new Map<string, HTMLDivElement>());
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    items.current.get(wanted.current)?.focus();
    wanted.current = null;
  });
  const here = rows.some((row) => row.key === link) ? link : open;
  const current = Math.max(
    0,
    rows.findIndex((row) => row.key === here),
  );
  const choose = (id: string) => {
    setLink(null);
    onOpen(id);
  };
  const go = (at: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, at))];
    if (!row) return;
    wanted.current = row.key;
    if (row.elsewhere === null) choose(row.node.id);
    else setLink(row.key);
  };
  const add = (below: string) => {
    if (!onChange) return;
    const made = addedBelow(document, below, 'message');
    wanted.current = made.id;
    onChange(made.document);
    choose(made.id);
  };
  const keys = (event: KeyboardEvent, at: number, row: Row) => {
    const down = event.key === 'ArrowDown';
    if (down || event.key === 'ArrowUp') {
      if (event.altKey) onChange?.(moved(document, row, down ? 1 : -1));
      else go(at + (down ? 1 : -1));
      wanted.current ??= row.key;
    } else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(rows.length - 1);
    else if (event.key === 'Enter' && row.elsewhere !== null) go(rows.findIndex((one) => one.key === row.node.id));
    else if (event.key === 'Enter') window.document.getElementById('flow-step')?.focus();
    else if (event.key.toLowerCase() === 'n' && !event.ctrlKey && !event.metaKey) add(row.node.id);
    else if (event.key === 'Delete' && onChange && row.elsewhere === null && row.node.id !== document.start) {
      onChange(removed(document, row.node.id));
      go(at === 0 ? 1 : at - 1);
    } else return;
    event.preventDefault();
  };
  const number = new Intl.NumberFormat(language);
  const passed = new Map((figures?.nodes ?? []).map((one) => [one.node, one]));
  return (
    <div className={styles.box}>
      <div className={styles.head} aria-hidden>
        <span>{t('flows.step')}</span>
        <span>{t('flows.type')}</span>
        <span>{t('flows.reached')}</span>
        <span>{t('flows.lost')}</span>
      </div>
      <div role="tree" aria-label={t('flows.steps')} data-testid="flow-steps">
        {rows.map((row, at) => {
          const own = row.elsewhere === null ? faults.filter((fault) => fault.node === row.node.id && !fault.warning) : [];
          const figure = passed.get(row.node.id);
          const came =
            row.elsewhere !== null && row.from
              ? tookWay(passed.get(row.from.id), row.from, row.by, row.node.id)
              : figures
                ? (figure?.reached ?? 0)
                : null;
          const lost = row.elsewhere === null && figure ? lostAt(figure) : 0;
          return (
            <div
              key={row.key}
              ref={(element) => {
                if (element) items.current.set(row.key, element);
                else items.current.delete(row.key);
              }}
              role="treeitem"
              aria-level={row.level}
              aria-selected={row.elsewhere === null && row.node.id === open}
              tabIndex={at === current ? 0 : -1}
              className={clsx(styles.item, row.elsewhere === null && row.node.id === open && styles.chosen)}
              style={{ '--level': row.level - 1 } as React.CSSProperties}
              onClick={() => choose(row.node.id)}
              onKeyDown={(event) => keys(event, at, row)}
            >
              <span className={styles.name}>
                <span className={styles.number}>{row.number}</span>
                <Icon of={row.elsewhere === null ? kindIcons[row.node.kind] : IconCornerDownRight} small />
                <span className={clsx(styles.title, row.elsewhere !== null && styles.link)}>{titleOf(row.node, t)}</span>
                {row.by !== null && row.by !== 'next' && <span className={styles.by}>{wayIn(row, t)}</span>}
              </span>
              <span className={styles.kind}>
                {row.elsewhere === null ? t(`flows.kind.${row.node.kind}`) : t('flows.goesTo', { number: row.elsewhere })}
              </span>
              <span className={styles.figure}>
                {came !== null && (
                  <>
                    {number.format(came)}
                    <span className={styles.readOut}> {t('flows.reached')}</span>
                  </>
                )}
              </span>
              <span className={clsx(styles.figure, styles.lost)}>
                {lost > 0 && (
                  <>
                    {number.format(lost)}
                    <span className={styles.readOut}> {t('flows.lost')}</span>
                  </>
                )}
              </span>
              <span className={styles.fault}>
                {own[0] && (
                  <StatusLabel tone="no" icon={IconAlertTriangle} bare>
                    {shortly(own[0], t)}
                    {own.length > 1 && ` +${own.length - 1}`}
                  </StatusLabel>
                )}
              </span>
            </div>
          );
        })}
      </div>
      <p className={clsx(typography.tiny, typography.muted, styles.keys)}>
        {onChange && <span className={styles.shortcuts}>{t('flows.keys')} </span>}
        {figures && t('flows.figuresOf', { days: figures.days, count: figures.sessions })}
      </p>
    </div>
  );
}
