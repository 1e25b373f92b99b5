import { useQuery } from '@tanstack/react-query';
import { roomsQuery, servicesQuery } from '../../api/agendaQueries';
import { useClinic, useWords } from '../../app/clinic';
import { SelectField } from '../../ui/Field';

interface Props {
  serviceId: string;
  /** Only rooms of this location; left out or null, of any. */
  locationId?: string | null;
  /** The empty word for none in particular. */
  value: string;
  onChange: (id: string, name: string) => void;
  /** True of a visit that is booked: then none in particular means none at all. */
  booked?: boolean;
  error?: string;
}

/** The room or equipment of a visit: of those that suit its service. Not there in a clinic that lists none. */
export function RoomSelect({ serviceId, locationId, value, onChange, booked, error }: Props) {
  const { t } = useWords();
  const clinic = useClinic();
  const rooms = useQuery(roomsQuery(clinic.id));
  const services = useQuery(servicesQuery(clinic.id));
  const suitable = services.data?.find((one) => one.id === serviceId)?.roomIds ?? [];
  const offered = (rooms.data ?? []).filter(
    (one) =>
      one.id === value ||
      (one.active && (!locationId || one.locationId === locationId) && (suitable.length === 0 || suitable.includes(one.id))),
  );
  if (offered.length === 0) return null;
  const needed = suitable.length > 0;
  return (
    <SelectField
      label={t('rooms.onVisit')}
      value={value}
      onChange={({ target }) => onChange(target.value, offered.find((one) => one.id === target.value)?.name ?? '')}
      error={error}
      data-testid="room"
    >
      {!(booked && needed && value) && <option value="">{t(needed && !booked ? 'rooms.firstFree' : 'rooms.none')}</option>}
      {offered.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </SelectField>
  );
}
