import { useQuery } from '@tanstack/react-query';
import { rulesQuery } from '../../api/rules';
import { useClinic, useWords } from '../../app/clinic';
import { RuleEffect } from '../rules/RuleEffect';
import { nameOf } from '../rules/rule';
import styles from './Reports.module.css';

/** What the reminders change that the clinic measures; nothing where it measures none. */
export function ReminderEffects() {
  const { t } = useWords();
  const clinic = useClinic();
  const rules = useQuery(rulesQuery(clinic.id));
  const measured = rules.data?.filter((one) => one.holdoutPercent !== null) ?? [];
  if (measured.length === 0) return null;
  return (
    <section className={styles.effects} aria-labelledby="reminder-effects" data-testid="reminder-effects">
      <h2 id="reminder-effects">{t('effect.all')}</h2>
      {measured.map((rule) => (
        <RuleEffect key={rule.id} rule={rule} title={nameOf(rule, t)} />
      ))}
    </section>
  );
}
