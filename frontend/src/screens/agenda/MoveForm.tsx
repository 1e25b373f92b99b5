import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { rescheduleSeries } from '../../api/actions';
import { keys } from '../../api/keys';
import { hasCode, Problem } from '../../api/problems';
import type { Appointment, Practitioner } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { type OnPurpose, useVisitChanges } from '../../app/visitChanges';
import { dateOf, hhmm, minuteOfTime, minutesBetween, timeOf } from '../../time/clinicTime';
import { Button } from '../../ui/Button';
import { SelectField, TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import fields from '../../ui/fields.module.css';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { FreeTimes } from './FreeTimes';
import { InTheWay } from './InTheWay';
import { type Reach, SeriesChoice, useSeries } from './SeriesChoice';
import visitPanelStyles from './VisitPanel.module.css';
import { instantOf, type When, WhenFields } from './WhenFields';

/** The dialog's way of moving a visit: the same move as dragging it or pressing M. */
export function MoveForm(props: { visit: Appointment; practitioners: Practitioner[]; onClose: () => void }) {
  const { practitioners, onClose } = props;
  // The visit as it was when the form was opened: if it moves meanwhile, the server says so and the person decides.
  const [visit] = useState(props.visit);
  const { t } = useWords();
  const clinic = useClinic();
  const changes = useVisitChanges();
  const zone = clinic.timeZone;
  const [when, setWhen] = useState<When>({ date: dateOf(visit.start, zone), time: timeOf(visit.start, zone), pass: 'earlier' });
  const [practitionerId, setPractitioner] = useState(visit.practitioner.id);
  const lasted = minutesBetween(visit.start, visit.end);
  const [minutes, setMinutes] = useState(lasted);
  const client = useQueryClient();
  const [reach, setReach] = useState<Reach>('this');
  const { series, following } = useSeries(visit);
  const moving = useMutation({
    mutationFn: async ({ start, onPurpose }: { start: string; onPurpose: OnPurpose }) => {
      if (reach === 'following' && series) {
        await rescheduleSeries(clinic.id, series, {
          fromAppointmentId: visit.id,
          start,
          ...(practitionerId === visit.practitioner.id ? {} : { practitionerId }),
          ...(minutes === lasted ? {} : { durationMinutes: minutes }),
          ...(onPurpose.outsideHours ? { outsideHours: true } : {}),
        });
        done(t('series.moved', { count: following.length + 1, name: visit.patient.displayName }), t('action.close'));
        void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
        return true;
      }
      const practitioner = practitioners.find((one) => one.id === practitionerId) ?? visit.practitioner;
      const error = await changes.move(visit, { start, practitioner, onPurpose, ...(minutes === lasted ? {} : { minutes }) });
      // A stale visit is being decided on in its own dialog; other refusals are explained here as well.
      if (error instanceof Problem && error.status !== 412) throw error;
      return error === null;
    },
    onSuccess: () => onClose(),
  });
  // What staff agreed to for this time: one refusal may follow the other.
  const purpose = useRef<OnPurpose>({});
  const submit = (more: OnPurpose | null = null) => {
    purpose.current = more ? { ...purpose.current, ...more } : {};
    const start = instantOf(when, zone);
    if (start) moving.mutate({ start, onPurpose: purpose.current });
  };
  return (
    <form
      noValidate
      className={clsx(forms.form, visitPanelStyles.form)}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3>{t('visit.moveTitle')}</h3>
      <WhenFields when={when} onChange={setWhen} zone={zone} errors={{}} />
      <SelectField label={t('visit.practitioner')} value={practitionerId} onChange={(event) => setPractitioner(event.target.value)}>
        {practitioners
          .filter((one) => one.active || one.id === visit.practitioner.id)
          .map((one) => (
            <option key={one.id} value={one.id}>
              {one.displayName}
            </option>
          ))}
      </SelectField>
      <TextField
        label={t('details.minutes')}
        type="number"
        min={5}
        max={480}
        step={5}
        data-testid="move-minutes"
        value={Number.isNaN(minutes) ? '' : minutes}
        onChange={(event) => setMinutes(event.target.valueAsNumber)}
      />
      <SeriesChoice following={following.length} value={reach} onChange={setReach} />
      <p className={fields.hint}>{t('visit.moveHint')}</p>
      <FormError error={moving.error}>
        <InTheWay error={moving.error} />
        {hasCode(moving.error, 'slot-taken') && (
          <Button small onClick={() => submit({ overbook: true })} disabled={moving.isPending}>
            {t('rooms.moveOver')}
          </Button>
        )}
        {(hasCode(moving.error, 'outside-hours') || onlyHours(moving.error)) && (
          <Button small onClick={() => submit({ outsideHours: true })} disabled={moving.isPending}>
            {t('book.moveAnyway')}
          </Button>
        )}
        {(hasCode(moving.error, 'slot-taken') || hasCode(moving.error, 'outside-hours')) && (
          <FreeTimes
            date={when.date}
            minute={minuteOfTime(when.time)}
            search={{
              healthcareServiceId: visit.healthcareService.id,
              practitionerId,
              durationMinutes: minutes,
              movingAppointmentId: visit.id,
            }}
            onPick={({ date, minute }) => {
              setWhen({ ...when, date, time: hhmm(minute) });
              moving.reset();
            }}
          />
        )}
      </FormError>
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" disabled={moving.isPending || Number.isNaN(minutes)} data-testid="move-submit">
          {t('visit.moveDo')}
        </Button>
        <Button onClick={onClose}>{t('action.back')}</Button>
      </div>
    </form>
  );
}

/** Of a series: nothing is in the way but the practitioner's hours. */
const onlyHours = (error: unknown) =>
  error instanceof Problem && error.occurrences.length > 0 && error.occurrences.every((one) => one.fitting === 'outside-hours');
