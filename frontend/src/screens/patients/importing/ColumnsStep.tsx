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
import { useCustomFields } from '../../customfields/useCustomFields';
import { identifierKinds } from '../patientDraft';
import { ColumnList } from './ColumnList';
import styles from './ImportPage.module.css';

const choices = [
  'ignore',
  'given-name',
  'family-name',
  'full-name',
  'phone',
  'phone-owner',
  'other-phones',
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

/** What a column holds: a field of every card, or the key of one of the clinic's own behind a sign. */
type Held = ImportField | `custom:${string}`;
const OWN = 'custom:';
const ownKey = (held: Held): string | null => (held.startsWith(OWN) ? held.slice(OWN.length) : null);
const planOf = (chosen: readonly Held[]) => ({
  fields: chosen.map((held) => (ownKey(held) === null ? (held as ImportField) : 'ignore')),
  customFields: chosen.flatMap((held, column) => {
    const key = ownKey(held);
    return key === null ? [] : [{ column, key }];
  }),
});

/** Which column holds what, beside what stands in it. */
export function ColumnsStep({ one, onBegun }: { one: AnyImport; onBegun: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const ownFields = useCustomFields('patient').filter((field) => field.active);
  const [chosen, setChosen] = useState<Held[]>(() =>
    one.columns.map((column): Held => (column.customField ? `${OWN}${column.customField}` : (column.field as ImportField))),
  );
  const [updateExisting, setUpdateExisting] = useState(one.updateExisting ?? false);
  const [monthFirst, setMonthFirst] = useState(one.monthFirst);
  const checking = useMutation({
    mutationFn: () => checkImport(clinic.id, one, { kind: 'patients', body: { ...planOf(chosen), updateExisting, monthFirst } }),
    onSuccess: (begun) => {
      client.setQueryData(importQuery(clinic.id, 'patients', one.id).queryKey, begun);
      onBegun();
    },
  });
  const refused = fieldSentences(checking.error, t);
  const why = Object.entries(refused).find(([name]) => /^(fields|customFields)/.test(name))?.[1];
  const nameOf = (held: Held): string => {
    const key = ownKey(held);
    if (key !== null) return ownFields.find((field) => field.key === key)?.label ?? key;
    const field = held as ImportField;
    return t(isPaper(field) ? `person.kind.${field}` : `import.field.${field}`);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        checking.mutate();
      }}
    >
      <ColumnList
        kind="patients"
        one={one}
        choices={choices}
        more={{ title: t('custom.title'), choices: ownFields.map((field): Held => `${OWN}${field.key}`) }}
        chosen={chosen}
        onChosen={setChosen}
        nameOf={nameOf}
      />
      <div className={styles.choices}>
        {(chosen.includes('birth-date') || ownFields.some((field) => field.type === 'date' && chosen.includes(`${OWN}${field.key}`))) && (
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
