import type { CustomField } from '../../api/types';
import { useWords } from '../../app/clinic';
import { SelectField, TextField } from '../../ui/Field';
import forms from '../../ui/forms.module.css';
import { useCustomFields } from './useCustomFields';
import { sentencesByKey, valuesOf, withValue } from './values';

interface Props {
  subject: CustomField['subject'];
  /** As `values.ts` writes them. */
  lines: string;
  onLines: (lines: string) => void;
  /** What the server refused, by the names of inputs. */
  refused: Record<string, string>;
}

/** Inputs for the fields that the clinic defined, two beside each other; nothing where there are none. */
export function CustomFieldInputs({ subject, lines, onLines, refused }: Props) {
  const fields = useCustomFields(subject).filter((field) => field.active);
  const values = new Map(valuesOf(lines).map((one) => [one.key, one.value]));
  const errors = sentencesByKey(refused, lines);
  if (fields.length === 0) return null;
  return (
    <div className={forms.columns} data-testid="custom-fields">
      {fields.map((field) => {
        const value = values.get(field.key) ?? '';
        return (
          <Input
            key={field.id}
            field={field}
            value={value}
            error={errors.get(field.key) ?? (field.required && !value ? refused.customFields : undefined)}
            onValue={(said) => onLines(withValue(lines, field.key, said))}
          />
        );
      })}
    </div>
  );
}

function Input(props: { field: CustomField; value: string; error: string | undefined; onValue: (value: string) => void }) {
  const { t } = useWords();
  const { field, value } = props;
  const common = { label: field.label, error: props.error, value, required: field.required, 'data-testid': `custom-${field.key}` };
  if (field.type === 'choice' || field.type === 'yes-no') {
    const choices = field.type === 'choice' ? field.choices : ['true', 'false'];
    return (
      <SelectField {...common} onChange={(event) => props.onValue(event.target.value)}>
        <option value="">—</option>
        {/* What was chosen before stays to be chosen, also when it is a choice no more. */}
        {[...new Set([...choices, ...(value ? [value] : [])])].map((choice) => (
          <option key={choice} value={choice}>
            {field.type === 'yes-no' ? t(choice === 'true' ? 'custom.yes' : 'custom.no') : choice}
          </option>
        ))}
      </SelectField>
    );
  }
  return (
    <TextField
      {...common}
      type={field.type === 'date' ? 'date' : 'text'}
      inputMode={field.type === 'number' ? 'decimal' : undefined}
      maxLength={field.type === 'number' ? 30 : 500}
      onChange={(event) => props.onValue(event.target.value)}
    />
  );
}
