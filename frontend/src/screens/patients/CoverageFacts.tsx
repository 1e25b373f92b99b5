import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { insurancesQuery } from '../../api/agendaQueries';
import { may } from '../../api/may';
import { coverageQuery, replaceCoverage } from '../../api/preregistrations';
import type { Coverage, Patient } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { SelectField, TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';

/** Among the facts of a card: who pays, and the member number. Not there in a clinic that lists no insurance. */
export function CoverageFacts({ patient }: { patient: Patient }) {
  const { t } = useWords();
  const clinic = useClinic();
  const coverage = useQuery(coverageQuery(clinic.id, patient.id));
  const insurances = useQuery(insurancesQuery(clinic.id));
  const [editing, setEditing] = useState(false);
  const offered = (insurances.data ?? []).filter((one) => one.active || one.id === coverage.data?.insuranceId);
  if (!coverage.data || offered.length === 0) return null;
  const { insurance, memberNumber } = coverage.data;
  return (
    <>
      <dt>{t('prereg.detail.insurance')}</dt>
      <dd data-testid="patient-coverage">
        {[insurance, memberNumber].filter(Boolean).join(', ') || '—'}{' '}
        {may(clinic, 'edit-patients') && (
          <Button small kind="quiet" onClick={() => setEditing(true)} data-testid="coverage-edit">
            {t('action.change')}
          </Button>
        )}
        <Dialog opened={editing} onClose={() => setEditing(false)} title={t('prereg.detail.insurance')} under={patient.displayName}>
          {editing && <CoverageForm patient={patient} coverage={coverage.data} offered={offered} onClose={() => setEditing(false)} />}
        </Dialog>
      </dd>
    </>
  );
}

function CoverageForm(props: {
  patient: Patient;
  coverage: Coverage;
  offered: readonly { id: string; name: string }[];
  onClose: () => void;
}) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [seen] = useState(props.coverage);
  const [insuranceId, setInsuranceId] = useState(seen.insuranceId ?? '');
  const [memberNumber, setMemberNumber] = useState(seen.memberNumber ?? '');
  const saving = useMutation({
    mutationFn: () =>
      replaceCoverage(clinic.id, props.patient.id, seen, { insuranceId: insuranceId || null, memberNumber: memberNumber.trim() || null }),
    onSuccess: (saved) => {
      client.setQueryData(coverageQuery(clinic.id, props.patient.id).queryKey, saved);
      props.onClose();
    },
    onError: () => client.invalidateQueries({ queryKey: coverageQuery(clinic.id, props.patient.id).queryKey }),
  });
  return (
    <form
      className={forms.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <SelectField
        label={t('insurances.onVisit')}
        value={insuranceId}
        onChange={({ target }) => setInsuranceId(target.value)}
        data-autofocus
      >
        <option value="">{t('insurances.none')}</option>
        {props.offered.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('prereg.memberNumber')}
        maxLength={40}
        value={memberNumber}
        onChange={({ target }) => setMemberNumber(target.value)}
        data-testid="coverage-number"
      />
      {saving.error ? <FormError error={saving.error} /> : null}
      <div className={layout.row}>
        <Button type="submit" kind="primary" disabled={saving.isPending}>
          {t('action.save')}
        </Button>
        <Button onClick={props.onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
