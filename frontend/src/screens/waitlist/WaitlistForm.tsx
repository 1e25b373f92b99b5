import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { addToWaitlist, changeWaitlistEntry } from '../../api/actions';
import { practitionersQuery, servicesQuery } from '../../api/agendaQueries';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { fieldSentences } from '../../api/problems';
import type { Patient, WaitlistEntryInput, Weekday } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import type { WaitStart } from '../../app/clinicActions';
import { weekdayLong, weekdayShort } from '../../time/format';
import { Button } from '../../ui/Button';
import chips from '../../ui/chips.module.css';
import { Segments, SelectField, TextArea, TextField, TimeField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import fields from '../../ui/fields.module.css';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { PatientPicker } from '../agenda/PatientPicker';
import { PatientForm } from '../patients/PatientForm';
import { weekdays } from '../settings/hours/week';
import { LocationSelect } from '../settings/LocationSelect';
import styles from './Waitlist.module.css';
import { type Part, partsOf, windowsOf } from './windows';

const MOST_PARTS = 4;
const nothing: Part = { days: [], from: '', until: '' };

/** Who waits for what, with whom, and when they could come. Whatever the server objects to, everything written stays. */
export function WaitlistForm(props: { start: WaitStart; patient: Patient | null; onClose: () => void }) {
  const { start, onClose } = props;
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const entry = start.entry;
  const services = useQuery(servicesQuery(clinic.id));
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const [patient, setPatient] = useState<Patient | null>(props.patient);
  const [writing, setWriting] = useState<string | null>(null);
  const [serviceId, setService] = useState(entry?.healthcareService.id ?? start.serviceId ?? '');
  const [practitionerId, setPractitioner] = useState(entry?.practitioner?.id ?? start.practitionerId ?? '');
  const [locationId, setLocation] = useState(entry?.location?.id ?? start.locationId ?? '');
  const [parts, setParts] = useState<Part[]>(() => (entry && entry.windows.length > 0 ? partsOf(entry.windows) : [nothing]));
  const [firstDay, setFirstDay] = useState(entry?.firstDay ?? '');
  const [lastDay, setLastDay] = useState(entry?.lastDay ?? '');
  const [priority, setPriority] = useState(entry?.priority ?? 'routine');
  const [note, setNote] = useState(entry?.note ?? '');
  const [missing, setMissing] = useState<Record<string, string>>({});
  const intention = useRef(new Intention());
  const care = (services.data ?? []).filter((one) => one.active || one.id === entry?.healthcareService.id);
  const service = care.find((one) => one.id === serviceId);
  const offering = (practitioners.data ?? []).filter(
    (one) => one.active && (!service || service.practitionerIds.length === 0 || service.practitionerIds.includes(one.id)),
  );
  const saving = useMutation({
    mutationFn: (body: WaitlistEntryInput) =>
      entry ? changeWaitlistEntry(clinic.id, entry, body) : intention.current.carryOut(body, (key) => addToWaitlist(clinic.id, body, key)),
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'waitlist') });
      done(t(entry ? 'waitlist.changed' : 'waitlist.added', { name: saved.patient.displayName }), t('action.close'));
      onClose();
    },
  });
  const refused: Record<string, string> = { ...fieldSentences(saving.error, t), ...missing };
  const windowProblem = Object.entries(refused).find(([name]) => name.startsWith('windows'))?.[1];
  const setPart = (at: number, next: Partial<Part>) => setParts(parts.with(at, { ...(parts[at] ?? nothing), ...next }));
  const toggle = (at: number, day: Weekday) => {
    const days = parts[at]?.days ?? [];
    setPart(at, { days: weekdays.filter((one) => (one === day ? !days.includes(day) : days.includes(one))) });
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
        const gaps: Record<string, string> = {
          ...(patient ? {} : { patientId: t('field.required') }),
          ...(serviceId ? {} : { healthcareServiceId: t('field.required') }),
        };
        setMissing(gaps);
        if (Object.keys(gaps).length > 0 || !patient) return;
        saving.mutate({
          patientId: patient.id,
          healthcareServiceId: serviceId,
          ...(practitionerId ? { practitionerId } : {}),
          ...(locationId ? { locationId } : {}),
          ...(firstDay ? { firstDay } : {}),
          ...(lastDay ? { lastDay } : {}),
          windows: windowsOf(parts),
          priority,
          ...(note.trim() ? { note: note.trim() } : {}),
        });
      }}
    >
      <PatientPicker patient={patient} onPick={setPatient} onNew={setWriting} error={refused.patientId} />
      <div className={forms.columns}>
        <SelectField
          label={t('visit.service')}
          value={serviceId}
          onChange={(event) => setService(event.target.value)}
          error={refused.healthcareServiceId}
          data-testid="wait-service"
        >
          <option value="">{t('book.choose')}</option>
          {care.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('visit.practitioner')}
          value={practitionerId}
          onChange={(event) => setPractitioner(event.target.value)}
          error={refused.practitionerId}
          data-testid="wait-practitioner"
        >
          <option value="">{t('find.anybody')}</option>
          {offering.map((one) => (
            <option key={one.id} value={one.id}>
              {one.displayName}
            </option>
          ))}
        </SelectField>
      </div>
      <LocationSelect
        label={t('locations.where')}
        value={locationId}
        onChange={setLocation}
        none={t('locations.any')}
        error={refused.locationId}
      />
      <fieldset className={styles.when}>
        <legend className={fields.label}>{t('waitlist.when')}</legend>
        <p className={fields.hint}>{t('waitlist.whenHint')}</p>
        {parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part has no name but its place
          <div key={at} className={styles.part} data-testid={`wait-part-${at}`}>
            {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a bar; the role says the same */}
            <div className={styles.days} role="group" aria-label={t('waitlist.days', { part: at + 1 })}>
              {weekdays.map((day, index) => (
                <button
                  key={day}
                  type="button"
                  className={chips.chip}
                  aria-pressed={part.days.includes(day)}
                  onClick={() => toggle(at, day)}
                >
                  <span aria-hidden>{weekdayShort(`2024-01-0${index + 1}`, language)}</span>
                  <span className={layout.visuallyHidden}>{weekdayLong(index + 1, language)}</span>
                </button>
              ))}
            </div>
            <div className={forms.columns}>
              <TimeField label={t('waitlist.from')} value={part.from} onValue={(from) => setPart(at, { from })} />
              <TimeField endOfDay label={t('waitlist.until')} value={part.until} onValue={(until) => setPart(at, { until })} />
            </div>
          </div>
        ))}
        {windowProblem && <p className={clsx(fields.hint, fields.error)}>{windowProblem}</p>}
        {parts.length < MOST_PARTS && (
          <Button kind="quiet" small onClick={() => setParts([...parts, nothing])}>
            <Icon of={IconPlus} />
            {t('waitlist.another')}
          </Button>
        )}
      </fieldset>
      <div className={forms.columns}>
        <TextField
          label={t('waitlist.firstDay')}
          type="date"
          value={firstDay}
          onChange={(event) => setFirstDay(event.target.value)}
          error={refused.firstDay}
        />
        <TextField
          label={t('waitlist.lastDay')}
          type="date"
          value={lastDay}
          onChange={(event) => setLastDay(event.target.value)}
          error={refused.lastDay}
        />
      </div>
      <Segments
        className={styles.priority}
        label={t('waitlist.priority')}
        value={priority}
        onChange={setPriority}
        options={(['routine', 'urgent'] as const).map((value) => ({ value, label: t(`waitlist.priorities.${value}`) }))}
      />
      <TextArea label={t('book.note')} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      <FormError error={saving.error} />
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" disabled={saving.isPending} data-testid="wait-submit">
          {t(entry ? 'action.save' : 'waitlist.add')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
