import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeService, createService } from '../../api/actions';
import { locationsQuery, practitionersQuery, roomsQuery, servicesQuery } from '../../api/agendaQueries';
import { keys } from '../../api/keys';
import { organizationQuery } from '../../api/queries';
import type { HealthcareService, ServiceChange } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Check, SelectField, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import forms from '../../ui/forms.module.css';
import { HueField } from '../../ui/Hue';
import { currenciesFor, minorOf, moneyText, typedOf } from '../../ui/money';
import { done } from '../../ui/notices';
import { AddableList } from './AddableList';
import { Chosen } from './Chosen';

export function Services() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const services = useQuery(servicesQuery(clinic.id));
  return (
    <AddableList
      query={services}
      title={t('settings.services')}
      add={t('settings.newService')}
      testId="new-service"
      empty={{ title: t('settings.noServices'), text: t('settings.noServicesText') }}
      row={(one) => ({
        name: one.name,
        under: [
          t('book.minutes', { count: one.durationMinutes }),
          one.capacity > 1 && t('groups.upTo', { count: one.capacity }),
          one.price && moneyText(one.price, language),
        ]
          .filter(Boolean)
          .join(' · '),
      })}
      form={(onClose, changed) => <Form onClose={onClose} changed={changed} />}
    />
  );
}

function Form({ onClose, changed }: { onClose: () => void; changed: HealthcareService | null }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const rooms = useQuery(roomsQuery(clinic.id));
  const locations = useQuery(locationsQuery(clinic.id));
  const [service, setService] = useState<ServiceChange>({
    name: changed?.name ?? '',
    durationMinutes: changed?.durationMinutes ?? 30,
    bufferBeforeMinutes: changed?.bufferBeforeMinutes ?? 0,
    bufferAfterMinutes: changed?.bufferAfterMinutes ?? 0,
    capacity: changed?.capacity ?? 1,
    practitionerIds: changed?.practitionerIds ?? [],
    roomIds: changed?.roomIds ?? [],
    locationIds: changed?.locationIds ?? [],
    colour: changed?.colour ?? null,
    telehealthLink: changed?.telehealthLink ?? null,
    active: changed?.active ?? true,
  });
  const set = (change: Partial<ServiceChange>) => setService((before) => ({ ...before, ...change }));
  const organization = useQuery(organizationQuery(clinic.id));
  const currencies = currenciesFor(organization.data?.country);
  const [currency, setCurrency] = useState(changed?.price?.currency ?? '');
  const [amount, setAmount] = useState(changed?.price ? typedOf(changed.price) : '');
  const chosenCurrency = currency || currencies[0] || 'USD';
  const amountMinor = minorOf(amount, chosenCurrency);
  const body = {
    ...service,
    name: service.name.trim(),
    price: amountMinor === null ? null : { amountMinor, currency: chosenCurrency },
    telehealthLink: service.telehealthLink?.trim() || null,
  };
  const { saving, refused } = useSaving(
    ({ active, ...rest }: ServiceChange, key) =>
      changed ? changeService(clinic.id, changed, { ...rest, active }) : createService(clinic.id, rest, key),
    (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'services') });
      done(t(changed ? 'settings.changed' : 'settings.added', { name: saved.name }), t('action.close'));
      onClose();
    },
  );
  const minutes = (name: 'durationMinutes' | 'bufferBeforeMinutes' | 'bufferAfterMinutes' | 'capacity') => ({
    type: 'number',
    step: name === 'capacity' ? 1 : 5,
    value: Number.isNaN(service[name]) ? '' : (service[name] ?? ''),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => set({ [name]: event.target.valueAsNumber }),
    error: refused[name],
  });
  const offering = (practitioners.data ?? []).filter((one) => one.active || service.practitionerIds.includes(one.id));
  const needed = service.roomIds ?? [];
  const suitable = (rooms.data ?? []).filter((one) => one.active || needed.includes(one.id));
  const where = service.locationIds ?? [];
  const places = (locations.data ?? []).filter((one) => one.active || where.includes(one.id));
  const missing =
    !body.name ||
    (amount.trim() !== '' && amountMinor === null) ||
    [service.durationMinutes, service.bufferBeforeMinutes, service.bufferAfterMinutes, service.capacity].some(Number.isNaN);
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
      <TextField
        label={t('groups.capacity')}
        min={1}
        max={100}
        hint={t('groups.capacityHint')}
        data-testid="service-capacity"
        {...minutes('capacity')}
      />
      <Chosen
        legend={t('settings.whoOffers')}
        all={t('settings.everybody')}
        options={offering.map((one) => ({ id: one.id, name: one.displayName }))}
        ids={service.practitionerIds}
        onChange={(practitionerIds) => set({ practitionerIds })}
      />
      <Chosen
        legend={t('details.onlyAt')}
        all={t('details.everywhere')}
        options={places.map((one) => ({ id: one.id, name: one.name }))}
        ids={where}
        onChange={(locationIds) => set({ locationIds })}
      />
      <Chosen
        legend={t('rooms.needed')}
        all={t('rooms.neededNone')}
        options={suitable.map((one) => ({ id: one.id, name: one.name }))}
        ids={needed}
        onChange={(roomIds) => set({ roomIds })}
        fewest={1}
      />
      <div className={forms.columns}>
        <TextField
          label={t('settings.price')}
          inputMode="decimal"
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
          error={amount.trim() !== '' && amountMinor === null ? t('settings.priceFault') : undefined}
        />
        <SelectField label={t('settings.currency')} value={chosenCurrency} onChange={(event) => setCurrency(event.target.value)}>
          {[...new Set([chosenCurrency, ...currencies])].map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        label={t('settings.telehealth')}
        type="url"
        maxLength={500}
        hint={t('settings.telehealthHint')}
        value={service.telehealthLink ?? ''}
        onChange={(event) => set({ telehealthLink: event.target.value })}
        error={refused.telehealthLink}
      />
      <HueField optional label={t('settings.colour')} value={service.colour ?? null} onChange={(colour) => set({ colour })} />
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
