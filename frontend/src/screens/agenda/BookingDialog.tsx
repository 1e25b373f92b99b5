import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useEffect, useRef, useState } from 'react';
import { bookAppointment, bookSeries } from '../../api/actions';
import { locationsQuery, practitionersQuery, servicesQuery } from '../../api/agendaQueries';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { fieldSentences, hasCode } from '../../api/problems';
import type { Appointment, NewAppointment, NewSeries, Patient } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import type { BookingStart } from '../../app/clinicActions';
import { to } from '../../app/paths';
import { dateOf, hhmm, minuteOfTime, timeOf, todayIn } from '../../time/clinicTime';
import { shortDateWithin } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { SelectField, TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { CustomFieldInputs } from '../customfields/CustomFieldInputs';
import { useCustomFields } from '../customfields/useCustomFields';
import { valuesOf } from '../customfields/values';
import { PatientForm } from '../patients/PatientForm';
import { LocationSelect } from '../settings/LocationSelect';
import { FreeTimes } from './FreeTimes';
import { HoldNote } from './HoldNote';
import { InsuranceSelect } from './InsuranceSelect';
import { InTheWay } from './InTheWay';
import { PatientPicker } from './PatientPicker';
import { RepeatFields } from './RepeatFields';
import { RoomSelect } from './RoomSelect';
import { useRepeating } from './useRepeating';
import { useSlotHold } from './useSlotHold';
import { instantOf, type When, WhenFields } from './WhenFields';

/** Books a visit. Whatever the server objects to, everything written stays. */
export function BookingDialog({ start, onClose }: { start: BookingStart | null; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog opened={start !== null} onClose={onClose} title={t('book.title')}>
      {start && <BookingForm start={start} onClose={onClose} />}
    </Dialog>
  );
}

function BookingForm({ start, onClose }: { start: BookingStart; onClose: () => void }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const services = useQuery(servicesQuery(clinic.id));
  const [patient, setPatient] = useState<Patient | null>(start.patient ?? null);
  const [writing, setWriting] = useState<string | null>(null);
  const [practitionerId, setPractitioner] = useState(start.practitionerId ?? '');
  const [serviceId, setService] = useState(start.serviceId ?? '');
  const [locationId, setLocation] = useState(start.locationId ?? '');
  const [roomId, setRoom] = useState(start.roomId ?? '');
  const [insuranceId, setInsurance] = useState('');
  const [note, setNote] = useState('');
  const [own, setOwn] = useState('');
  const hasOwnFields = useCustomFields('appointment').some((field) => field.active);
  const [when, setWhen] = useState<When>({
    date: start.date ?? todayIn(clinic.timeZone),
    time: start.minute === undefined ? '' : hhmm(start.minute),
    pass: 'earlier',
  });
  const [missing, setMissing] = useState<Record<string, string>>({});
  const intention = useRef(new Intention());

  const care = (services.data ?? []).filter((one) => one.active);
  const service = care.find((one) => one.id === serviceId);
  const offered = (practitioners.data ?? []).filter(
    (one) => one.active && (!service || service.practitionerIds.length === 0 || service.practitionerIds.includes(one.id)),
  );
  // With one choice there is nothing to choose.
  useEffect(() => {
    if (!practitionerId && offered.length === 1 && offered[0]) setPractitioner(offered[0].id);
    if (!serviceId && care.length === 1 && care[0]) setService(care[0].id);
  }, [offered, care, practitionerId, serviceId]);

  const instant = instantOf(when, clinic.timeZone);
  const common = {
    practitionerId,
    healthcareServiceId: serviceId,
    ...(locationId ? { locationId } : {}),
    ...(roomId ? { roomId } : {}),
    ...(insuranceId ? { insuranceId } : {}),
    ...(note.trim() ? { note: note.trim() } : {}),
  };
  // A series is meant on the wall clock of its location.
  const locations = useQuery(locationsQuery(clinic.id));
  const zone = locations.data?.find((one) => one.id === locationId)?.timeZone ?? clinic.timeZone;
  const repeating = useRepeating(
    patient && practitionerId && serviceId && instant
      ? { ...common, patientId: patient.id, start: `${dateOf(instant, zone)}T${timeOf(instant, zone)}` }
      : null,
  );

  const held = useSlotHold(
    practitionerId && serviceId && instant && !repeating.every
      ? {
          healthcareServiceId: serviceId,
          practitionerId,
          ...(locationId ? { locationId } : {}),
          ...(roomId ? { roomId } : {}),
          start: instant,
        }
      : null,
  );

  const booking = useMutation({
    mutationFn: (body: NewAppointment | NewSeries): Promise<{ visit: Appointment | undefined; visits: number }> =>
      intention.current.carryOut(body, async (key) => {
        if (!('recurrence' in body)) return { visit: await bookAppointment(clinic.id, body, key), visits: 1 };
        const { appointments } = await bookSeries(clinic.id, body, key);
        return { visit: appointments[0], visits: appointments.length };
      }),
    onError: (error) => {
      if (hasCode(error, 'series-not-free')) void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
    },
    onSuccess: ({ visit, visits }) => {
      held.used();
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'waitlist') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'slot-holds') });
      const date = shortDateWithin(dateOf(visit?.start ?? instant ?? '', clinic.timeZone), language);
      const name = visit?.patient.displayName ?? '';
      done(
        visits > 1 ? t('series.done', { count: visits, name, date }) : t('book.done', { name, date, time: when.time }),
        t('action.close'),
      );
      onClose();
    },
  });
  const refused = { ...fieldSentences(booking.error, t), ...missing };

  // What staff agreed to for this time: one refusal may follow the other.
  const purpose = useRef<Pick<NewAppointment, 'outsideHours' | 'overbook'>>({});
  const submit = (more: Pick<NewAppointment, 'outsideHours' | 'overbook'> | null = null) => {
    purpose.current = more ? { ...purpose.current, ...more } : {};
    const needed = t('field.required');
    const gaps = {
      ...(patient ? {} : { patientId: needed }),
      ...(practitionerId ? {} : { practitionerId: needed }),
      ...(serviceId ? {} : { healthcareServiceId: needed }),
      ...(when.date ? {} : { date: needed }),
      ...(when.time ? {} : { start: needed }),
    };
    setMissing(gaps);
    if (Object.keys(gaps).length > 0 || !patient || !instant) return;
    if (repeating.every) {
      if (repeating.series) booking.mutate(repeating.series);
      return;
    }
    const waited = start.waitlistEntryId && patient.id === start.patient?.id;
    booking.mutate({
      ...common,
      patientId: patient.id,
      start: instant,
      ...(waited ? { waitlistEntryId: start.waitlistEntryId } : {}),
      ...(hasOwnFields ? { customFields: valuesOf(own) } : {}),
      ...purpose.current,
    });
  };

  if (writing !== null) {
    return (
      <PatientForm
        typed={writing}
        saveLabel={t('book.savePatient')}
        onCancel={() => setWriting(null)}
        onSaved={(saved) => {
          setPatient(saved);
          setWriting(null);
        }}
      />
    );
  }
  return (
    <form
      noValidate
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PatientPicker patient={patient} onPick={setPatient} onNew={setWriting} error={refused.patientId} />
      <div className={forms.columns}>
        <SelectField
          label={t('visit.service')}
          value={serviceId}
          onChange={(event) => setService(event.target.value)}
          error={refused.healthcareServiceId}
          hint={services.data && care.length === 0 ? <Missing tab="services" onClose={onClose} /> : undefined}
          data-testid="book-service"
        >
          <option value="">{t('book.choose')}</option>
          {care.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name} ({t('book.minutes', { count: one.durationMinutes })})
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('visit.practitioner')}
          value={practitionerId}
          onChange={(event) => setPractitioner(event.target.value)}
          error={refused.practitionerId}
          hint={practitioners.data && offered.length === 0 ? <Missing tab="practitioners" onClose={onClose} /> : undefined}
          data-testid="book-practitioner"
        >
          <option value="">{t('book.choose')}</option>
          {offered.map((one) => (
            <option key={one.id} value={one.id}>
              {one.displayName}
            </option>
          ))}
        </SelectField>
      </div>
      <WhenFields when={when} onChange={setWhen} zone={clinic.timeZone} errors={refused} />
      {!booking.error && <HoldNote hold={held.hold} refused={held.refused} />}
      <LocationSelect
        label={t('locations.where')}
        value={locationId}
        onChange={setLocation}
        none={t('locations.whereverOpen')}
        error={refused.locationId}
      />
      <RoomSelect serviceId={serviceId} locationId={locationId} value={roomId} onChange={setRoom} error={refused.roomId} />
      <InsuranceSelect
        practitionerId={practitionerId}
        serviceId={serviceId}
        value={insuranceId}
        onChange={setInsurance}
        error={refused.insuranceId}
      />
      <TextField label={t('book.note')} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      {!repeating.every && <CustomFieldInputs subject="appointment" lines={own} onLines={setOwn} refused={refused} />}
      {!start.waitlistEntryId && <RepeatFields repeating={repeating} />}
      <FormError error={booking.error}>
        <InTheWay error={booking.error} />
        {hasCode(booking.error, 'slot-taken') && (
          <Button small onClick={() => submit({ overbook: true })} disabled={booking.isPending} data-testid="overbook">
            {t('rooms.overbook')}
          </Button>
        )}
        {hasCode(booking.error, 'outside-hours') && (
          <Button small onClick={() => submit({ outsideHours: true })} disabled={booking.isPending} data-testid="book-anyway">
            {t('book.anyway')}
          </Button>
        )}
        {(hasCode(booking.error, 'slot-taken') || hasCode(booking.error, 'outside-hours')) && when.time && (
          <FreeTimes
            date={when.date}
            minute={minuteOfTime(when.time)}
            search={{
              healthcareServiceId: serviceId,
              practitionerId,
              ...(locationId ? { locationId } : {}),
              ...(roomId ? { roomId } : {}),
            }}
            onPick={({ date, minute }) => {
              setWhen({ ...when, date, time: hhmm(minute) });
              booking.reset();
            }}
          />
        )}
      </FormError>
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button
          type="submit"
          kind="primary"
          disabled={booking.isPending || (repeating.every !== '' && !repeating.series)}
          data-testid="book-submit"
        >
          {repeating.every && repeating.chosen > 0 ? t('series.submit', { count: repeating.chosen }) : t('book.submit')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}

/** A clinic that has none yet is led to where they are added, or told who adds them. */
function Missing({ tab, onClose }: { tab: 'services' | 'practitioners'; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  if (!may(clinic, 'see-settings')) return t(`book.none.${tab}`);
  return (
    <>
      {t(`book.none.${tab}`)}{' '}
      <Link {...to.settings(clinic.alias, { tab })} onClick={onClose}>
        {t('book.add')}
      </Link>
    </>
  );
}
