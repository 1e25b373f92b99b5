import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { ruleEffectQuery } from '../../api/rules';
import type { NotificationRule, NotificationRuleEffect } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import typography from '../../ui/typography.module.css';
import { Intervals } from '../reports/Intervals';
import styles from '../reports/Reports.module.css';
import { percent } from '../reports/report';

/** What the reminder changes: one sentence that claims no more than the figures, and both groups with their intervals. */
export function RuleEffect({ rule, title }: { rule: NotificationRule; title: string }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const effect = useQuery(ruleEffectQuery(clinic.id, rule.id));
  const seen = effect.data;
  if (!seen || seen.reminded.visits + seen.heldOut.visits === 0) return null;
  const over = (of: NotificationRuleEffect['reminded']) => of.attended + of.missed;
  const { reminded, heldOut } = seen;
  return (
    <section data-testid="rule-effect">
      <h3 className={typography.strong}>{title}</h3>
      <p>{sentenceOf(seen, t, language)}</p>
      {reminded.noShows && heldOut.noShows && (
        <Intervals
          rows={[
            { label: t('effect.reminded', { count: over(reminded) }), share: reminded.noShows, full: true },
            { label: t('effect.heldOut', { count: over(heldOut) }), share: heldOut.noShows, full: false },
          ]}
        />
      )}
      {seen.services.length > 1 && (
        <table className={styles.table}>
          <thead>
            <tr className={clsx(typography.small, typography.muted)}>
              <th scope="col">{t('reports.service')}</th>
              <th scope="col">{t('effect.missedWith')}</th>
              <th scope="col">{t('effect.missedWithout')}</th>
            </tr>
          </thead>
          <tbody>
            {seen.services.map((one) => (
              <tr key={one.healthcareServiceId}>
                <th scope="row">{one.name}</th>
                <td>{t('effect.of', { missed: one.reminded.missed, over: over(one.reminded) })}</td>
                <td>{t('effect.of', { missed: one.heldOut.missed, over: over(one.heldOut) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {seen.lines.length > 1 && (
        <table className={styles.table}>
          <thead>
            <tr className={clsx(typography.small, typography.muted)}>
              <th scope="col">{t('effect.byLine')}</th>
              <th scope="col">{t('effect.missedWith')}</th>
            </tr>
          </thead>
          <tbody>
            {seen.lines.map((one) => (
              <tr key={one.lineId}>
                <th scope="row">{one.name}</th>
                <td>{t('effect.of', { missed: one.reminded.missed, over: over(one.reminded) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={clsx(typography.tiny, typography.muted)}>{t('effect.how')}</p>
    </section>
  );
}

function sentenceOf(
  effect: NotificationRuleEffect,
  t: (key: string, values?: Record<string, unknown>) => string,
  language: string,
): string {
  const over = (of: NotificationRuleEffect['reminded']) => of.attended + of.missed;
  const prevented = effect.noShowsPrevented;
  if (effect.verdict === 'too-early' || !prevented)
    return t('effect.tooEarly', { count: Math.min(over(effect.reminded), over(effect.heldOut)), needed: effect.visitsNeeded });
  const fewer = effect.verdict !== 'more-no-shows';
  return t(`effect.${effect.verdict}`, {
    low: percent(Math.abs(fewer ? prevented.low : prevented.high), language),
    high: percent(Math.abs(fewer ? prevented.high : prevented.low), language),
  });
}
