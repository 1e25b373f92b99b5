import { useQuery } from '@tanstack/react-query';
import { appointmentsQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { addDays, hhmm } from '../../time/clinicTime';
import { freeStarts } from './model';

/** What is free instead, on the same day with the same practitioner. */
export function FreeTimes(props: {
  date: string;
  practitionerId: string;
  minute: number;
  duration: number;
  onPick: (minute: number) => void;
}) {
  const { t } = useWords();
  const clinic = useClinic();
  const { data } = useQuery({ ...appointmentsQuery(clinic.id, props.date, addDays(props.date, 1)), staleTime: 0 });
  const free = data ? freeStarts(data, props.practitionerId, clinic.timeZone, props) : [];
  if (free.length === 0) return null;
  return (
    <div className="row wrap">
      <span className="small muted">{t('book.freeInstead')}</span>
      {free.map((minute) => (
        <button key={minute} type="button" className="btn sm" onClick={() => props.onPick(minute)}>
          {hhmm(minute)}
        </button>
      ))}
    </div>
  );
}
