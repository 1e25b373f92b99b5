import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { createPatient, updatePatient } from '../../api/actions';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { createPreregistration } from '../../api/preregistrations';
import { fieldSentences, hasCode, isStale, sentenceFor } from '../../api/problems';
import { patientQuery } from '../../api/queries';
import type { Language, Patient } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { languageNames, languages } from '../../i18n';
import { Button } from '../../ui/Button';
import { Conflict } from '../../ui/Conflict';
import { alike, layOn } from '../../ui/draft';
import { Check, SelectField, TextArea, TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';
import { done, failed } from '../../ui/notices';
import { phoneText, readPerson } from '../../ui/phone';
import { CustomFieldInputs } from '../customfields/CustomFieldInputs';
import { useCustomFields, useSaid } from '../customfields/useCustomFields';
import { valuesOf } from '../customfields/values';
import { Candidates } from './Candidates';
import { codesOf, OtherLanguages, useLanguageNames } from './OtherLanguages';
import { Papers } from './Papers';
import styles from './PatientForm.module.css';
import { PhoneLines } from './PhoneLines';
import { type Draft, draftOf, fresh, inputOf, lineOf, nameOf, phoneLineOf, withExtension } from './patientDraft';

interface Props {
  patient?: Patient;
  /** What was typed in the search that found nobody: a name, or a phone. */
  typed?: string;
  /** What somebody calls themselves, where the phone is known already. */
  named?: string;
  saveLabel: string;
  onSaved: (patient: Patient) => void;
  onCancel: () => void;
}

/** A patient's card. The phone is read in the clinic's country while it is typed. */
export function PatientForm({ patient, typed = '', named, saveLabel, onSaved, onCancel }: Props) {
  const { t } = useWords();
  const languageName = useLanguageNames();
  const clinic = useClinic();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() =>
    patient ? draftOf(patient, clinic.country) : { ...fresh(typed, clinic.locale, clinic.country), ...(named ? nameOf(named) : {}) },
  );
  // The version the draft was made from: a live refresh behind the dialog must not change what saving is checked against.
  const [base, setBase] = useState(patient);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [theirs, setTheirs] = useState<Patient | null>(null);
  const intention = useRef(new Intention());
  const ownFields = useCustomFields('patient');
  const said = useSaid();
  const [ask, setAsk] = useState(false);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));

  const saving = useMutation({
    mutationFn: ({ seen, written }: { seen: Patient | undefined; written: Draft }) => {
      const body = inputOf(written);
      return seen
        ? updatePatient(clinic.id, seen, { ...body, messaging: written.messaging, marketing: written.marketing })
        : intention.current.carryOut(body, (key) => createPatient(clinic.id, body, key));
    },
    onSuccess: (saved) => {
      client.setQueryData(patientQuery(clinic.id, saved.id).queryKey, saved);
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'patients') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
      if (!patient && ask) void askToComplete(saved);
      onSaved(saved);
    },
    onError: async (error) => {
      if (!isStale(error) || !base) return;
      const now = await client.fetchQuery({ ...patientQuery(clinic.id, base.id), staleTime: 0 });
      // Nothing a person could see has changed, so there is nothing to decide about.
      if (alike(draftOf(now, clinic.country), draftOf(base, clinic.country))) {
        setBase(now);
        saving.mutate({ seen: now, written: draft });
      } else setTheirs(now);
    },
  });
  // The card is saved whatever becomes of the link; the card offers it again.
  const askToComplete = (saved: Patient) =>
    createPreregistration(clinic.id, { patientId: saved.id, send: true }, crypto.randomUUID())
      .then(() => done(t('prereg.didSend'), t('action.close')))
      .catch((error: unknown) => failed(sentenceFor(error, t), t('action.close')))
      .finally(() => client.invalidateQueries({ queryKey: keys.of(clinic.id, 'patients') }));
  const refused = { ...fieldSentences(saving.error, t), ...missing };
  const paperErrors = new Map(
    Object.entries(refused).flatMap(([name, sentence]) => {
      const sent = /^identifiers\.(\d+)\./.exec(name)?.[1];
      return sent === undefined ? [] : [[lineOf(draft.papers, Number(sent)), sentence] as const];
    }),
  );
  const phoneErrors = new Map(
    Object.entries(refused).flatMap(([name, sentence]) => {
      const sent = /^phoneNumbers\.(\d+)\./.exec(name)?.[1];
      return sent === undefined ? [] : [[phoneLineOf(draft, Number(sent)), sentence] as const];
    }),
  );
  const holder = hasCode(saving.error, 'identifier-taken') ? saving.error.patientId : null;
  const reading = draft.phone.trim() ? readPerson(draft.phone, clinic.country) : null;
  const read = reading && 'phone' in reading ? reading : null;
  const trouble = reading && 'trouble' in reading ? reading : null;

  const submit = () => {
    const gaps: Record<string, string> = {};
    if (!draft.givenName.trim() && !draft.familyName.trim()) gaps.givenName = t('patients.oneName');
    if (trouble) gaps.phone = t(`patients.phone.${trouble.trouble}`);
    setMissing(gaps);
    if (Object.keys(gaps).length === 0) saving.mutate({ seen: base, written: draft });
  };

  if (theirs && base) {
    const rows: [string, (one: Draft) => string][] = [
      [t('patients.givenName'), (one) => one.givenName],
      [t('patients.familyName'), (one) => one.familyName],
      [
        t('visit.phone'),
        (one) =>
          inputOf(one)
            .phoneNumbers?.map((each) => [each.phone, each.ownerName].filter(Boolean).join(' '))
            .join(', ') ?? '',
      ],
      [t('patients.birthDate'), (one) => one.birthDate],
      [t('person.gender'), (one) => (one.gender ? t(`person.gender-${one.gender}`) : '')],
      [
        t('person.papers'),
        (one) =>
          inputOf(one)
            .identifiers?.map((paper) => paper.value)
            .join(', ') ?? '',
      ],
      [t('person.email'), (one) => one.email],
      [t('person.tags'), (one) => one.tags],
      [t('patients.language'), (one) => languageNames[one.language]],
      [t('details.alsoSpeaks'), (one) => codesOf(one.otherLanguages).map(languageName).join(', ')],
      [t('patients.messaging'), (one) => t(`patients.${one.messaging}`)],
      [t('patients.marketing'), (one) => t(`patients.marketing-${one.marketing}`)],
      [t('patients.notes'), (one) => one.notes],
      [
        t('custom.title'),
        (one) => {
          const values = valuesOf(one.custom);
          return ownFields
            .flatMap((field) => values.filter((each) => each.key === field.key).map((each) => `${field.label}: ${said(field, each.value)}`))
            .join(', ');
        },
      ],
    ];
    const other = draftOf(theirs, clinic.country);
    const mine = layOn(draft, draftOf(base, clinic.country), other);
    return (
      <Conflict
        title={t('conflict.patient')}
        differences={rows.filter(([, of]) => of(mine) !== of(other)).map(([label, of]) => ({ label, mine: of(mine), theirs: of(other) }))}
        busy={saving.isPending}
        onKeepMine={() => {
          setDraft(mine);
          setBase(theirs);
          setTheirs(null);
          saving.mutate({ seen: theirs, written: mine });
        }}
        onTakeTheirs={() => onSaved(theirs)}
      />
    );
  }
  return (
    <form
      noValidate
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        submit();
      }}
    >
      <div className={forms.columns}>
        <TextField
          label={t('patients.givenName')}
          data-autofocus
          maxLength={100}
          data-testid="patient-given-name"
          value={draft.givenName}
          onChange={(event) => set({ givenName: event.target.value })}
          error={refused.givenName}
        />
        <TextField
          label={t('patients.familyName')}
          maxLength={100}
          data-testid="patient-family-name"
          value={draft.familyName}
          onChange={(event) => set({ familyName: event.target.value })}
          error={refused.familyName}
        />
      </div>
      <div className={forms.columns}>
        <div className={styles.phone}>
          <TextField
            label={t('patients.phoneLabel')}
            type="tel"
            maxLength={40}
            data-testid="patient-phone"
            value={draft.phone}
            onChange={(event) => set({ phone: event.target.value })}
            error={refused.phone ?? phoneErrors.get(-1)}
            hint={
              read
                ? t('patients.phoneRead', { phone: withExtension(phoneText(read.phone), read.extension) })
                : trouble?.suggestion
                  ? t('patients.phone.ninth-digit')
                  : t('patients.phoneHint')
            }
          />
          {trouble?.suggestion && (
            <Button
              small
              className={styles.suggestion}
              data-testid="patient-phone-suggestion"
              onClick={(event) => {
                event.currentTarget.parentElement?.querySelector('input')?.focus();
                set({ phone: phoneText(trouble.suggestion ?? '') });
                setMissing({});
              }}
            >
              {t('patients.phoneUseThis', { phone: phoneText(trouble.suggestion) })}
            </Button>
          )}
        </div>
        <TextField
          label={t('patients.birthDate')}
          type="date"
          value={draft.birthDate}
          onChange={(event) => set({ birthDate: event.target.value })}
          error={refused.birthDate}
        />
      </div>
      <PhoneLines draft={draft} onChange={set} errors={phoneErrors} />
      <Papers lines={draft.papers} onLines={(papers) => set({ papers })} errors={paperErrors} />
      {!patient && <Candidates input={inputOf(draft)} onLeave={onCancel} />}
      <div className={forms.columns}>
        <SelectField
          label={t('person.gender')}
          value={draft.gender}
          onChange={(event) => set({ gender: event.target.value as Draft['gender'] })}
        >
          {!patient?.gender && <option value="">{t('person.gender-none')}</option>}
          {(['female', 'male', 'other', 'unknown'] as const).map((each) => (
            <option key={each} value={each}>
              {t(`person.gender-${each}`)}
            </option>
          ))}
        </SelectField>
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
      </div>
      <OtherLanguages
        preferred={draft.language}
        written={draft.otherLanguages}
        onChange={(otherLanguages) => set({ otherLanguages })}
        error={Object.entries(refused).find(([name]) => name.startsWith('otherLanguages'))?.[1]}
      />
      <div className={forms.columns}>
        <TextField
          label={t('person.email')}
          type="email"
          maxLength={254}
          value={draft.email}
          onChange={(event) => set({ email: event.target.value })}
          error={refused.email}
        />
        <TextField
          label={t('person.tags')}
          hint={t('person.tagsHint')}
          maxLength={200}
          data-testid="patient-tags"
          value={draft.tags}
          onChange={(event) => set({ tags: event.target.value })}
          error={Object.entries(refused).find(([name]) => name.startsWith('tags'))?.[1]}
        />
      </div>
      <TextArea
        label={t('patients.notes')}
        value={draft.notes}
        maxLength={500}
        onChange={(event) => set({ notes: event.target.value })}
        error={refused.notes}
      />
      <CustomFieldInputs subject="patient" lines={draft.custom} onLines={(custom) => set({ custom })} refused={refused} />
      {!patient && draft.phone.trim() && (
        <Check
          type="checkbox"
          label={t('prereg.ask')}
          hint={t('prereg.askHint')}
          checked={ask}
          onChange={(event) => setAsk(event.target.checked)}
          data-testid="patient-ask"
        />
      )}
      {patient && (
        <>
          <Check
            type="checkbox"
            label={t('patients.mayMessage')}
            hint={t('patients.mayMessageHint')}
            checked={draft.messaging === 'allowed'}
            onChange={(event) => set({ messaging: event.target.checked ? 'allowed' : 'opted-out' })}
          />
          <Check
            type="checkbox"
            label={t('patients.mayMarket')}
            hint={t('patients.mayMarketHint')}
            checked={draft.marketing === 'allowed'}
            onChange={(event) => set({ marketing: event.target.checked ? 'allowed' : 'opted-out' })}
          />
        </>
      )}
      {saving.error && !isStale(saving.error) ? (
        <FormError error={saving.error}>
          {holder && (
            <p>
              <Link {...to.patient(clinic.alias, holder)} onClick={onCancel} data-testid="patient-holder">
                {t('person.openOther')}
              </Link>
            </p>
          )}
        </FormError>
      ) : null}
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" disabled={saving.isPending} data-testid="patient-save">
          {saveLabel}
        </Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
