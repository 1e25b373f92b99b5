import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changePractitioner, createPractitioner } from '../../api/actions';
import { practitionersQuery } from '../../api/agendaQueries';
import { keys } from '../../api/keys';
import type { Practitioner } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Check, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { HueField } from '../../ui/Hue';
import { done } from '../../ui/notices';
import { AddableList } from './AddableList';

export function Practitioners() {
  const { t } = useWords();
  const clinic = useClinic();
  const practitioners = useQuery(practitionersQuery(clinic.id));
  return (
    <AddableList
      query={practitioners}
      title={t('settings.practitioners')}
      add={t('settings.newPractitioner')}
      testId="new-practitioner"
      empty={{ title: t('agenda.noPractitioners'), text: t('settings.noPractitionersText') }}
      row={(one) => ({ name: one.displayName, under: one.specialty })}
      form={(onClose, changed) => <Form onClose={onClose} changed={changed} />}
    />
  );
}

function Form({ onClose, changed }: { onClose: () => void; changed: Practitioner | null }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [displayName, setName] = useState(changed?.displayName ?? '');
  const [specialty, setSpecialty] = useState(changed?.specialty ?? '');
  const [colour, setColour] = useState(changed?.colour ?? null);
  const [active, setActive] = useState(changed?.active ?? true);
  const body = { displayName: displayName.trim(), specialty: specialty.trim() || null, active, colour };
  const { saving, refused } = useSaving(
    ({ active: takes, colour: hue, ...rest }: typeof body, key) =>
      changed ? changePractitioner(clinic.id, changed, { ...rest, active: takes, colour: hue }) : createPractitioner(clinic.id, rest, key),
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
        value={specialty}
        onChange={(event) => setSpecialty(event.target.value)}
        error={refused.specialty}
      />
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
