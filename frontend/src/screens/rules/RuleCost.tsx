import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { ruleCostQuery } from '../../api/costs';
import type { NotificationRule } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { costText } from '../../ui/cost';
import typography from '../../ui/typography.module.css';

/** What the messages would cost that the rule has planned. Nothing on lines whose provider takes nothing for a message. */
export function RuleCost({ rule }: { rule: NotificationRule }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const cost = useQuery(ruleCostQuery(clinic.id, rule.id)).data;
  if (!cost?.charged || cost.messages === 0) return null;
  const amount = cost.amounts.map((one) => costText(one, language)).join(' + ');
  return (
    <p className={clsx(typography.small, typography.muted)} data-testid="rule-cost">
      {amount
        ? t('costs.rule', { count: cost.messages, days: cost.days, amount })
        : t('costs.ruleUnpriced', { count: cost.messages, days: cost.days })}
    </p>
  );
}
