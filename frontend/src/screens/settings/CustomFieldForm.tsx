import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeCustomField, createCustomField } from '../../api/customFields';
import { keys } from '../../api/keys';
import type { CustomField, CustomFieldChange } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Check, SelectField, TextArea, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { fold } from '../../ui/fold';
import { done } from '../../ui/notices';

const types = ['text', 'number', 'date', 'choice', 'yes-no'] as const satisfies readonly CustomField['type'][];

/** The label as a key: what names the field in programs, and never changes. */
const keyOf = (label: string) =>
  fold(label)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '') || 'campo';

interface Props {
  subject: CustomField['subject'];
  /** Null for a new one. */
  changed: CustomField | null;
  onClose: () => void;
}

/** Defines a field or changes one. */
export function CustomFieldForm({ subject, changed, onClose }: Props) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [type, setType] = useState<CustomField['type']>(changed?.type ?? 'text');
  const [choices, setChoices] = useState(changed?.choices.join('\n') ?? '');
  const [field, setField] = useState({
    label: changed?.label ?? '',
    required: changed?.required ?? false,
    active: changed?.active ?? true,
  });
  const set = (change: Partial<typeof field>) => setField((before) => ({ ...before, ...change }));
  const body: CustomFieldChange = {
    ...field,
    label: field.label.trim(),
    choices:
      type === 'choice'
        ? choices
            .split('\n')
            .map((one) => one.trim())
            .filter(Boolean)
        : [],
  };
  const { saving, refused } = useSaving(
    (written: CustomFieldChange, key) => {
      if (changed) return changeCustomField(clinic.id, changed, written);
      const { active: _, ...rest } = written;
      return createCustomField(clinic.id, { ...rest, subject, key: keyOf(rest.label), type }, key);
    },
    (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'organization') });
      done(t(changed ? 'settings.changed' : 'settings.added', { name: saved.label }), t('action.close'));
      onClose();
    },
  );
  return (
    <SavingForm saving={saving} body={body} incomplete={!body.label || (type === 'choice' && body.choices.length === 0)} onClose={onClose}>
      <TextField
        label={t('custom.label')}
        hint={t('custom.labelHint')}
        required
        maxLength={60}
        data-autofocus
        data-testid="custom-label"
        value={field.label}
        onChange={(event) => set({ label: event.target.value })}
        error={refused.label ?? refused.key}
      />
      <SelectField
        label={t('custom.what')}
        hint={changed ? t('custom.fixed') : undefined}
        disabled={changed !== null}
        value={type}
        onChange={(event) => setType(event.target.value as CustomField['type'])}
        data-testid="custom-type"
      >
        {types.map((each) => (
          <option key={each} value={each}>
            {t(`custom.type.${each}`)}
          </option>
        ))}
      </SelectField>
      {type === 'choice' && (
        <TextArea
          label={t('custom.choices')}
          hint={t('custom.choicesHint')}
          rows={4}
          value={choices}
          onChange={(event) => setChoices(event.target.value)}
          error={Object.entries(refused).find(([name]) => name.startsWith('choices'))?.[1]}
          data-testid="custom-choices"
        />
      )}
      <Check
        type="checkbox"
        checked={field.required}
        onChange={(event) => set({ required: event.target.checked })}
        label={t('custom.required')}
        hint={t('custom.requiredHint')}
      />
      {changed && (
        <Check
          type="checkbox"
          checked={field.active}
          onChange={(event) => set({ active: event.target.checked })}
          label={t('custom.active')}
          hint={t('custom.activeHint')}
          data-testid="custom-active"
        />
      )}
    </SavingForm>
  );
}
