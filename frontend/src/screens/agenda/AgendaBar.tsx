import {
  IconCalendarSearch,
  IconCircleX,
  IconClockQuestion,
  IconClockShield,
  IconKeyboard,
  IconStethoscope,
  IconZoomIn,
} from '@tabler/icons-react';
import clsx from 'clsx';
import type { Appointment, Practitioner } from '../../api/types';
import { useWords } from '../../app/clinic';
import type { AgendaSearch } from '../../app/paths';
import { isDate } from '../../time/clinicTime';
import chips from '../../ui/chips.module.css';
import { Segments } from '../../ui/Field';
import filterBar from '../../ui/filterBar.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { visitState } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './AgendaBar.module.css';
import { ViewChoice } from './ViewChoice';

interface Props {
  search: AgendaSearch;
  change: (next: Partial<AgendaSearch>) => void;
  /** Null while the day is not known: nothing is counted then. */
  visits: Appointment[] | null;
  /** Those of whom is shown, which is what the filters count. */
  counted: Appointment[] | null;
  date: string;
  practitioners: Practitioner[];
  /** How many rooms there are that columns may be of. */
  rooms: number;
  view: NonNullable<AgendaSearch['view']>;
  phone: boolean;
  today: boolean;
  clock: { from: string; to: string; direction: 'forward' | 'back' } | null;
}

/** What the agenda is narrowed to, and what the clocks do that day. */
export function AgendaBar({ search, change, visits, counted: shown, date, practitioners, rooms, view, phone, today, clock }: Props) {
  const { t } = useWords();
  const waiting = shown?.filter((visit) => ['wait', 'unknown'].includes(visitState(visit))).length;
  const declined = shown?.filter((visit) => visitState(visit) === 'no').length;
  const toggle = (only: NonNullable<AgendaSearch['only']>) => change({ only: search.only === only ? undefined : only });
  const chooses = view !== 'day' || !phone;
  return (
    <>
      <div className={filterBar.bar}>
        {phone && <ViewChoice view={view} onChange={(next) => change({ view: next === 'day' ? undefined : next })} />}
        {phone && !today && (
          <button type="button" className={chips.chip} onClick={() => change({ date: undefined })}>
            {t('agenda.today')}
          </button>
        )}
        <label className={clsx(chips.chip, chips.withInput)}>
          <Icon of={IconCalendarSearch} small />
          <span className={layout.visuallyHidden}>{t('agenda.goTo')}</span>
          <input
            type="date"
            value={date}
            data-testid="agenda-date"
            onChange={(event) => isDate(event.target.value) && change({ date: event.target.value })}
          />
        </label>
        {chooses && practitioners.length > 1 && (
          <label className={clsx(chips.chip, chips.withInput)}>
            <Icon of={IconStethoscope} small />
            <span className={layout.visuallyHidden}>{t('visit.practitioner')}</span>
            <select
              value={search.practitioner ?? (view === 'week' ? practitioners[0]?.id : '')}
              onChange={(event) => change({ practitioner: event.target.value || undefined })}
            >
              {view !== 'week' && <option value="">{t('agenda.everybody', { count: practitioners.length })}</option>}
              {practitioners.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.displayName}
                </option>
              ))}
            </select>
          </label>
        )}
        {view === 'day' && !phone && rooms > 0 && (
          <Segments
            label={t('rooms.columns')}
            value={search.columns ?? 'practitioners'}
            onChange={(columns) => change({ columns: columns === 'rooms' ? columns : undefined })}
            options={[
              { value: 'practitioners', label: t('rooms.byPractitioner') },
              { value: 'rooms', label: t('rooms.byRoom') },
            ]}
          />
        )}
        {view !== 'month' && (
          <>
            <button type="button" className={chips.chip} aria-pressed={search.only === 'waiting'} onClick={() => toggle('waiting')}>
              <Icon of={IconClockQuestion} small />
              {counted(t('agenda.onlyWaiting'), waiting)}
            </button>
            <button type="button" className={chips.chip} aria-pressed={search.only === 'declined'} onClick={() => toggle('declined')}>
              <Icon of={IconCircleX} small />
              {counted(t('agenda.onlyDeclined'), declined)}
            </button>
          </>
        )}
        {view !== 'month' && !phone && (
          <>
            <button
              type="button"
              className={chips.chip}
              aria-pressed={search.zoom === 'roomy'}
              onClick={() => change({ zoom: search.zoom === 'roomy' ? undefined : 'roomy' })}
            >
              <Icon of={IconZoomIn} small />
              {t('agenda.roomy')}
            </button>
            <span className={clsx(layout.end, typography.small, typography.muted, typography.nowrap, styles.moveHint)}>
              <Icon of={IconKeyboard} small /> {t('agenda.moveHint')}
            </span>
          </>
        )}
      </div>
      {clock && (
        <p className={clsx(styles.clock, typography.small)} role="note">
          <Icon of={IconClockShield} small /> {t(`agenda.clock.${clock.direction}`, { from: clock.from, to: clock.to })}
        </p>
      )}
      {phone && view === 'day' && practitioners.length > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll sideways as this bar does
        <div className={styles.practitioners} role="group" aria-label={t('visit.practitioner')}>
          {practitioners.map((one, index) => (
            <button
              key={one.id}
              type="button"
              aria-pressed={search.practitioner ? search.practitioner === one.id : index === 0}
              onClick={() => change({ practitioner: one.id })}
            >
              <span className={clsx(typography.ellipsis, typography.block)}>{one.displayName.split(' ').at(-1)}</span>
              {visits?.filter((visit) => visit.practitioner.id === one.id).length}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

const counted = (word: string, count: number | undefined) => (count === undefined ? word : `${word}, ${count}`);
