import { IconPlus, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useDeferredValue, useId, useState } from 'react';
import { patientSearchQuery } from '../../api/queries';
import type { Patient } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import fields from '../../ui/fields.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import styles from './PatientPicker.module.css';

interface Props {
  patient: Patient | null;
  onPick: (patient: Patient | null) => void;
  /** Opens the form for somebody new, with what was typed. */
  onNew: (typed: string) => void;
  error?: string;
}

/** Finds a patient by name or phone, or leads to writing a new one. */
export function PatientPicker({ patient, onPick, onNew, error }: Props) {
  const { t } = useWords();
  const clinic = useClinic();
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const wanted = useDeferredValue(text.trim());
  const { data, isFetching } = useQuery({ ...patientSearchQuery(clinic.id, wanted, 6), enabled: wanted.length >= 2 && !patient });
  const found = wanted.length >= 2 ? (data?.items ?? []) : [];
  const open = text.trim().length >= 2 && !patient;

  if (patient) {
    return (
      <div>
        <span className={fields.label}>{t('visit.patient')}</span>
        <div className={styles.picked}>
          <Icon of={IconUser} />
          <span className={layout.fill}>
            <b className={clsx(typography.strong, typography.ellipsis, typography.block)}>{patient.displayName}</b>
            <span className={clsx(typography.small, typography.muted)}>{patient.phoneNational ?? t('visit.noPhone')}</span>
          </span>
          <Button kind="quiet" small className={layout.end} onClick={() => onPick(null)}>
            {t('action.change')}
          </Button>
        </div>
        {patient.messaging === 'opted-out' && <p className={fields.hint}>{t('patients.optedOutHint')}</p>}
      </div>
    );
  }
  return (
    <div className={styles.picker}>
      <label className={fields.label} htmlFor={id}>
        {t('visit.patient')}
      </label>
      <input
        id={id}
        className={fields.input}
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && found[at] ? `${id}-${found[at].id}` : undefined}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-e` : undefined}
        autoComplete="off"
        data-autofocus
        data-testid="patient-search"
        maxLength={100}
        placeholder={t('book.searchPatient')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt((now) => Math.min(found.length, now + 1));
          else if (event.key === 'ArrowUp') setAt((now) => Math.max(0, now - 1));
          else if (event.key === 'Enter' && open) {
            const chosen = found[at];
            if (chosen) onPick(chosen);
            else onNew(text.trim());
          } else return;
          event.preventDefault();
        }}
      />
      {error && (
        <p className={clsx(fields.hint, fields.error)} id={`${id}-e`}>
          {error}
        </p>
      )}
      {open && (
        <div className={styles.list} role="listbox" id={`${id}-list`} aria-label={t('visit.patient')}>
          {found.map((one, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works the list from the text box above it
            <div
              key={one.id}
              id={`${id}-${one.id}`}
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              className={styles.option}
              data-testid="patient-option"
              onClick={() => onPick(one)}
              onPointerMove={() => setAt(index)}
            >
              <b className={clsx(typography.strong, typography.ellipsis)}>{one.displayName}</b>
              <span className={clsx(typography.small, typography.muted, layout.end, typography.nowrap)}>
                {one.phoneNational ?? t('visit.noPhone')}
              </span>
            </div>
          ))}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works the list from the text box above it */}
          <div
            role="option"
            aria-selected={at >= found.length}
            tabIndex={-1}
            className={styles.option}
            data-testid="patient-new"
            onClick={() => onNew(text.trim())}
            onPointerMove={() => setAt(found.length)}
          >
            <Icon of={IconPlus} small />
            <span className={typography.strong}>{t('book.newPatient', { name: text.trim() })}</span>
            {found.length === 0 && !isFetching && (
              <span className={clsx(typography.small, typography.muted, layout.end)}>{t('book.nobodyFound')}</span>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
