import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useDeferredValue, useState } from 'react';
import { patientSearchQuery } from '../../api/queries';
import type { Patient } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import typography from '../../ui/typography.module.css';
import styles from './Family.module.css';

const SHOWN = 6;

/** Finds other patients of a family by name or phone; before anything is typed it offers those with the same number. */
export function AddMember({ known, phone, onAdd }: { known: readonly string[]; phone: string | null; onAdd: (patient: Patient) => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const [text, setText] = useState('');
  const typed = useDeferredValue(text.trim());
  const wanted = typed.length >= 2 ? typed : typed === '' ? (phone ?? '') : '';
  const { data } = useQuery({ ...patientSearchQuery(clinic.id, wanted, SHOWN), enabled: wanted !== '' });
  const found = (wanted === '' ? [] : (data?.items ?? [])).filter((one) => !known.includes(one.id));
  const add = (one: Patient) => {
    onAdd(one);
    setText('');
  };
  return (
    <div>
      <TextField
        label={t('family.addMember')}
        type="search"
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // The form is saved by its button: here Enter chooses.
          event.preventDefault();
          if (typed.length >= 2 && found[0]) add(found[0]);
        }}
        data-testid="family-search"
      />
      <div aria-live="polite">
        {found.length > 0 && (
          <>
            {typed === '' && <p className={clsx(typography.small, typography.muted, styles.same)}>{t('family.samePhone')}</p>}
            <ul className={styles.found}>
              {found.map((one) => (
                <li key={one.id}>
                  <Button small onClick={() => add(one)} data-testid="family-option">
                    {one.displayName}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}
