import { useQuery } from '@tanstack/react-query';
import { locationsQuery } from '../../api/agendaQueries';
import type { Location } from '../../api/types';
import { useClinic } from '../../app/clinic';
import { SelectField } from '../../ui/Field';

/** The locations that take visits; a clinic with one has nothing to choose. */
export function useLocations(): { active: Location[]; several: boolean; nameOf: (id: string | null | undefined) => string | null } {
  const clinic = useClinic();
  const locations = useQuery(locationsQuery(clinic.id));
  const active = (locations.data ?? []).filter((one) => one.active);
  return {
    active,
    several: active.length > 1,
    nameOf: (id) => locations.data?.find((one) => (id ? one.id === id : one.main))?.name ?? null,
  };
}

interface Props {
  label: React.ReactNode;
  /** The id of a location, or the empty word for what `none` says. */
  value: string;
  onChange: (id: string) => void;
  /** What choosing none of them means; left out, the main one is chosen by its own name. */
  none?: string;
  error?: string;
}

/** Chooses a location; not there in a clinic that has only one. */
export function LocationSelect({ label, value, onChange, none, error }: Props) {
  const { active, several } = useLocations();
  if (!several) return null;
  return (
    <SelectField label={label} value={value} onChange={(event) => onChange(event.target.value)} error={error} data-testid="location">
      {none !== undefined && <option value="">{none}</option>}
      {active.map((one) => (
        <option key={one.id} value={none === undefined && one.main ? '' : one.id}>
          {one.name}
        </option>
      ))}
    </SelectField>
  );
}
