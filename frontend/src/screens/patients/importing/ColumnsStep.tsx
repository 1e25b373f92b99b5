import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { type AnyImport, checkImport, importQuery } from '../../../api/imports';
import { fieldSentences } from '../../../api/problems';
import type { ImportField } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { Button } from '../../../ui/Button';
import { Check, SelectField } from '../../../ui/Field';
import { FormError } from '../../../ui/FormError';
import layout from '../../../ui/layout.module.css';
import typography from '../../../ui/typography.module.css';
import { identifierKinds } from '../patientDraft';
import { ColumnList } from './ColumnList';
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

/** Which column holds what, beside what stands in it. */
export function ColumnsStep({ one, onBegun }: { one: AnyImport; onBegun: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<ImportField[]>(() => one.columns.map((column) => column.field as ImportField));
  const [updateExisting, setUpdateExisting] = useState(one.updateExisting ?? false);
  const [monthFirst, setMonthFirst] = useState(one.monthFirst);
  const checking = useMutation({
    mutationFn: () => checkImport(clinic.id, one, { kind: 'patients', body: { fields: chosen, updateExisting, monthFirst } }),
    onSuccess: (begun) => {
      client.setQueryData(importQuery(clinic.id, 'patients', one.id).queryKey, begun);
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
      <ColumnList kind="patients" one={one} choices={choices} chosen={chosen} onChosen={setChosen} nameOf={nameOf} />
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
