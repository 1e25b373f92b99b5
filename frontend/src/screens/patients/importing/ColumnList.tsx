import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { type AnyImport, type ImportKind, importPreviewQuery } from '../../../api/imports';
import { useClinic, useWords } from '../../../app/clinic';
import fields from '../../../ui/fields.module.css';
import typography from '../../../ui/typography.module.css';
import styles from './ImportPage.module.css';

const SAMPLES = 3;

interface Props<Field extends string> {
  kind: ImportKind;
  one: AnyImport;
  /** `ignore` first; every other one is offered once. */
  choices: readonly Field[];
  /** More to choose from, under a title of its own; nothing is shown for none. */
  more?: { title: string; choices: readonly Field[] };
  chosen: readonly Field[];
  onChosen: (change: (before: Field[]) => Field[]) => void;
  nameOf: (field: Field) => string;
}

/** What was recognised, and which column holds what, beside what stands in it. */
export function ColumnList<Field extends string>({ kind, one, choices, more, chosen, onChosen, nameOf }: Props<Field>) {
  const { t } = useWords();
  const clinic = useClinic();
  const preview = useQuery(importPreviewQuery(clinic.id, kind, one.id));
  const options = (offered: readonly Field[], held: Field | undefined) =>
    offered.map((field) => (
      <option key={field} value={field} disabled={field !== 'ignore' && field !== held && chosen.includes(field)}>
        {nameOf(field)}
      </option>
    ));
  return (
    <>
      <p className={clsx(typography.muted, styles.remark)}>
        {t(one.format === 'csv' ? 'import.recognisedCsv' : 'import.recognisedXlsx', {
          encoding: one.encoding ?? '',
          delimiter: one.delimiter === '\t' ? 'Tab' : (one.delimiter ?? ''),
        })}
      </p>
      <ul className={styles.columns}>
        {one.columns.map((column, at) => (
          // Columns keep their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have no name
          <li key={at} className={styles.column} data-ignored={chosen[at] === 'ignore' || undefined}>
            <div className={styles.columnText}>
              <b className={typography.strong}>{column.name || t('import.noName', { number: at + 1 })}</b>
              <span className={clsx(typography.small, typography.muted)}>
                {(preview.data ?? [])
                  .map((row) => row.cells[at])
                  .filter(Boolean)
                  .slice(0, SAMPLES)
                  .join(' · ') || t('import.emptyColumn')}
              </span>
            </div>
            <select
              className={clsx(fields.input, fields.select)}
              aria-label={t('import.holds', { column: column.name || at + 1 })}
              data-testid={`import-column-${at}`}
              value={chosen[at]}
              onChange={(event) =>
                onChosen((before) => before.map((field, index) => (index === at ? (event.target.value as Field) : field)))
              }
            >
              {options(choices, chosen[at])}
              {more && more.choices.length > 0 && <optgroup label={more.title}>{options(more.choices, chosen[at])}</optgroup>}
            </select>
          </li>
        ))}
      </ul>
    </>
  );
}
