import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeInsurance, createInsurance } from '../../api/actions';
import { insurancesQuery, practitionersQuery, servicesQuery } from '../../api/agendaQueries';
import { keys } from '../../api/keys';
import type { Insurance, InsuranceChange } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Check, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { done } from '../../ui/notices';
import { AddableList } from './AddableList';
import { Chosen } from './Chosen';

/** Who pays for visits, and who accepts it for what. */
export function Insurances() {
  const { t } = useWords();
  const clinic = useClinic();
  const insurances = useQuery(insurancesQuery(clinic.id));
  return (
    <AddableList
      query={insurances}
      title={t('insurances.title')}
      add={t('insurances.add')}
      testId="new-insurance"
      empty={{ title: t('insurances.empty'), text: t('insurances.emptyText') }}
      row={(one) => ({ name: one.name, under: null })}
      form={(onClose, changed) => <Form onClose={onClose} changed={changed} />}
    />
  );
}

function Form({ onClose, changed }: { onClose: () => void; changed: Insurance | null }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const services = useQuery(servicesQuery(clinic.id));
  const [insurance, setInsurance] = useState<InsuranceChange>({
    name: changed?.name ?? '',
    practitionerIds: changed?.practitionerIds ?? [],
    healthcareServiceIds: changed?.healthcareServiceIds ?? [],
    active: changed?.active ?? true,
  });
  const set = (change: Partial<InsuranceChange>) => setInsurance((before) => ({ ...before, ...change }));
  const body = { ...insurance, name: insurance.name.trim() };
  const { saving, refused } = useSaving(
    ({ active, ...rest }: InsuranceChange, key) =>
      changed ? changeInsurance(clinic.id, changed, { ...rest, active }) : createInsurance(clinic.id, rest, key),
    (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'insurances') });
      done(t(changed ? 'settings.changed' : 'settings.added', { name: saved.name }), t('action.close'));
      onClose();
    },
  );
  const accepting = (practitioners.data ?? []).filter((one) => one.active || insurance.practitionerIds.includes(one.id));
  const covered = (services.data ?? []).filter((one) => one.active || insurance.healthcareServiceIds.includes(one.id));
  return (
    <SavingForm saving={saving} body={body} incomplete={!body.name} onClose={onClose}>
      <TextField
        label={t('insurances.name')}
        hint={t('insurances.nameHint')}
        required
        maxLength={100}
        data-autofocus
        data-testid="insurance-name"
        value={insurance.name}
        onChange={(event) => set({ name: event.target.value })}
        error={refused.name}
      />
      <Chosen
        legend={t('insurances.whoAccepts')}
        all={t('settings.everybody')}
        options={accepting.map((one) => ({ id: one.id, name: one.displayName }))}
        ids={insurance.practitionerIds}
        onChange={(practitionerIds) => set({ practitionerIds })}
      />
      <Chosen
        legend={t('insurances.forWhat')}
        all={t('insurances.everything')}
        options={covered.map((one) => ({ id: one.id, name: one.name }))}
        ids={insurance.healthcareServiceIds}
        onChange={(healthcareServiceIds) => set({ healthcareServiceIds })}
      />
      {changed && (
        <Check
          type="checkbox"
          checked={insurance.active}
          onChange={(event) => set({ active: event.target.checked })}
          label={t('insurances.activeLabel')}
          hint={t('insurances.activeHint')}
        />
      )}
    </SavingForm>
  );
}
