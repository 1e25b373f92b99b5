import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { type SlotSearch, slotsQuery } from '../../api/agendaQueries';
import { useClinic, useWords } from '../../app/clinic';
import { addDays, dateOf, instantAt, minuteOf, timeOf } from '../../time/clinicTime';
import { shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';

const SHOWN = 3;
const DAYS = 7;

/** What is free instead with the same practitioner, nearest to the wanted time; another day is named. */
export function FreeTimes(props: {
  date: string;
  minute: number;
  search: Omit<SlotSearch, 'from' | 'to' | 'limit'>;
  onPick: (when: { date: string; minute: number }) => void;
}) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const zone = clinic.timeZone;
  const { data } = useQuery(slotsQuery(clinic.id, { ...props.search, from: props.date, to: addDays(props.date, DAYS), limit: 1000 }));
  const wanted = Date.parse(instantAt(props.date, props.minute, zone));
  const near = [...(data?.items ?? [])]
    .sort((a, b) => Math.abs(Date.parse(a.start) - wanted) - Math.abs(Date.parse(b.start) - wanted))
    .slice(0, SHOWN)
    .sort((a, b) => a.start.localeCompare(b.start));
  if (near.length === 0) return null;
  return (
    <div className={clsx(layout.row, layout.wrap)}>
      <span className={clsx(typography.small, typography.muted)}>{t('book.freeInstead')}</span>
      {near.map((slot) => {
        const date = dateOf(slot.start, zone);
        return (
          <Button key={slot.start} small onClick={() => props.onPick({ date, minute: minuteOf(slot.start, zone) })}>
            {date === props.date ? timeOf(slot.start, zone) : `${shortDate(date, language)}, ${timeOf(slot.start, zone)}`}
          </Button>
        );
      })}
    </div>
  );
}
