import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { checkPatientImport } from '../../../api/actions';
import { fieldSentences } from '../../../api/problems';
import { importPreviewQuery, patientImportQuery } from '../../../api/queries';
import type { ImportField, PatientImport } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { Button } from '../../../ui/Button';
import { Check, SelectField } from '../../../ui/Field';
import { FormError } from '../../../ui/FormError';
import fields from '../../../ui/fields.module.css';
import layout from '../../../ui/layout.module.css';
import typography from '../../../ui/typography.module.css';
import { identifierKinds } from '../patientDraft';
import styles from './ImportPage.module.css';

const choices = [
  'ignore',
  'given-name',
  'family-name',
  'full-name',
  'phone',
  'email',
  'birth-date',
  'gender',
  'language',
  'tags',
  'notes',
  'identifier',
  ...identifierKinds,
] as const satisfies readonly ImportField[];

const isPaper = (field: ImportField) => (identifierKinds as readonly ImportField[]).includes(field);

const SAMPLES = 3;

/** Which column holds what, beside what stands in it. */
export function ColumnsStep({ one, onBegun }: { one: PatientImport; onBegun: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const preview = useQuery(importPreviewQuery(clinic.id, one.id));
  const [chosen, setChosen] = useState<ImportField[]>(() => one.columns.map((column) => column.field));
  const [updateExisting, setUpdateExisting] = useState(one.updateExisting);
  const [monthFirst, setMonthFirst] = useState(one.monthFirst);
  const checking = useMutation({
    mutationFn: () => checkPatientImport(clinic.id, one, { fields: chosen, updateExisting, monthFirst }),
    onSuccess: (begun) => {
      client.setQueryData(patientImportQuery(clinic.id, one.id).queryKey, begun);
      onBegun();
    },
  });
  const refused = fieldSentences(checking.error, t);
  const why = Object.entries(refused).find(([name]) => name.startsWith('fields'))?.[1];
  const nameOf = (field: ImportField) => t(isPaper(field) ? `person.kind.${field}` : `import.field.${field}`);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        checking.mutate();
      }}
    >
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
                setChosen((before) => before.map((field, index) => (index === at ? (event.target.value as ImportField) : field)))
              }
            >
              {choices.map((field) => (
                <option key={field} value={field} disabled={field !== 'ignore' && field !== chosen[at] && chosen.includes(field)}>
                  {nameOf(field)}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
      <div className={styles.choices}>
        {chosen.includes('birth-date') && (
          <SelectField
            label={t('import.dates')}
            value={monthFirst ? 'month' : 'day'}
            onChange={(event) => setMonthFirst(event.target.value === 'month')}
          >
            <option value="day">{t('import.dayFirst')}</option>
            <option value="month">{t('import.monthFirst')}</option>
          </SelectField>
        )}
        <Check
          type="checkbox"
          label={t('import.update')}
          hint={t('import.updateHint')}
          checked={updateExisting}
          onChange={(event) => setUpdateExisting(event.target.checked)}
        />
      </div>
      {checking.error ? <FormError error={checking.error}>{why && <p className={typography.small}>{why}</p>}</FormError> : null}
      <div className={clsx(layout.row, layout.wrap, styles.actions)}>
        <Button type="submit" kind="primary" disabled={checking.isPending} data-testid="import-check">
          {t('import.check')}
        </Button>
        <span className={clsx(typography.small, typography.muted)}>{t('import.checkHint')}</span>
      </div>
    </form>
  );
}
