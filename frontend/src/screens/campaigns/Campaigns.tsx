import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { campaignsQuery } from '../../api/campaigns';
import { may } from '../../api/may';
import type { Campaign } from '../../api/types';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { NoPermission } from '../../app/Problems';
import { to } from '../../app/paths';
import { dateOf } from '../../time/clinicTime';
import { dayMonthYear } from '../../time/format';
import { Button, buttonLook } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './Campaigns.module.css';
import { campaignTones, standing } from './standing';

/** Messages to many: what runs, what waits, what is over. */
export function Campaigns() {
  const { t } = useWords();
  const clinic = useClinic();
  const campaigns = useInfiniteQuery({ ...campaignsQuery(clinic.id), enabled: may(clinic, 'see-campaigns') });
  if (!may(clinic, 'see-campaigns')) return <NoPermission />;
  const all = campaigns.data?.pages.flatMap((page) => page.items) ?? [];
  const add = may(clinic, 'start-campaigns') && (
    <Link className={buttonLook({ kind: 'primary' })} {...to.newCampaign(clinic.alias)} data-testid="campaign-new">
      <Icon of={IconPlus} />
      {t('campaigns.new')}
    </Link>
  );
  return (
    <>
      <PageHead title={t('nav.campaigns')} under={t('campaigns.under')}>
        {add}
      </PageHead>
      {campaigns.isPending ? (
        <Skeleton rows={6} />
      ) : campaigns.isLoadingError ? (
        <LoadError error={campaigns.error} title={t('campaigns.error')} retry={() => void campaigns.refetch()} />
      ) : all.length === 0 ? (
        <Empty title={t('campaigns.none')} text={t('campaigns.noneText')} />
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)} data-testid="campaigns">
          {all.map((campaign) => (
            <Row key={campaign.id} campaign={campaign} />
          ))}
        </ul>
      )}
      {campaigns.hasNextPage && (
        <div className={lists.more}>
          <Button disabled={campaigns.isFetchingNextPage} onClick={() => void campaigns.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </>
  );
}

function Row({ campaign }: { campaign: Campaign }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const now = useNow();
  const state = standing(campaign, now);
  const day = (instant: string) => dayMonthYear(dateOf(instant, clinic.timeZone), language);
  return (
    <li className={styles.row}>
      <div className={layout.fill}>
        <Link className={typography.strong} {...to.campaign(clinic.alias, campaign.id)}>
          {campaign.name}
        </Link>
        <div className={clsx(typography.small, typography.muted)}>
          {day(campaign.startsAt)} – {day(campaign.endsAt)}
        </div>
      </div>
      <span className={clsx(typography.small, typography.muted, styles.count)}>
        {campaign.state === 'draft' ? '' : t('campaigns.progress', { released: campaign.released, total: campaign.recipients })}
      </span>
      <StatusLabel tone={campaignTones[state]}>{t(`campaigns.state.${state}`)}</StatusLabel>
    </li>
  );
}
