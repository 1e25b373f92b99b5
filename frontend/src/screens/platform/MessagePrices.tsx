import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { pricesQuery, writePrices } from '../../api/costs';
import { keys } from '../../api/keys';
import { useWords } from '../../app/clinic';
import { dayMonthYear } from '../../time/format';
import { Button } from '../../ui/Button';
import { costText } from '../../ui/cost';
import { Dialog } from '../../ui/Dialog';
import { TextArea } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { Icon } from '../../ui/Icon';
import { done } from '../../ui/notices';
import { Empty, LoadError, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import reports from '../reports/Reports.module.css';
import { PlatformHead } from './PlatformHead';
import { pricesIn } from './prices';

/** What providers take for a delivered message: the platform's table, the same for every clinic. */
export function MessagePrices() {
  const { t, language } = useWords();
  const prices = useQuery(pricesQuery);
  const [adding, setAdding] = useState(false);
  const markets = new Intl.DisplayNames([language], { type: 'region' });
  return (
    <>
      <PlatformHead title={t('prices.title')} under={t('prices.under')}>
        <Button kind="primary" onClick={() => setAdding(true)} data-testid="add-prices">
          <Icon of={IconPlus} />
          {t('prices.add')}
        </Button>
      </PlatformHead>
      {prices.isPending ? (
        <Skeleton rows={8} />
      ) : prices.isLoadingError ? (
        <LoadError error={prices.error} title={t('prices.error')} retry={() => void prices.refetch()} />
      ) : prices.data.length === 0 ? (
        <Empty title={t('prices.empty')} text={t('prices.emptyText')} />
      ) : (
        <table className={reports.table} data-testid="prices">
          <thead>
            <tr className={clsx(typography.small, typography.muted)}>
              <th scope="col">{t('prices.market')}</th>
              <th scope="col" className={reports.words}>
                {t('costs.category')}
              </th>
              <th scope="col" className={reports.words}>
                {t('prices.from')}
              </th>
              <th scope="col">{t('prices.price')}</th>
            </tr>
          </thead>
          <tbody>
            {prices.data.map((one) => (
              <tr key={`${one.market}${one.category}${one.validFrom}`}>
                <th scope="row">{one.market === '001' ? one.market : (markets.of(one.market) ?? one.market)}</th>
                <td className={reports.words}>{t(`costs.categories.${one.category}`)}</td>
                <td className={reports.words}>{dayMonthYear(one.validFrom, language)}</td>
                <td>{costText({ amount: one.price, currency: one.currency }, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('prices.add')}>
        <PricesForm onClose={() => setAdding(false)} />
      </Dialog>
    </>
  );
}

function PricesForm({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const { prices, wrong } = pricesIn(text);
  const { saving } = useSaving(writePrices, () => {
    void client.invalidateQueries({ queryKey: keys.platformPrices });
    done(t('prices.saved', { count: prices.length }), t('action.close'));
    onClose();
  });
  return (
    <SavingForm saving={saving} body={prices} incomplete={prices.length === 0 || wrong.length > 0} onClose={onClose}>
      <TextArea
        label={t('prices.rows')}
        hint={t('prices.rowsHint')}
        rows={8}
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={wrong.length > 0 ? t('prices.wrong', { lines: wrong.join(', ') }) : undefined}
        data-autofocus
        data-testid="price-rows"
      />
    </SavingForm>
  );
}
