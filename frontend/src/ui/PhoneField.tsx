import type { ReactNode } from 'react';
import { useClinic, useWords } from '../app/clinic';
import { TextField } from './Field';
import { phoneText, phoneTrouble, readPhone } from './phone';

interface Props {
  label: ReactNode;
  hint: string;
  value: string;
  onValue: (typed: string) => void;
  /** Whether a gap is worth a word already; not while the first digits are being typed. */
  strict: boolean;
  error?: string;
  testId: string;
}

/** A phone as people write it where the clinic is; says which number that is. */
export function PhoneField({ label, hint, value, onValue, strict, error, testId }: Props) {
  const { t } = useWords();
  const clinic = useClinic();
  const read = value.trim() ? readPhone(value, clinic.country) : null;
  const trouble = phoneTrouble(value, clinic.country);
  return (
    <TextField
      label={label}
      type="tel"
      inputMode="tel"
      required
      data-autofocus
      data-testid={testId}
      value={value}
      onChange={(event) => onValue(event.target.value)}
      error={error ?? (strict && trouble ? t(`patients.phone.${trouble}`) : undefined)}
      hint={read ? t('pairing.phoneRead', { phone: phoneText(read) }) : hint}
    />
  );
}
