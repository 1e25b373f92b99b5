import clsx from 'clsx';
import { useState } from 'react';
import { noShowCodes } from '../../api/states';
import type { Appointment, NoShowCode } from '../../api/types';
import { useWords } from '../../app/clinic';
import { useVisitChanges } from '../../app/visitChanges';
import { Button } from '../../ui/Button';
import { SelectField, TextField } from '../../ui/Field';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';
import visitPanelStyles from './VisitPanel.module.css';

/** Why somebody did not come, once the desk has found out; the patient is told nothing. */
export function NoShowForm({ visit, onClose }: { visit: Appointment; onClose: () => void }) {
  const { t } = useWords();
  const changes = useVisitChanges();
  const [code, setCode] = useState<NoShowCode | ''>(visit.noShowCode ?? '');
  const [reason, setReason] = useState(visit.noShowReason ?? '');
  return (
    <form
      className={clsx(forms.form, visitPanelStyles.form)}
      onSubmit={(event) => {
        event.preventDefault();
        changes.explainNoShow(visit, { code: code || null, reason: reason.trim() || null });
        onClose();
      }}
    >
      <h3>{t('details.noShow')}</h3>
      <SelectField
        label={t('details.noShow')}
        value={code}
        data-testid="no-show-code"
        onChange={(event) => setCode(event.currentTarget.value as NoShowCode | '')}
      >
        <option value="">{t('details.noShowUnknown')}</option>
        {noShowCodes.map((one) => (
          <option key={one} value={one}>
            {t(`details.noShowCodes.${one}`)}
          </option>
        ))}
      </SelectField>
      <TextField label={t('details.noShowMore')} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" data-testid="no-show-save">
          {t('action.save')}
        </Button>
        <Button onClick={onClose}>{t('action.back')}</Button>
      </div>
    </form>
  );
}
