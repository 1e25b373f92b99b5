import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { appointmentsQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { addDays, hhmm } from '../../time/clinicTime';
import { Button } from '../../ui/Button';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
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
    <div className={clsx(layout.row, layout.wrap)}>
      <span className={clsx(typography.small, typography.muted)}>{t('book.freeInstead')}</span>
      {free.map((minute) => (
        <Button key={minute} small onClick={() => props.onPick(minute)}>
          {hhmm(minute)}
        </Button>
      ))}
    </div>
  );
}
