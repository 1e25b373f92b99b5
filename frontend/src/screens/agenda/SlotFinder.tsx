import { keepPreviousData, useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { practitionersQuery, servicesQuery, slotsQuery } from '../../api/agendaQueries';
import type { Slot } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { addDays, dateOf, minuteOf, timeOf } from '../../time/clinicTime';
import { shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import { Segments, SelectField, TextField } from '../../ui/Field';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { LoadError, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { LocationSelect, useLocations } from '../settings/LocationSelect';
import styles from './SlotFinder.module.css';
import { byDay, fitOf, type PartOfDay, within } from './slots';

/** How far is looked at once, and how much further with each press. */
const DAYS = 14;
const MOST_DAYS = 42;

interface Props {
  from: string;
  practitionerId: string | undefined;
  onTaken: () => void;
}

/** Finds an hour for a service: with whom, from when on, morning or afternoon. Those that leave no loose minutes come first. */
export function SlotFinder({ from, practitionerId, onTaken }: Props) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const services = useQuery(servicesQuery(clinic.id));
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const [serviceId, setService] = useState('');
  const [who, setWho] = useState(practitionerId ?? '');
  const [locationId, setLocation] = useState('');
  const { several, nameOf: placeOf } = useLocations();
  const [since, setSince] = useState(from);
  const [days, setDays] = useState(DAYS);
  const [part, setPart] = useState<PartOfDay>('any');
  const offered = (services.data ?? []).filter((one) => one.active);
  const service = offered.find((one) => one.id === serviceId) ?? offered[0];
  const offering = (practitioners.data ?? []).filter(
    (one) => one.active && (!service || service.practitionerIds.length === 0 || service.practitionerIds.includes(one.id)),
  );
  const chosen = offering.find((one) => one.id === who);
  const search = {
    healthcareServiceId: service?.id ?? '',
    ...(chosen ? { practitionerId: chosen.id } : {}),
    ...(locationId ? { locationId } : {}),
    from: since,
    to: addDays(since || from, days),
    limit: 1000,
  };
  const slots = useQuery({
    ...slotsQuery(clinic.id, search),
    enabled: Boolean(service) && Boolean(since),
    placeholderData: keepPreviousData,
  });
  const found = byDay(within(slots.data?.items ?? [], part, clinic.timeZone), clinic.timeZone);
  const nameOf = (id: string) => practitioners.data?.find((one) => one.id === id)?.displayName ?? '';
  const take = (slot: Slot) => {
    onTaken();
    actions.book?.({
      date: dateOf(slot.start, clinic.timeZone),
      minute: minuteOf(slot.start, clinic.timeZone),
      practitionerId: slot.practitionerId,
      ...(service ? { serviceId: service.id } : {}),
      ...(several ? { locationId: slot.locationId } : {}),
    });
  };
  return (
    <div className={forms.form}>
      <SelectField
        label={t('find.what')}
        value={service?.id ?? ''}
        onChange={(event) => setService(event.target.value)}
        data-autofocus
        data-testid="find-service"
      >
        {offered.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}, {t('book.minutes', { count: one.durationMinutes })}
          </option>
        ))}
      </SelectField>
      <div className={forms.columns}>
        <SelectField label={t('find.who')} value={chosen?.id ?? ''} onChange={(event) => setWho(event.target.value)}>
          <option value="">{t('find.anybody')}</option>
          {offering.map((one) => (
            <option key={one.id} value={one.id}>
              {one.displayName}
            </option>
          ))}
        </SelectField>
        <TextField label={t('find.since')} type="date" required value={since} onChange={(event) => setSince(event.target.value)} />
      </div>
      <LocationSelect label={t('locations.where')} value={locationId} onChange={setLocation} none={t('locations.any')} />
      <Segments
        label={t('find.part')}
        value={part}
        onChange={setPart}
        options={(['any', 'morning', 'afternoon'] as const).map((value) => ({ value, label: t(`find.parts.${value}`) }))}
      />
      {slots.isPending && service ? (
        <Skeleton rows={6} />
      ) : slots.isLoadingError ? (
        <LoadError error={slots.error} title={t('find.error')} retry={() => void slots.refetch()} />
      ) : (
        <div aria-live="polite">
          {found.length === 0 && <p className={typography.muted}>{t('find.none', { count: days })}</p>}
          {found.length === 0 && actions.wait && (
            <div className={layout.row}>
              <Button
                onClick={() => {
                  onTaken();
                  actions.wait?.({ serviceId: service?.id, practitionerId: chosen?.id, ...(locationId ? { locationId } : {}) });
                }}
                data-testid="find-wait"
              >
                {t('waitlist.addPatient')}
              </Button>
            </div>
          )}
          {found.map((day) => (
            <section key={day.date} aria-label={shortDate(day.date, language)}>
              <h3 className={styles.day}>
                {shortDate(day.date, language)}{' '}
                <span className={clsx(typography.small, typography.muted)}>{t('find.count', { count: day.slots.length })}</span>
              </h3>
              <ul className={clsx(lists.ruled, lists.lined)}>
                {day.shown.map((slot) => (
                  <li key={`${slot.start} ${slot.practitionerId}`}>
                    <button type="button" className={styles.slot} onClick={() => take(slot)} disabled={!actions.book}>
                      <b>{timeOf(slot.start, clinic.timeZone)}</b>
                      <span>
                        {nameOf(slot.practitionerId)}
                        <span className={clsx(typography.small, typography.muted, styles.fit)}>
                          {several && `${placeOf(slot.locationId)} · `}
                          {slot.capacity > 1 ? t('groups.left', { left: slot.placesLeft, capacity: slot.capacity }) : t(...fitOf(slot))}
                        </span>
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {days < MOST_DAYS && (
            <div className={layout.row}>
              <Button kind="quiet" onClick={() => setDays(Math.min(MOST_DAYS, days + DAYS))} disabled={slots.isFetching}>
                {t('find.further')}
              </Button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
