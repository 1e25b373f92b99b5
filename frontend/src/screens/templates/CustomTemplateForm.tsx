import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../api/keys';
import { changeCustomTemplate, createCustomTemplate } from '../../api/templates';
import type { CustomTemplate } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Check, Segments, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import fields from '../../ui/fields.module.css';

interface Props {
  /** The one to rename or archive; null for a new one. */
  template: CustomTemplate | null;
  onClose: () => void;
  onSaved: (saved: CustomTemplate) => void;
}

/** Names a template of the clinic's own. What its messages are for is said once: another consent was asked for the other. */
export function CustomTemplateForm({ template, onClose, onSaved }: Props) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [name, setName] = useState(template?.name ?? '');
  const [purpose, setPurpose] = useState<CustomTemplate['purpose']>(template?.purpose ?? 'care');
  const [archived, setArchived] = useState(false);
  const body = { name: name.trim(), purpose, archived };
  const { saving, refused } = useSaving(
    (sent: typeof body, key) =>
      template
        ? changeCustomTemplate(clinic.id, template, { name: sent.name, archived: sent.archived })
        : createCustomTemplate(clinic.id, { name: sent.name, purpose: sent.purpose }, key),
    async (saved) => {
      await client.invalidateQueries({ queryKey: keys.of(clinic.id, 'templates') });
      onSaved(saved);
    },
  );
  return (
    <SavingForm saving={saving} body={body} incomplete={!body.name} onClose={onClose}>
      <TextField
        label={t('wording.name')}
        value={name}
        maxLength={80}
        required
        error={refused.name}
        onChange={(event) => setName(event.target.value)}
        data-testid="template-name"
      />
      {template ? (
        <Check
          type="checkbox"
          label={t('wording.archive')}
          hint={t('wording.archiveHint')}
          checked={archived}
          onChange={(event) => setArchived(event.target.checked)}
        />
      ) : (
        <div>
          <span className={fields.label}>{t('wording.for')}</span>
          <Segments
            label={t('wording.for')}
            value={purpose}
            onChange={setPurpose}
            options={[
              { value: 'care', label: t('wording.care') },
              { value: 'marketing', label: t('wording.marketing') },
            ]}
          />
          <p className={fields.hint}>{t(`wording.purpose.${purpose}`)}</p>
        </div>
      )}
    </SavingForm>
  );
}
