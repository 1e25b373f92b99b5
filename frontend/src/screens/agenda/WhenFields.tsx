import clsx from 'clsx';
import { useWords } from '../../app/clinic';
import { cityOf, instantAt, offsetLabel, type Resolved, resolve, timeOf } from '../../time/clinicTime';
import { Segments, TextField, TimeField } from '../../ui/Field';
import forms from '../../ui/forms.module.css';
import typography from '../../ui/typography.module.css';

export interface When {
  date: string;
  time: string;
  /** Which of the two passes of a repeated hour is meant. */
  pass: 'earlier' | 'later';
}

/** The instant a filled-in date and time mean, or null while they mean none. */
export function instantOf(when: When, zone: string): string | null {
  const wall = readWall(when, zone);
  if (!wall || wall.kind === 'skipped') return null;
  if (wall.kind === 'exact') return wall.instant;
  return when.pass === 'earlier' ? wall.earlier : wall.later;
}

function readWall(when: When, zone: string): Resolved | null {
  if (!when.date || !/^\d{2}:\d{2}/.test(when.time)) return null;
  try {
    return resolve(when.date, when.time.slice(0, 5), zone);
  } catch {
    return null;
  }
}

/** Date and time on the clinic's wall: the zone is named, hours that do not exist or exist twice are said. */
export function WhenFields(props: { when: When; onChange: (when: When) => void; zone: string; errors: Record<string, string> }) {
  const { t } = useWords();
  const { when, zone } = props;
  const wall = readWall(when, zone);
  const offset = offsetLabel(instantAt(when.date || '2026-01-01', 12 * 60, zone), zone);
  const skipped = wall?.kind === 'skipped' ? t('agenda.skipped', { time: when.time, before: wall.before, after: wall.after }) : undefined;
  return (
    <>
      <div className={forms.columns}>
        <TextField
          label={t('visit.date')}
          type="date"
          required
          value={when.date}
          onChange={(event) => props.onChange({ ...when, date: event.target.value })}
          error={props.errors.date}
          data-testid="book-date"
        />
        <TimeField
          label={t('visit.time')}
          required
          value={when.time}
          onValue={(time) => props.onChange({ ...when, time })}
          error={skipped ?? props.errors.start}
          hint={t('book.zone', { city: cityOf(zone), offset })}
          data-testid="book-time"
        />
      </div>
      {wall?.kind === 'repeated' && (
        <div>
          <p className={clsx(typography.small, typography.muted)}>{t('book.repeated', { time: when.time })}</p>
          <Segments
            label={t('book.whichPass')}
            value={when.pass}
            onChange={(pass) => props.onChange({ ...when, pass })}
            options={[
              { value: 'earlier', label: `${timeOf(wall.earlier, zone)} ${offsetLabel(wall.earlier, zone)}` },
              { value: 'later', label: `${timeOf(wall.later, zone)} ${offsetLabel(wall.later, zone)}` },
            ]}
          />
        </div>
      )}
    </>
  );
}
