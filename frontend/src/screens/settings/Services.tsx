import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeService, createService } from '../../api/actions';
import { keys } from '../../api/keys';
import { practitionersQuery, servicesQuery } from '../../api/queries';
import type { HealthcareService, ServiceChange } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Check, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import fields from '../../ui/fields.module.css';
import forms from '../../ui/forms.module.css';
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
      form={(onClose, changed) => <Form onClose={onClose} changed={changed} />}
    />
  );
}

function Form({ onClose, changed }: { onClose: () => void; changed: HealthcareService | null }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const [service, setService] = useState<ServiceChange>({
    name: changed?.name ?? '',
    durationMinutes: changed?.durationMinutes ?? 30,
    bufferBeforeMinutes: changed?.bufferBeforeMinutes ?? 0,
    bufferAfterMinutes: changed?.bufferAfterMinutes ?? 0,
    practitionerIds: changed?.practitionerIds ?? [],
    active: changed?.active ?? true,
  });
  const set = (change: Partial<ServiceChange>) => setService((before) => ({ ...before, ...change }));
  const body = { ...service, name: service.name.trim() };
  const { saving, refused } = useSaving(
    ({ active, ...rest }: ServiceChange, key) =>
      changed ? changeService(clinic.id, changed, { ...rest, active }) : createService(clinic.id, rest, key),
    (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'services') });
      done(t(changed ? 'settings.changed' : 'settings.added', { name: saved.name }), t('action.close'));
      onClose();
    },
  );
  const minutes = (name: 'durationMinutes' | 'bufferBeforeMinutes' | 'bufferAfterMinutes') => ({
    type: 'number',
    step: 5,
    value: Number.isNaN(service[name]) ? '' : service[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => set({ [name]: event.target.valueAsNumber }),
    error: refused[name],
  });
  const offering = (practitioners.data ?? []).filter((one) => one.active || service.practitionerIds.includes(one.id));
  const missing = !body.name || [service.durationMinutes, service.bufferBeforeMinutes, service.bufferAfterMinutes].some(Number.isNaN);
  return (
    <SavingForm saving={saving} body={body} incomplete={missing} onClose={onClose}>
      <TextField
        label={t('settings.serviceName')}
        required
        data-autofocus
        data-testid="service-name"
        value={service.name}
        onChange={(event) => set({ name: event.target.value })}
        error={refused.name}
      />
      <TextField
        label={t('settings.duration')}
        min={5}
        max={480}
        data-testid="service-duration"
        hint={t('settings.durationHint')}
        {...minutes('durationMinutes')}
      />
      <div className={forms.columns}>
        <TextField
          label={t('settings.bufferBefore')}
          min={0}
          max={120}
          hint={t('settings.bufferHint')}
          {...minutes('bufferBeforeMinutes')}
        />
        <TextField label={t('settings.bufferAfter')} min={0} max={120} {...minutes('bufferAfterMinutes')} />
      </div>
      {offering.length > 1 && (
        <fieldset className={fields.choices}>
          <legend className={fields.label}>{t('settings.whoOffers')}</legend>
          <Check
            type="checkbox"
            checked={service.practitionerIds.length === 0}
            onChange={(event) => set({ practitionerIds: event.target.checked ? [] : offering.map((one) => one.id) })}
            label={t('settings.everybody')}
          />
          {service.practitionerIds.length > 0 &&
            offering.map((one) => (
              <Check
                key={one.id}
                type="checkbox"
                checked={service.practitionerIds.includes(one.id)}
                onChange={(event) =>
                  set({
                    practitionerIds: event.target.checked
                      ? [...service.practitionerIds, one.id]
                      : service.practitionerIds.filter((id) => id !== one.id),
                  })
                }
                label={one.displayName}
              />
            ))}
        </fieldset>
      )}
      {changed && (
        <Check
          type="checkbox"
          checked={service.active}
          onChange={(event) => set({ active: event.target.checked })}
          label={t('settings.offered')}
          hint={t('settings.offeredHint')}
        />
      )}
    </SavingForm>
  );
}
