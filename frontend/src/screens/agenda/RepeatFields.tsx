import clsx from 'clsx';
import type { SeriesOccurrence } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { timeOf } from '../../time/clinicTime';
import { shortDate } from '../../time/format';
import { Check, SelectField, TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import typography from '../../ui/typography.module.css';
import styles from './RepeatFields.module.css';
import { type Every, everies, MOST_VISITS, type Repeating } from './useRepeating';

/** Whether the visit repeats, and on which days it has its place. */
export function RepeatFields({ repeating }: { repeating: Repeating }) {
  const { t } = useWords();
  const { every, count, occurrences } = repeating;
  return (
    <>
      <div className={every ? forms.columns : undefined}>
        <SelectField
          label={t('series.repeats')}
          value={every}
          onChange={(event) => repeating.setEvery(event.target.value as Every | '')}
          data-testid="repeat"
        >
          <option value="">{t('series.never')}</option>
          {everies.map((one) => (
            <option key={one} value={one}>
              {t(`series.every.${one}`)}
            </option>
          ))}
        </SelectField>
        {every && (
          <TextField
            label={t('series.count')}
            type="number"
            inputMode="numeric"
            min={2}
            max={MOST_VISITS}
            value={count}
            onChange={(event) => repeating.setCount(event.target.value)}
            data-testid="repeat-count"
          />
        )}
      </div>
      {every && occurrences.length > 0 && (
        <fieldset className={styles.visits}>
          <legend className={clsx(typography.small, typography.strong)} aria-live="polite" data-testid="repeat-chosen">
            {t('series.chosen', { count: occurrences.length, chosen: repeating.chosen })}
          </legend>
          <ol className={styles.list}>
            {occurrences.map((one) => (
              <li key={one.local}>
                <Check
                  type="checkbox"
                  checked={repeating.isChosen(one)}
                  disabled={one.fitting === 'taken'}
                  onChange={(event) => repeating.turn(one, event.target.checked)}
                  label={<Day one={one} />}
                />
              </li>
            ))}
          </ol>
        </fieldset>
      )}
      {every ? <FormError error={repeating.error} /> : null}
    </>
  );
}

function Day({ one }: { one: SeriesOccurrence }) {
  const { t, language } = useWords();
  const { timeZone } = useClinic();
  const [date, time] = one.local.split('T') as [string, string];
  const taken = one.conflicts[0];
  const notes = [
    one.fitting === 'outside-hours' && t('series.outsideHours'),
    one.fitting === 'taken' &&
      (taken
        ? t('rooms.taken', { name: taken.name, from: timeOf(taken.start, timeZone), until: timeOf(taken.end, timeZone) })
        : t('series.taken')),
    one.clocks !== 'usual' && t(`series.clocks.${one.clocks}`),
  ].filter(Boolean);
  return (
    <span className={styles.day}>
      <span className={one.fitting === 'taken' ? typography.muted : undefined}>
        {shortDate(date, language)}, {time}
      </span>
      {notes.length > 0 && <span className={clsx(typography.small, typography.muted)}>{notes.join(' · ')}</span>}
    </span>
  );
}
