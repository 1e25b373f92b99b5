import type { NotificationRule } from '../../api/types';
import { useWords } from '../../app/clinic';
import { SelectField, TimeField } from '../../ui/Field';
import forms from '../../ui/forms.module.css';
import { isAfterwards, isBefore, lead } from './rule';

/** How far from the visit a rule writes; what its trigger does not have is null. */
export type Timing = Pick<
  NotificationRule,
  'trigger' | 'minutesBefore' | 'minutesAfter' | 'daysAfter' | 'monthsAfter' | 'time' | 'workingDaysOnly'
>;

const triggers = ['booked', 'moved', 'cancelled', 'before-visit', 'same-day', 'after-visit', 'survey', 'no-show', 'recall'] as const;
const leads = [120, 720, 1440, 2880, 4320, 10080];
const delays = [0, 60, 120, 1440, 4320, 10080];
const recalls = ['d30', 'm3', 'm6', 'm12', 'm24'];

const nothing = { minutesBefore: null, minutesAfter: null, daysAfter: null, monthsAfter: null, time: null };

/** What a trigger begins with. */
export function timingOf(trigger: Timing['trigger'], workingDaysOnly: boolean): Timing {
  const same = { ...nothing, trigger, workingDaysOnly };
  switch (trigger) {
    case 'before-visit':
      return { ...same, minutesBefore: 1440 };
    case 'same-day':
      return { ...same, time: '08:00', workingDaysOnly: false };
    case 'after-visit':
    case 'survey':
    case 'no-show':
      return { ...same, minutesAfter: 120 };
    case 'recall':
      return { ...same, monthsAfter: 6, time: '10:00' };
    default:
      return { ...same, workingDaysOnly: false };
  }
}

const recallOf = (timing: Timing) => (timing.monthsAfter ? `m${timing.monthsAfter}` : `d${timing.daysAfter ?? 0}`);

/** When a rule writes. */
export function RuleTiming(props: {
  value: Timing;
  onChange: (changed: Timing) => void;
  /** The trigger of a rule that exists stays. */
  fixed: boolean;
  refused: Record<string, string | undefined>;
}) {
  const { value, onChange, fixed, refused } = props;
  const { t } = useWords();
  const minutes = (label: string, known: readonly number[], chosen: number, refusal: string | undefined, set: (to: number) => void) => (
    <SelectField label={label} value={chosen} onChange={(event) => set(Number(event.target.value))} error={refusal} data-testid="rule-lead">
      {[...new Set([...known, chosen])]
        .sort((a, b) => a - b)
        .map((one) => (
          <option key={one} value={one}>
            {one === 0 ? t('rules.atOnce') : lead(one, t)}
          </option>
        ))}
    </SelectField>
  );
  return (
    <div className={forms.columns}>
      <SelectField
        label={t('rules.trigger')}
        value={value.trigger}
        disabled={fixed}
        onChange={(event) => onChange(timingOf(event.target.value as Timing['trigger'], value.workingDaysOnly))}
        data-testid="rule-trigger"
      >
        <optgroup label={t('rules.groups.atOnce')}>
          {triggers.slice(0, 3).map((one) => (
            <option key={one} value={one}>
              {t(`rules.triggers.${one}`)}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('rules.groups.before')}>
          {triggers.filter(isBefore).map((one) => (
            <option key={one} value={one}>
              {t(`rules.triggers.${one}`)}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('rules.groups.after')}>
          {triggers.filter(isAfterwards).map((one) => (
            <option key={one} value={one}>
              {t(`rules.triggers.${one}`)}
            </option>
          ))}
        </optgroup>
      </SelectField>
      {value.trigger === 'before-visit' &&
        minutes(t('rules.lead'), leads, value.minutesBefore ?? 0, refused.minutesBefore, (minutesBefore) =>
          onChange({ ...value, minutesBefore }),
        )}
      {isAfterwards(value.trigger) &&
        value.trigger !== 'recall' &&
        minutes(t('rules.delay'), delays, value.minutesAfter ?? 0, refused.minutesAfter, (minutesAfter) =>
          onChange({ ...value, minutesAfter }),
        )}
      {value.trigger === 'recall' && (
        <SelectField
          label={t('rules.delay')}
          value={recallOf(value)}
          error={refused.monthsAfter ?? refused.daysAfter}
          onChange={(event) => {
            const count = Number(event.target.value.slice(1));
            const months = event.target.value.startsWith('m');
            onChange({ ...value, monthsAfter: months ? count : null, daysAfter: months ? null : count });
          }}
          data-testid="rule-recall"
        >
          {[...new Set([...recalls, recallOf(value)])].map((one) => (
            <option key={one} value={one}>
              {t(one.startsWith('m') ? 'rules.months' : 'rules.days', { count: Number(one.slice(1)) })}
            </option>
          ))}
        </SelectField>
      )}
      {(value.trigger === 'same-day' || value.trigger === 'recall') && (
        <TimeField label={t('rules.time')} value={value.time ?? ''} onValue={(time) => onChange({ ...value, time })} error={refused.time} />
      )}
    </div>
  );
}
