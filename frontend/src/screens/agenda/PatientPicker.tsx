import { IconPlus, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState } from 'react';
import { patientSearchQuery } from '../../api/queries';
import type { Patient } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Icon } from '../../ui/Icon';

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
      <div className="field">
        <span className="lab">{t('visit.patient')}</span>
        <div className="picked">
          <Icon of={IconUser} />
          <span className="grow0">
            <b className="b el blk">{patient.displayName}</b>
            <span className="small muted">{patient.phoneNational ?? t('visit.noPhone')}</span>
          </span>
          <button type="button" className="btn quiet sm sp" onClick={() => onPick(null)}>
            {t('action.change')}
          </button>
        </div>
        {patient.messaging === 'opted-out' && <p className="hint">{t('patients.optedOutHint')}</p>}
      </div>
    );
  }
  return (
    <div className="field picker">
      <label className="lab" htmlFor={id}>
        {t('visit.patient')}
      </label>
      <input
        id={id}
        className="inp"
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
        <p className="hint err" id={`${id}-e`}>
          {error}
        </p>
      )}
      {open && (
        <div className="picks" role="listbox" id={`${id}-list`} aria-label={t('visit.patient')}>
          {found.map((one, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works the list from the text box above it
            <div
              key={one.id}
              id={`${id}-${one.id}`}
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              className="pick"
              data-testid="patient-option"
              onClick={() => onPick(one)}
              onPointerMove={() => setAt(index)}
            >
              <b className="b el">{one.displayName}</b>
              <span className="small muted sp nw">{one.phoneNational ?? t('visit.noPhone')}</span>
            </div>
          ))}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works the list from the text box above it */}
          <div
            role="option"
            aria-selected={at >= found.length}
            tabIndex={-1}
            className="pick"
            data-testid="patient-new"
            onClick={() => onNew(text.trim())}
            onPointerMove={() => setAt(found.length)}
          >
            <Icon of={IconPlus} small />
            <span className="b">{t('book.newPatient', { name: text.trim() })}</span>
            {found.length === 0 && !isFetching && <span className="small muted sp">{t('book.nobodyFound')}</span>}
          </div>
        </div>
      )}
    </div>
  );
}
