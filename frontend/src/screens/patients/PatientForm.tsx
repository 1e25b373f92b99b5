import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { createPatient, updatePatient } from '../../api/actions';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { fieldSentences, isStale } from '../../api/problems';
import { patientQuery } from '../../api/queries';
import type { Language, Messaging, Patient, PatientInput } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { languageNames, languages } from '../../i18n';
import { Conflict } from '../../ui/Conflict';
import { Check, SelectField, TextArea, TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import { phoneText, phoneTrouble, readPhone } from '../../ui/phone';

interface Props {
  patient?: Patient;
  /** What was typed in the search that found nobody: a name, or a phone. */
  typed?: string;
  saveLabel: string;
  onSaved: (patient: Patient) => void;
  onCancel: () => void;
}

type Draft = {
  givenName: string;
  familyName: string;
  phone: string;
  birthDate: string;
  language: Language;
  notes: string;
  messaging: Messaging;
};

/** A patient's card. The phone is read in the clinic's country while it is typed. */
export function PatientForm({ patient, typed = '', saveLabel, onSaved, onCancel }: Props) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => (patient ? draftOf(patient) : fresh(typed, clinic.locale)));
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [theirs, setTheirs] = useState<Patient | null>(null);
  const intention = useRef(new Intention());
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));

  const saving = useMutation({
    mutationFn: (seen: Patient | undefined) => {
      const body = inputOf(draft, clinic.country);
      return seen
        ? updatePatient(clinic.id, seen, { ...body, messaging: draft.messaging })
        : intention.current.carryOut(body, (key) => createPatient(clinic.id, body, key));
    },
    onSuccess: (saved) => {
      client.setQueryData(patientQuery(clinic.id, saved.id).queryKey, saved);
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'patients') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
      onSaved(saved);
    },
    onError: async (error) => {
      if (isStale(error) && patient) setTheirs(await client.fetchQuery({ ...patientQuery(clinic.id, patient.id), staleTime: 0 }));
    },
  });
  const refused = { ...fieldSentences(saving.error, t), ...missing };
  const trouble = phoneTrouble(draft.phone, clinic.country);
  const read = draft.phone.trim() ? readPhone(draft.phone, clinic.country) : null;

  const submit = () => {
    const gaps: Record<string, string> = {};
    if (!draft.givenName.trim()) gaps.givenName = t('field.required');
    if (!draft.familyName.trim()) gaps.familyName = t('field.required');
    if (trouble) gaps.phone = t(`patients.phone.${trouble}`);
    setMissing(gaps);
    if (Object.keys(gaps).length === 0) saving.mutate(patient);
  };

  if (theirs) {
    const rows: [string, (one: Draft) => string][] = [
      [t('patients.givenName'), (one) => one.givenName],
      [t('patients.familyName'), (one) => one.familyName],
      [t('visit.phone'), (one) => one.phone],
      [t('patients.birthDate'), (one) => one.birthDate],
      [t('patients.messaging'), (one) => t(`patients.${one.messaging}`)],
      [t('patients.notes'), (one) => one.notes],
    ];
    const other = draftOf(theirs);
    return (
      <Conflict
        title={t('conflict.patient')}
        differences={rows.filter(([, of]) => of(draft) !== of(other)).map(([label, of]) => ({ label, mine: of(draft), theirs: of(other) }))}
        busy={saving.isPending}
        onKeepMine={() => {
          saving.mutate(theirs);
          setTheirs(null);
        }}
        onTakeTheirs={() => onSaved(theirs)}
      />
    );
  }
  return (
    <form
      noValidate
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        submit();
      }}
    >
      <div className="two">
        <TextField
          label={t('patients.givenName')}
          required
          data-autofocus
          data-testid="patient-given-name"
          value={draft.givenName}
          onChange={(event) => set({ givenName: event.target.value })}
          error={refused.givenName}
        />
        <TextField
          label={t('patients.familyName')}
          required
          data-testid="patient-family-name"
          value={draft.familyName}
          onChange={(event) => set({ familyName: event.target.value })}
          error={refused.familyName}
        />
      </div>
      <div className="two">
        <TextField
          label={t('patients.phoneLabel')}
          type="tel"
          data-testid="patient-phone"
          value={draft.phone}
          onChange={(event) => set({ phone: event.target.value })}
          error={refused.phone}
          hint={read ? t('patients.phoneRead', { phone: phoneText(read) }) : t('patients.phoneHint')}
        />
        <TextField
          label={t('patients.birthDate')}
          type="date"
          value={draft.birthDate}
          onChange={(event) => set({ birthDate: event.target.value })}
          error={refused.birthDate}
        />
      </div>
      <SelectField
        label={t('patients.language')}
        value={draft.language}
        onChange={(event) => set({ language: event.target.value as Language })}
      >
        {languages.map((each) => (
          <option key={each} value={each}>
            {languageNames[each]}
          </option>
        ))}
      </SelectField>
      <TextArea
        label={t('patients.notes')}
        value={draft.notes}
        maxLength={1000}
        onChange={(event) => set({ notes: event.target.value })}
        error={refused.notes}
      />
      {patient && (
        <Check
          type="checkbox"
          label={t('patients.mayMessage')}
          hint={t('patients.mayMessageHint')}
          checked={draft.messaging === 'allowed'}
          onChange={(event) => set({ messaging: event.target.checked ? 'allowed' : 'opted-out' })}
        />
      )}
      {saving.error && !isStale(saving.error) ? <FormError error={saving.error} /> : null}
      <div className="row wrap form-a">
        <button type="submit" className="btn pri" disabled={saving.isPending} data-testid="patient-save">
          {saveLabel}
        </button>
        <button type="button" className="btn" onClick={onCancel}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}

function fresh(typed: string, language: Language): Draft {
  const phone = /^[+\d][\d\s()-]{4,}$/.test(typed) ? typed : '';
  const [givenName = '', ...rest] = phone ? [] : typed.split(/\s+/);
  return { givenName, familyName: rest.join(' '), phone, birthDate: '', language, notes: '', messaging: 'allowed' };
}

const draftOf = (patient: Patient): Draft => ({
  givenName: patient.givenName,
  familyName: patient.familyName,
  phone: patient.phone ? phoneText(patient.phone) : '',
  birthDate: patient.birthDate ?? '',
  language: patient.language,
  notes: patient.notes ?? '',
  messaging: patient.messaging,
});

const inputOf = (draft: Draft, country: string): PatientInput => ({
  givenName: draft.givenName.trim(),
  familyName: draft.familyName.trim(),
  phone: draft.phone.trim() ? (readPhone(draft.phone, country) ?? draft.phone.trim()) : null,
  birthDate: draft.birthDate || null,
  language: draft.language,
  notes: draft.notes.trim() || null,
});
