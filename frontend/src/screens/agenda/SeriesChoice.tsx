import { useQuery } from '@tanstack/react-query';
import { seriesQuery } from '../../api/agendaQueries';
import type { Appointment, AppointmentSeries } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Segments } from '../../ui/Field';

/** What a change to a visit of a series is meant for. */
export type Reach = 'this' | 'following';

/** The series of a visit, and the visits after it that are still awaited; nothing of a visit alone. */
export function useSeries(visit: Appointment): { series: AppointmentSeries | undefined; following: Appointment[] } {
  const clinic = useClinic();
  const series = useQuery(seriesQuery(clinic.id, visit.seriesId ?? null)).data;
  const following = (series?.appointments ?? []).filter(
    (one) => one.start > visit.start && (one.status === 'booked' || one.status === 'pending'),
  );
  return { series, following };
}

/** Asks whether only this visit is meant, or those after it too. Not there for a visit alone or the last one. */
export function SeriesChoice(props: { following: number; value: Reach; onChange: (value: Reach) => void }) {
  const { t } = useWords();
  if (props.following === 0) return null;
  return (
    <Segments
      label={t('series.which')}
      value={props.value}
      onChange={props.onChange}
      options={[
        { value: 'this', label: t('series.this') },
        { value: 'following', label: t('series.following', { count: props.following }) },
      ]}
    />
  );
}
