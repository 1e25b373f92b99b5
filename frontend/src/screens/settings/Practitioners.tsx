import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createPractitioner } from '../../api/actions';
import { keys } from '../../api/keys';
import { practitionersQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
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
      form={(onClose) => <Form onClose={onClose} />}
    />
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [displayName, setName] = useState('');
  const [specialty, setSpecialty] = useState('');
  const body = { displayName: displayName.trim(), specialty: specialty.trim() || null };
  const { saving, refused } = useSaving(
    (practitioner: typeof body, key) => createPractitioner(clinic.id, practitioner, key),
    (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'practitioners') });
      done(t('settings.added', { name: saved.displayName }), t('action.close'));
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
    </SavingForm>
  );
}
