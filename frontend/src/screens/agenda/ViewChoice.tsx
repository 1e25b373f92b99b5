import { useWords } from '../../app/clinic';
import type { AgendaSearch } from '../../app/paths';
import { Segments } from '../../ui/Field';

/** Day, week or month. */
export function ViewChoice({
  view,
  onChange,
}: {
  view: NonNullable<AgendaSearch['view']>;
  onChange: (view: NonNullable<AgendaSearch['view']>) => void;
}) {
  const { t } = useWords();
  return (
    <Segments
      label={t('agenda.view')}
      value={view}
      onChange={onChange}
      options={[
        { value: 'day', label: t('agenda.day') },
        { value: 'week', label: t('agenda.week') },
        { value: 'month', label: t('agenda.month') },
      ]}
    />
  );
}
