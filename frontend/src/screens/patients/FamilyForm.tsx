import { IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { createHousehold, deleteHousehold, householdQuery, updateHousehold } from '../../api/households';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { fieldSentences, isStale, sentenceFor } from '../../api/problems';
import type { Household, HouseholdInput, Patient, Relationship } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Conflict } from '../../ui/Conflict';
import { layOn } from '../../ui/draft';
import { SelectField, TextField } from '../../ui/Field';
import { SavingForm } from '../../ui/Form';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import { done, failed } from '../../ui/notices';
import { AddMember } from './AddMember';
import styles from './Family.module.css';
import { begun, type Draft, draftOf, incomplete, inputOf, relationships } from './familyDraft';

/** Who answers the phone, and for whom. What a colleague saved meanwhile is shown beside what is written here. */
export function FamilyForm({ household, patient, onClose }: { household: Household | null; patient: Patient; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [base, setBase] = useState(household);
  const [made, setMade] = useState<Draft>(() => (household ? draftOf(household) : begun(patient)));
  const [draft, setDraft] = useState(made);
  const [theirs, setTheirs] = useState<Household | null>(null);
  const intention = useRef(new Intention());
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const renew = () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'patients') });

  const saving = useMutation({
    mutationFn: ({ seen, body }: { seen: Household | null; body: HouseholdInput }) =>
      seen ? updateHousehold(clinic.id, seen, body) : intention.current.carryOut(body, (key) => createHousehold(clinic.id, body, key)),
    onSuccess: () => {
      renew();
      done(t('family.saved'), t('action.close'));
      onClose();
    },
    onError: async (error) => {
      if (!isStale(error) || !base) return;
      setTheirs(await client.fetchQuery({ ...householdQuery(clinic.id, base.id), staleTime: 0 }));
    },
  });
  const removing = useMutation({
    mutationFn: (seen: Household) => deleteHousehold(clinic.id, seen),
    onSuccess: (_, seen) => {
      renew();
      const again = () =>
        createHousehold(clinic.id, inputOf(draftOf(seen)), crypto.randomUUID()).then(renew, (error) =>
          failed(sentenceFor(error, t), t('action.close')),
        );
      done(t('family.removed'), t('action.close'), { label: t('person.undo'), run: () => void again() });
      onClose();
    },
  });
  const refused = fieldSentences(saving.error, t);
  const change = (id: string, relationship: Relationship) =>
    set({ members: draft.members.map((one) => (one.patientId === id ? { ...one, relationship } : one)) });

  if (theirs) {
    const people = (one: Draft) => one.members.map((each) => `${each.displayName} (${t(`family.is.${each.relationship}`)})`).join(', ');
    const rows: [string, (one: Draft) => string][] = [
      [t('patients.givenName'), (one) => one.givenName],
      [t('patients.familyName'), (one) => one.familyName],
      [t('visit.phone'), (one) => one.phone],
      [t('family.members'), people],
    ];
    const other = draftOf(theirs);
    const mine = layOn(draft, made, other);
    return (
      <Conflict
        title={t('family.conflict')}
        differences={rows.filter(([, of]) => of(mine) !== of(other)).map(([label, of]) => ({ label, mine: of(mine), theirs: of(other) }))}
        busy={saving.isPending}
        onKeepMine={() => {
          setDraft(mine);
          setMade(other);
          setBase(theirs);
          setTheirs(null);
          saving.mutate({ seen: theirs, body: inputOf(mine) });
        }}
        onTakeTheirs={() => {
          renew();
          onClose();
        }}
      />
    );
  }
  return (
    <SavingForm
      saving={{ mutate: (body: HouseholdInput) => saving.mutate({ seen: base, body }), isPending: saving.isPending, error: saving.error }}
      body={inputOf(draft)}
      incomplete={incomplete(draft)}
      onClose={onClose}
    >
      <div className={forms.columns}>
        <TextField
          label={t('patients.givenName')}
          data-autofocus
          data-testid="family-given-name"
          maxLength={100}
          value={draft.givenName}
          onChange={(event) => set({ givenName: event.target.value })}
          error={refused.givenName}
        />
        <TextField
          label={t('patients.familyName')}
          maxLength={100}
          value={draft.familyName}
          onChange={(event) => set({ familyName: event.target.value })}
          error={refused.familyName}
        />
      </div>
      <TextField
        label={t('visit.phone')}
        type="tel"
        inputMode="tel"
        data-testid="family-phone"
        maxLength={60}
        value={draft.phone}
        onChange={(event) => set({ phone: event.target.value })}
        error={refused.phone}
        hint={t('family.phoneHint')}
      />
      {draft.members.map((member) => (
        <div key={member.patientId} className={styles.member}>
          <SelectField
            label={t('family.isWhat', { name: member.displayName })}
            value={member.relationship}
            onChange={(event) => change(member.patientId, event.target.value as Relationship)}
          >
            {relationships.map((each) => (
              <option key={each} value={each}>
                {t(`family.is.${each}`)}
              </option>
            ))}
          </SelectField>
          <Button
            kind="quiet"
            iconOnly
            aria-label={t('family.remove', { name: member.displayName })}
            onClick={() => set({ members: draft.members.filter((one) => one !== member) })}
          >
            <Icon of={IconX} />
          </Button>
        </div>
      ))}
      <AddMember
        known={draft.members.map((one) => one.patientId)}
        phone={patient.phone}
        onAdd={(one) =>
          set({
            members: [
              ...draft.members,
              { patientId: one.id, displayName: one.displayName, relationship: draft.members[0]?.relationship ?? 'mother' },
            ],
          })
        }
      />
      {base && (
        <div>
          <Button kind="danger" small disabled={removing.isPending} onClick={() => removing.mutate(base)} data-testid="family-delete">
            {t('family.delete')}
          </Button>
        </div>
      )}
      <FormError error={removing.error} />
    </SavingForm>
  );
}
