import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeLocation, createLocation } from '../../api/actions';
import { locationsQuery } from '../../api/agendaQueries';
import { keys } from '../../api/keys';
import type { Location, LocationChange } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { cityOf } from '../../time/clinicTime';
import { Check, SelectField, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { done } from '../../ui/notices';
import { isShortLink, readPlace } from '../messages/place';
import { AddableList } from './AddableList';

/** Where the clinic sees patients. */
export function Locations() {
  const { t } = useWords();
  const clinic = useClinic();
  const locations = useQuery(locationsQuery(clinic.id));
  return (
    <AddableList
      query={locations}
      title={t('settings.locations')}
      add={t('locations.add')}
      testId="new-location"
      empty={{ title: t('settings.locations'), text: t('settings.error') }}
      row={(one) => ({
        name: one.name,
        under: [one.address, one.timeZone && one.timeZone !== clinic.timeZone ? t('hours.zone', { city: cityOf(one.timeZone) }) : null]
          .filter(Boolean)
          .join(' · '),
      })}
      form={(onClose, changed) => <Form onClose={onClose} changed={changed} />}
    />
  );
}

const written = (point: Location['point']): string => (point ? `${point.latitude}, ${point.longitude}` : '');

function Form({ onClose, changed }: { onClose: () => void; changed: Location | null }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [name, setName] = useState(changed?.name ?? '');
  const [address, setAddress] = useState(changed?.address ?? '');
  const [map, setMap] = useState(written(changed?.point ?? null));
  const [phone, setPhone] = useState(changed?.phone ?? '');
  const [timeZone, setZone] = useState(changed?.timeZone ?? '');
  const [active, setActive] = useState(changed?.active ?? true);
  const point = readPlace(map);
  const lost = map.trim() !== '' && point === null;
  const body: LocationChange = {
    name: name.trim(),
    address: address.trim() || null,
    point,
    phone: phone.trim() || null,
    timeZone: timeZone || null,
    active,
  };
  const { saving, refused } = useSaving(
    ({ active: takes, ...rest }: LocationChange, key) =>
      changed ? changeLocation(clinic.id, changed, { ...rest, active: takes }) : createLocation(clinic.id, rest, key),
    (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'locations') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'schedules') });
      done(t(changed ? 'settings.changed' : 'settings.added', { name: saved.name }), t('action.close'));
      onClose();
    },
  );
  return (
    <SavingForm saving={saving} body={body} incomplete={!body.name || lost} onClose={onClose}>
      <TextField
        label={t('locations.name')}
        hint={t('locations.nameHint')}
        required
        maxLength={100}
        data-autofocus
        data-testid="location-name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={refused.name}
      />
      <TextField
        label={t('locations.address')}
        maxLength={200}
        value={address}
        onChange={(event) => setAddress(event.target.value)}
        error={refused.address}
      />
      <TextField
        label={t('locations.map')}
        value={map}
        onChange={(event) => setMap(event.target.value)}
        hint={point ? t('write.placeRead', { place: written(point) }) : t('write.placeHint')}
        error={lost ? t(isShortLink(map) ? 'write.shortLink' : 'write.noPlace') : undefined}
      />
      <TextField
        label={t('locations.phone')}
        type="tel"
        maxLength={40}
        value={phone}
        onChange={(event) => setPhone(event.target.value)}
        error={refused.phone}
      />
      <SelectField
        label={t('locations.zone')}
        value={timeZone}
        onChange={(event) => setZone(event.target.value)}
        error={refused.timeZone}
        hint={t('locations.zoneHint')}
      >
        <option value="">{t('locations.clinicsZone', { city: cityOf(clinic.timeZone) })}</option>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </SelectField>
      {changed && !changed.main && (
        <Check
          type="checkbox"
          checked={active}
          onChange={(event) => setActive(event.target.checked)}
          label={t('settings.active')}
          hint={t('locations.activeHint')}
        />
      )}
    </SavingForm>
  );
}
