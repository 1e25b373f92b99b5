import { IconCopy, IconPlus, IconTrash } from '@tabler/icons-react';
import clsx from 'clsx';
import type { HoursPart, Weekday } from '../../../api/types';
import { useWords } from '../../../app/clinic';
import { minuteOfTime } from '../../../time/clinicTime';
import { weekdayLong } from '../../../time/format';
import { Button } from '../../../ui/Button';
import { Check, TimeField } from '../../../ui/Field';
import { Icon } from '../../../ui/Icon';
import layout from '../../../ui/layout.module.css';
import typography from '../../../ui/typography.module.css';
import { LocationSelect } from '../LocationSelect';
import styles from './Hours.module.css';
import { faultsOf, inOrder, nextPart, type Week, weekdays } from './week';

/** What the bar of a day shows. */
const BAR = { from: 6 * 60, until: 22 * 60 };
const MOST_PARTS = 4;

interface Props {
  week: Week;
  onChange: (week: Week) => void;
  disabled?: boolean;
}

/** A usual week, day by day: whether anybody is there, from when until when, with breaks between the parts. */
export function WeekEditor({ week, onChange, disabled }: Props) {
  const { t, language } = useWords();
  const set = (day: Weekday, parts: HoursPart[]) => onChange({ ...week, [day]: parts });
  return (
    <fieldset className={styles.week} disabled={disabled}>
      <legend className={layout.visuallyHidden}>{t('hours.week')}</legend>
      {weekdays.map((day, index) => {
        const parts = week[day];
        const name = weekdayLong(index + 1, language);
        const faults = faultsOf(parts);
        return (
          <div key={day} className={styles.day} data-testid={`day-${day}`}>
            <Check
              type="checkbox"
              checked={parts.length > 0}
              onChange={(event) => set(day, event.target.checked ? [nextPart([])] : [])}
              label={<span className={styles.dayName}>{name}</span>}
            />
            <div className={styles.parts}>
              {parts.length === 0 && <span className={typography.muted}>{t('hours.closed')}</span>}
              {parts.map((part, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a part has no name but its place
                <div key={at} className={styles.part}>
                  <TimeField
                    label={<span className={layout.visuallyHidden}>{t('hours.from', { day: name, part: at + 1 })}</span>}
                    value={part.from}
                    onValue={(from) => set(day, parts.with(at, { ...part, from }))}
                  />
                  <span className={typography.muted}>{t('hours.to')}</span>
                  <TimeField
                    endOfDay
                    label={<span className={layout.visuallyHidden}>{t('hours.until', { day: name, part: at + 1 })}</span>}
                    value={part.until}
                    onValue={(until) => set(day, parts.with(at, { ...part, until }))}
                    error={faults[at] ? t(`hours.fault.${faults[at]}`) : undefined}
                  />
                  <LocationSelect
                    label={<span className={layout.visuallyHidden}>{t('locations.part', { day: name, part: at + 1 })}</span>}
                    value={part.locationId ?? ''}
                    onChange={(id) => set(day, parts.with(at, { ...part, locationId: id || null }))}
                  />
                  {parts.length > 1 && (
                    <Button
                      kind="quiet"
                      small
                      iconOnly
                      aria-label={t('hours.removePart', { day: name, part: at + 1 })}
                      onClick={() => set(day, parts.toSpliced(at, 1))}
                    >
                      <Icon of={IconTrash} />
                    </Button>
                  )}
                </div>
              ))}
              {parts.length > 0 && (
                <div className={clsx(layout.row, styles.more)}>
                  {parts.length < MOST_PARTS && (
                    <Button
                      kind="quiet"
                      small
                      iconOnly
                      aria-label={t('hours.addPart', { day: name })}
                      title={t('hours.addPart', { day: name })}
                      onClick={() => set(day, [...parts, nextPart(parts)])}
                    >
                      <Icon of={IconPlus} />
                    </Button>
                  )}
                  <Button
                    kind="quiet"
                    small
                    iconOnly
                    aria-label={t('hours.copy', { day: name })}
                    title={t('hours.copy', { day: name })}
                    onClick={() =>
                      onChange(
                        Object.fromEntries(
                          weekdays.map((other) => [other, week[other].length > 0 || other === day ? parts.map((one) => ({ ...one })) : []]),
                        ) as Week,
                      )
                    }
                  >
                    <Icon of={IconCopy} />
                  </Button>
                </div>
              )}
            </div>
            <Bar parts={parts} />
          </div>
        );
      })}
    </fieldset>
  );
}

/** The day at a glance; the fields beside it say the same in words. */
function Bar({ parts }: { parts: readonly HoursPart[] }) {
  const place = (minute: number) => `${(Math.max(0, Math.min(minute, BAR.until) - BAR.from) / (BAR.until - BAR.from)) * 100}%`;
  return (
    <div className={styles.bar} aria-hidden="true">
      {inOrder(parts)
        .filter((part) => part.from && part.until && part.until > part.from)
        .map((part) => (
          <span
            key={part.from}
            style={{ insetInlineStart: place(minuteOfTime(part.from)), insetInlineEnd: `calc(100% - ${place(minuteOfTime(part.until))})` }}
          />
        ))}
    </div>
  );
}
