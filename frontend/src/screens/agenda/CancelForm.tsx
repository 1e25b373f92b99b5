import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { cancelAppointment } from '../../api/actions';
import { appointmentQuery } from '../../api/agendaQueries';
import { keys } from '../../api/keys';
import { isStale } from '../../api/problems';
import { patchVisit } from '../../api/queries';
import { cancellationCodes } from '../../api/states';
import type { Appointment, CancellationCode } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
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
import visitPanelStyles from './VisitPanel.module.css';

/** Cancelling tells the patient and cannot be taken back, so it asks once, with the reason. */
export function CancelForm({ visit: live, onClose }: { visit: Appointment; onClose: () => void }) {
  // The visit as it was when the form was opened: if it moves meanwhile, the server says so and the person decides.
  const [visit] = useState(live);
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [code, setCode] = useState<CancellationCode | ''>('');
  const [reason, setReason] = useState('');
  const [theirs, setTheirs] = useState<Appointment | null>(null);
  const cancelling = useMutation({
    mutationFn: (seen: Appointment) => cancelAppointment(clinic.id, seen, { code: code || undefined, reason: reason.trim() || undefined }),
    onSuccess: (cancelled) => {
      patchVisit(client, clinic.id, cancelled);
      done(t('visit.cancelDone', { name: visit.patient.displayName }), t('action.close'));
      onClose();
    },
    onError: async (error) => {
      if (isStale(error)) setTheirs(await client.fetchQuery({ ...appointmentQuery(clinic.id, visit.id), staleTime: 0 }));
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'timeline', visit.id) });
    },
  });
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
        cancelling.mutate(visit);
      }}
    >
      <h3>{t('visit.cancelTitle')}</h3>
      <p className={clsx(typography.small, typography.muted)}>{t('visit.cancelHint')}</p>
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
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="danger" disabled={cancelling.isPending} data-testid="cancel-submit">
          {t('visit.cancelDo')}
        </Button>
        <Button onClick={onClose}>{t('action.back')}</Button>
      </div>
    </form>
  );
}
