import { IconAlertTriangle } from '@tabler/icons-react';
import clsx from 'clsx';
import type { CampaignAudienceCount, WhatsAppLine } from '../../api/types';
import { useWords } from '../../app/clinic';
import { costText } from '../../ui/cost';
import { Icon } from '../../ui/Icon';
import typography from '../../ui/typography.module.css';

/** What it would cost and what holds it back, before it starts. Nothing of it on lines whose provider takes nothing. */
export function CampaignCost({ count, line }: { count: CampaignAudienceCount | undefined; line: WhatsAppLine | undefined }) {
  const { t, language } = useWords();
  const cost = count?.cost?.charged ? count.cost : null;
  const amount = cost?.amounts.map((one) => costText(one, language)).join(' + ');
  return (
    <div className={typography.small} data-testid="campaign-cost">
      {amount && <p>{t('campaigns.wouldCost', { amount })}</p>}
      {cost !== null && cost.unpriced > 0 && <p className={typography.muted}>{t('campaigns.unpriced')}</p>}
      {cost?.budgetLeft && <p className={typography.muted}>{t('campaigns.budgetLeft', { amount: costText(cost.budgetLeft, language) })}</p>}
      {cost?.exceedsBudget && (
        <p className={clsx(typography.strong)}>
          <Icon of={IconAlertTriangle} small /> {t('campaigns.overBudget')}
        </p>
      )}
      {line?.warmUp && <p className={typography.muted}>{t('campaigns.warmUp', { count: line.warmUp.perDay })}</p>}
    </div>
  );
}
