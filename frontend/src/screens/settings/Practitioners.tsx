import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changePractitioner, createPractitioner, setPractitionerMember } from '../../api/actions';
import { practitionersQuery } from '../../api/agendaQueries';
import { keys } from '../../api/keys';
import { membersQuery } from '../../api/queries';
import type { Practitioner } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Check, SelectField, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { HueField } from '../../ui/Hue';
import { done } from '../../ui/notices';
import { AddableList } from './AddableList';
import { CalendarFeeds } from './CalendarFeeds';

/** `brief` is the list alone, without the calendars that other programs read. */
export function Practitioners({ brief = false }: { brief?: boolean }) {
  const { t } = useWords();
  const clinic = useClinic();
  const practitioners = useQuery(practitionersQuery(clinic.id));
  return (
    <>
      <AddableList
        query={practitioners}
        title={t('settings.practitioners')}
        add={t('settings.newPractitioner')}
        testId="new-practitioner"
        empty={{ title: t('agenda.noPractitioners'), text: t('settings.noPractitionersText') }}
        row={(one) => ({ name: one.displayName, under: one.specialties.join(', ') || null })}
        form={(onClose, changed) => <Form onClose={onClose} changed={changed} />}
      />
      {!brief && <CalendarFeeds />}
    </>
  );
}

const specialtiesOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

function Form({ onClose, changed }: { onClose: () => void; changed: Practitioner | null }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [displayName, setName] = useState(changed?.displayName ?? '');
  const [specialties, setSpecialties] = useState(changed?.specialties.join(', ') ?? '');
  const [colour, setColour] = useState(changed?.colour ?? null);
  const [active, setActive] = useState(changed?.active ?? true);
  const members = useQuery(membersQuery(clinic.id));
  const [memberId, setMember] = useState(changed?.memberId ?? '');
  const body = {
    displayName: displayName.trim(),
    specialties: specialtiesOf(specialties),
    active,
    colour,
    memberId: memberId || null,
  };
  const { saving, refused } = useSaving(
    async ({ active: takes, colour: hue, memberId: account, ...rest }: typeof body, key) => {
      if (!changed) return createPractitioner(clinic.id, rest, key);
      // First what the server may refuse: nothing is half saved then.
      const seen = account === changed.memberId ? changed : await setPractitionerMember(clinic.id, changed, account);
      return changePractitioner(clinic.id, seen, { ...rest, active: takes, colour: hue });
    },
    (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'practitioners') });
      done(t(changed ? 'settings.changed' : 'settings.added', { name: saved.displayName }), t('action.close'));
      onClose();
    },
  );
  return (
    <SavingForm saving={saving} body={body} incomplete={!body.displayName} onClose={onClose}>
      <TextField
        label={t('settings.displayName')}
        hint={t('settings.displayNameHint')}
        required
        data-autofocus
        data-testid="practitioner-name"
        value={displayName}
        onChange={(event) => setName(event.target.value)}
        error={refused.displayName}
      />
      <TextField
        label={t('settings.specialty')}
        hint={t('settings.specialtyHint')}
        data-testid="practitioner-specialties"
        value={specialties}
        onChange={(event) => setSpecialties(event.target.value)}
        error={Object.entries(refused).find(([name]) => name.startsWith('specialties'))?.[1]}
      />
      {changed && (
        <SelectField
          label={t('settings.account')}
          hint={t('settings.accountHint')}
          value={memberId}
          onChange={(event) => setMember(event.target.value)}
          error={refused.memberId}
          data-testid="practitioner-account"
        >
          <option value="">{t('settings.noAccount')}</option>
          {members.data?.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
      )}
      {changed && <HueField label={t('settings.colour')} value={colour} onChange={setColour} />}
      {changed && (
        <Check
          type="checkbox"
          checked={active}
          onChange={(event) => setActive(event.target.checked)}
          label={t('settings.active')}
          hint={t('settings.activeHint')}
        />
      )}
    </SavingForm>
  );
}
