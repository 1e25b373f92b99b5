import { useQuery } from '@tanstack/react-query';
import { insurancesQuery } from '../../api/agendaQueries';
import { useClinic, useWords } from '../../app/clinic';
import { SelectField } from '../../ui/Field';

interface Props {
  practitionerId: string;
  serviceId: string;
  /** The empty word when the patient pays. */
  value: string;
  onChange: (id: string, name: string) => void;
  error?: string;
  disabled?: boolean;
}

/** Who pays: of what the practitioner accepts for the service. Not there in a clinic that lists none. */
export function InsuranceSelect({ practitionerId, serviceId, value, onChange, error, disabled }: Props) {
  const { t } = useWords();
  const clinic = useClinic();
  const insurances = useQuery(insurancesQuery(clinic.id));
  const allows = (ids: readonly string[], id: string) => !id || ids.length === 0 || ids.includes(id);
  const accepted = (insurances.data ?? []).filter(
    (one) => one.id === value || (one.active && allows(one.practitionerIds, practitionerId) && allows(one.healthcareServiceIds, serviceId)),
  );
  if (accepted.length === 0) return null;
  return (
    <SelectField
      label={t('insurances.onVisit')}
      value={value}
      onChange={({ target }) => onChange(target.value, accepted.find((one) => one.id === target.value)?.name ?? '')}
      error={error}
      disabled={disabled}
      data-testid="insurance"
    >
      <option value="">{t('insurances.none')}</option>
      {accepted.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </SelectField>
  );
}
