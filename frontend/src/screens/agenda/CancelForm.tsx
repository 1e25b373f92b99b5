import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { cancelAppointment, cancelSeries } from '../../api/actions';
import { appointmentQuery, waitlistMatchesQuery } from '../../api/agendaQueries';
import { keys } from '../../api/keys';
import { isStale } from '../../api/problems';
import { patchVisit } from '../../api/queries';
import { cancellationCodes } from '../../api/states';
import type { Appointment, CancellationCode } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { hourOf, to } from '../../app/paths';
import { useVisitChanges } from '../../app/visitChanges';
import { dateOf, timeOf } from '../../time/clinicTime';
import { shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import { Conflict } from '../../ui/Conflict';
import { SelectField, TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { visitSigns, visitState } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { type Reach, SeriesChoice, useSeries } from './SeriesChoice';
import visitPanelStyles from './VisitPanel.module.css';

/** Cancelling tells the patient, so it asks once, with the reason; a mistake can be taken back for a while. */
export function CancelForm({ visit: live, onClose }: { visit: Appointment; onClose: () => void }) {
  // The visit as it was when the form was opened: if it moves meanwhile, the server says so and the person decides.
  const [visit] = useState(live);
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const changes = useVisitChanges();
  const navigate = useNavigate();
  const [code, setCode] = useState<CancellationCode | ''>('');
  const [reason, setReason] = useState('');
  const [reach, setReach] = useState<Reach>('this');
  const { series, following } = useSeries(visit);
  const [theirs, setTheirs] = useState<Appointment | null>(null);
  /** The hour is free now: those who wait for it are one press away. */
  const tellWhoWaits = async (cancelled: Appointment) => {
    const hour = hourOf(cancelled);
    const { practitionerId: practitioner, locationId: location, ...when } = hour;
    const waiting = await client.fetchQuery({ ...waitlistMatchesQuery(clinic.id, hour), staleTime: 0 }).catch(() => []);
    if (waiting.length === 0) return;
    done(t('waitlist.waiting', { count: waiting.length }), t('action.close'), {
      label: t('action.see'),
      run: () => void navigate(to.waitlist(clinic.alias, { practitioner, location, ...when })),
    });
  };
  const cancelling = useMutation({
    mutationFn: (seen: Appointment) => cancelAppointment(clinic.id, seen, { code: code || undefined, reason: reason.trim() || undefined }),
    onSuccess: (cancelled) => {
      patchVisit(client, clinic.id, cancelled);
      done(t('visit.cancelDone', { name: visit.patient.displayName }), t('action.close'), {
        label: t('action.undo'),
        run: () => changes.reinstate(cancelled),
      });
      onClose();
      if (Date.parse(cancelled.start) > Date.now()) void tellWhoWaits(cancelled);
    },
    onError: async (error) => {
      if (isStale(error)) setTheirs(await client.fetchQuery({ ...appointmentQuery(clinic.id, visit.id), staleTime: 0 }));
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'timeline', visit.id) });
    },
  });
  const cancellingSeveral = useMutation({
    mutationFn: (seen: { id: string; version: number }) =>
      cancelSeries(clinic.id, seen, { fromAppointmentId: visit.id, code: code || undefined, reason: reason.trim() || undefined }),
    onSuccess: () => {
      done(t('series.cancelled', { count: following.length + 1, name: visit.patient.displayName }), t('action.close'));
      onClose();
    },
    onSettled: () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') }),
  });
  const busy = cancelling.isPending || cancellingSeveral.isPending;
  const said = (one: Appointment) =>
    `${shortDate(dateOf(one.start, clinic.timeZone), language)}, ${timeOf(one.start, clinic.timeZone)}. ${t(`status.${visitSigns[visitState(one)].word}`)}`;
  if (theirs) {
    return (
      <Conflict
        title={t('conflict.visit')}
        differences={[{ label: t('visit.title'), mine: t('status.visit.cancelled'), theirs: said(theirs) }]}
        busy={cancelling.isPending}
        onKeepMine={() => {
          cancelling.mutate(theirs);
          setTheirs(null);
        }}
        onTakeTheirs={onClose}
      />
    );
  }
  return (
    <form
      className={clsx(forms.form, visitPanelStyles.form)}
      onSubmit={(event) => {
        event.preventDefault();
        if (reach === 'following' && series) cancellingSeveral.mutate(series);
        else cancelling.mutate(visit);
      }}
    >
      <h3>{t('visit.cancelTitle')}</h3>
      <p className={clsx(typography.small, typography.muted)}>{t('visit.cancelHint')}</p>
      <SeriesChoice following={following.length} value={reach} onChange={setReach} />
      <SelectField
        label={t('visit.cancelWhy')}
        value={code}
        data-testid="cancel-code"
        onChange={(event) => setCode(event.currentTarget.value as CancellationCode | '')}
      >
        <option value="">{t('cancellation.none')}</option>
        {cancellationCodes.map((one) => (
          <option key={one} value={one}>
            {t(`cancellation.${one}`)}
          </option>
        ))}
      </SelectField>
      <TextField label={t('visit.reason')} value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
      {cancelling.error && !isStale(cancelling.error) ? <FormError error={cancelling.error} /> : null}
      <FormError error={cancellingSeveral.error} />
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="danger" disabled={busy} data-testid="cancel-submit">
          {t('visit.cancelDo')}
        </Button>
        <Button onClick={onClose}>{t('action.back')}</Button>
      </div>
    </form>
  );
}
