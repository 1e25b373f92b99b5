import clsx from 'clsx';
import { useState } from 'react';
import type { PersonConversations as Person } from '../../api/conversations';
import { useWords } from '../../app/clinic';
import { SelectField } from '../../ui/Field';
import typography from '../../ui/typography.module.css';
import { Heat } from '../conversations/TicketFigures';
import styles from './Reports.module.css';

/** Who answered and resolved, how fast, and when in the week. Nothing where nobody did. */
export function PersonConversations({ people }: { people: Person[] }) {
  const { t, language } = useWords();
  const [chosen, setChosen] = useState('0');
  if (people.length === 0) return null;
  const whole = new Intl.NumberFormat(language);
  const nameOf = (one: Person) => (one.ownPhone ? t('inbox.ownPhone') : (one.name ?? t('lineConversations.nobody')));
  const shown = people[Number(chosen)] ?? people[0];
  return (
    <section
      className={clsx(styles.survey, styles.wide)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys
      tabIndex={0}
      aria-labelledby="person-conversations"
      data-testid="person-conversations"
    >
      <h2 id="person-conversations">{t('lineConversations.byPerson')}</h2>
      <table className={styles.table}>
        <thead>
          <tr className={clsx(typography.small, typography.muted)}>
            <th scope="col">{t('lineConversations.person')}</th>
            <th scope="col">{t('lineConversations.answered')}</th>
            <th scope="col">{t('lineConversations.firstAnswers')}</th>
            <th scope="col">{t('lineConversations.median')}</th>
            <th scope="col">{t('lineConversations.resolved')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((one, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two people may be called the same, and the list is shown as it came
            <tr key={place}>
              <th scope="row">{nameOf(one)}</th>
              <td>{whole.format(one.answered)}</td>
              <td>{whole.format(one.firstAnswers)}</td>
              <td className={typography.strong}>
                {one.medianMinutes === null
                  ? '—'
                  : t('lineConversations.minutes', { minutes: whole.format(Math.round(one.medianMinutes)) })}
              </td>
              <td>{whole.format(one.resolved)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.whose}>
        <SelectField
          label={t('lineConversations.whose')}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data-testid="whose-hours"
        >
          {people.map((one, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <option key={place} value={String(place)}>
              {nameOf(one)}
            </option>
          ))}
        </SelectField>
      </div>
      {shown && <Heat byHour={shown.byHour} title={t('lineConversations.when')} />}
    </section>
  );
}
