import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { type AnyImport, checkImport, importQuery } from '../../../api/imports';
import { fieldSentences } from '../../../api/problems';
import type { AppointmentImport } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { Button } from '../../../ui/Button';
import { SelectField } from '../../../ui/Field';
import { FormError } from '../../../ui/FormError';
import layout from '../../../ui/layout.module.css';
import typography from '../../../ui/typography.module.css';
import { ColumnList } from './ColumnList';
import styles from './ImportPage.module.css';

type VisitField = AppointmentImport['columns'][number]['field'];

const choices = [
  'ignore',
  'patient-identifier',
  'patient-phone',
  'patient-name',
  'patient-birth-date',
  'practitioner',
  'service',
  'location',
  'room',
  'start',
  'date',
  'time',
  'end',
  'duration',
  'status',
  'note',
  'external-id',
] as const satisfies readonly VisitField[];

/** Which column holds what of a visit, what is true of past ones, and what patients are told of those to come. */
export function VisitColumnsStep({ one, onBegun }: { one: AnyImport; onBegun: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<VisitField[]>(() => one.columns.map((column) => column.field as VisitField));
  const [monthFirst, setMonthFirst] = useState(one.monthFirst);
  const [pastStatus, setPastStatus] = useState(one.pastStatus ?? 'fulfilled');
  const [notices, setNotices] = useState(one.notices ?? 'reminders');
  const checking = useMutation({
    mutationFn: () => checkImport(clinic.id, one, { kind: 'appointments', body: { fields: chosen, monthFirst, pastStatus, notices } }),
    onSuccess: (begun) => {
      client.setQueryData(importQuery(clinic.id, 'appointments', one.id).queryKey, begun);
      onBegun();
    },
  });
  const refused = fieldSentences(checking.error, t);
  const why = Object.entries(refused).find(([name]) => name.startsWith('fields'))?.[1];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        checking.mutate();
      }}
    >
      <ColumnList
        kind="appointments"
        one={one}
        choices={choices}
        chosen={chosen}
        onChosen={setChosen}
        nameOf={(field) => t(`visitImport.field.${field}`)}
      />
      <div className={styles.choices}>
        <SelectField
          label={t('import.dates')}
          value={monthFirst ? 'month' : 'day'}
          onChange={(event) => setMonthFirst(event.target.value === 'month')}
        >
          <option value="day">{t('import.dayFirst')}</option>
          <option value="month">{t('import.monthFirst')}</option>
        </SelectField>
        <SelectField
          label={t('visitImport.past')}
          hint={t('visitImport.pastHint')}
          value={pastStatus}
          onChange={(event) => setPastStatus(event.target.value as typeof pastStatus)}
        >
          {(['fulfilled', 'noshow'] as const).map((each) => (
            <option key={each} value={each}>
              {t(`visitImport.pastStatus.${each}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('visitImport.notices')}
          hint={t('visitImport.noticesHint')}
          value={notices}
          onChange={(event) => setNotices(event.target.value as typeof notices)}
          data-testid="import-notices"
        >
          {(['none', 'reminders', 'all'] as const).map((each) => (
            <option key={each} value={each}>
              {t(`visitImport.notice.${each}`)}
            </option>
          ))}
        </SelectField>
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
