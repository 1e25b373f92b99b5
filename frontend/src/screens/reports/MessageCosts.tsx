import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { budgetQuery, consumptionQuery } from '../../api/costs';
import type { MessageConsumptionMonth } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { costText } from '../../ui/cost';
import typography from '../../ui/typography.module.css';
import styles from './Reports.module.css';

/** What messages of official lines cost, the last month first. Nothing where none was ever charged. */
export function MessageCosts() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const months = useQuery(consumptionQuery(clinic.id));
  const budget = useQuery(budgetQuery(clinic.id));
  if (!months.data || months.data.length === 0) return null;
  const limit = budget.data?.monthly;
  return (
    <section
      className={clsx(styles.survey, styles.wide)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys
      tabIndex={0}
      aria-labelledby="message-costs"
      data-testid="message-costs"
    >
      <h2 id="message-costs">{t('costs.title')}</h2>
      <p className={clsx(typography.small, typography.muted)}>{t('costs.text')}</p>
      {budget.data && limit !== null && limit !== undefined && (
        <p data-testid="budget-state">
          {t(budget.data.reached ? 'costs.reached' : 'costs.within', {
            spent: costText({ amount: budget.data.spent, currency: budget.data.currency }, language),
            limit: costText({ amount: limit, currency: budget.data.currency }, language),
          })}
        </p>
      )}
      <table className={styles.table}>
        <thead>
          <tr className={clsx(typography.small, typography.muted)}>
            <th scope="col">{t('costs.line')}</th>
            <th scope="col" className={styles.words}>
              {t('costs.category')}
            </th>
            <th scope="col">{t('costs.messages')}</th>
            <th scope="col">{t('costs.cost')}</th>
          </tr>
        </thead>
        {months.data.map((month) => (
          <MonthRows key={month.month} month={month} />
        ))}
      </table>
    </section>
  );
}

function MonthRows({ month }: { month: MessageConsumptionMonth }) {
  const { t, language } = useWords();
  const name = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month.month}-01T00:00:00Z`),
  );
  const total = month.totals.map((one) => costText(one, language)).join(' + ');
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={3} className={typography.strong}>
          {name}
        </th>
        <td className={typography.strong}>{total || t('costs.free')}</td>
      </tr>
      {month.rows.map((row) => (
        <tr key={`${row.lineId ?? ''}${row.category}${row.cost?.currency ?? ''}`}>
          <th scope="row">{row.lineName ?? t('costs.lineGone')}</th>
          <td className={styles.words}>{t(`costs.categories.${row.category}`)}</td>
          <td>{new Intl.NumberFormat(language).format(row.messages)}</td>
          <td>
            {row.cost ? costText(row.cost, language) : row.unpriced > 0 ? t('costs.unpriced', { count: row.unpriced }) : t('costs.free')}
          </td>
        </tr>
      ))}
    </tbody>
  );
}
