import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createService } from '../../api/actions';
import { keys } from '../../api/keys';
import { servicesQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { done } from '../../ui/notices';
import { AddableList } from './AddableList';

export function Services() {
  const { t } = useWords();
  const clinic = useClinic();
  const services = useQuery(servicesQuery(clinic.id));
  return (
    <AddableList
      query={services}
      title={t('settings.services')}
      add={t('settings.newService')}
      testId="new-service"
      empty={{ title: t('settings.noServices'), text: t('settings.noServicesText') }}
      row={(one) => ({ name: one.name, under: t('book.minutes', { count: one.durationMinutes }) })}
      form={(onClose) => <Form onClose={onClose} />}
    />
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [minutes, setMinutes] = useState(30);
  const body = { name: name.trim(), durationMinutes: minutes };
  const { saving, refused } = useSaving(
    (service: typeof body, key) => createService(clinic.id, service, key),
    (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'services') });
      done(t('settings.added', { name: saved.name }), t('action.close'));
      onClose();
    },
  );
  return (
    <SavingForm saving={saving} body={body} incomplete={!body.name || Number.isNaN(minutes)} onClose={onClose}>
      <TextField
        label={t('settings.serviceName')}
        required
        data-autofocus
        data-testid="service-name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={refused.name}
      />
      <TextField
        label={t('settings.duration')}
        type="number"
        min={5}
        max={480}
        step={5}
        data-testid="service-duration"
        value={Number.isNaN(minutes) ? '' : minutes}
        onChange={(event) => setMinutes(event.target.valueAsNumber)}
        error={refused.durationMinutes}
        hint={t('settings.durationHint')}
      />
    </SavingForm>
  );
}
