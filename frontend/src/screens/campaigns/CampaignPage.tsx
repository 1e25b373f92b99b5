import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import {
  audienceCountQuery,
  campaignQuery,
  campaignResultsQuery,
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
  startCampaign,
} from '../../api/campaigns';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { customTemplatesQuery } from '../../api/templates';
import type { Campaign } from '../../api/types';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { NoPermission } from '../../app/Problems';
import { to } from '../../app/paths';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FormError } from '../../ui/FormError';
import facts from '../../ui/facts.module.css';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';
import { LoadError, PageHead, Section, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { CampaignWizard } from './CampaignWizard';
import { Results } from './Results';
import { campaignTones, standing } from './standing';

/** One campaign: its draft while it is one, then how far it has come and what a person can still do. */
export function CampaignPage() {
  const { t } = useWords();
  const clinic = useClinic();
  const { id } = useParams({ from: '/c/$clinic/campaigns/$id' });
  const campaign = useQuery({ ...campaignQuery(clinic.id, id), enabled: may(clinic, 'see-campaigns') });
  if (!may(clinic, 'see-campaigns')) return <NoPermission />;
  if (!campaign.data) {
    return (
      <>
        <PageHead title={t('campaigns.one')} above={<Link {...to.campaigns(clinic.alias)}>{t('nav.campaigns')}</Link>} />
        {campaign.isLoadingError ? (
          <LoadError error={campaign.error} title={t('campaigns.error')} retry={() => void campaign.refetch()} />
        ) : (
          <Skeleton rows={6} />
        )}
      </>
    );
  }
  return <Shown campaign={campaign.data} />;
}

function Shown({ campaign }: { campaign: Campaign }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const now = useNow();
  const [ask, setAsk] = useState<'start' | 'cancel' | null>(null);
  const state = standing(campaign, now);
  const templates = useQuery(customTemplatesQuery(clinic.id));
  const template = templates.data?.find((one) => one.id === campaign.templateId);
  const draft = campaign.state === 'draft';
  const count = useQuery(audienceCountQuery(clinic.id, campaign.audience, draft && template ? template.purpose : null, campaign.lineId));
  const results = useQuery({ ...campaignResultsQuery(clinic.id, campaign.id), enabled: !draft });
  const acting = useMutation({
    mutationFn: (act: (organizationId: string, seen: Campaign) => Promise<Campaign>) => act(clinic.id, campaign),
    onSuccess: (saved) => {
      client.setQueryData(campaignQuery(clinic.id, saved.id).queryKey, saved);
      setAsk(null);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.of(clinic.id, 'campaigns') }),
  });
  const recipients = count.data?.recipients ?? 0;
  const at = (instant: string) => moment(instant, clinic.timeZone, language);
  const owner = may(clinic, 'start-campaigns');
  return (
    <>
      <PageHead
        title={campaign.name}
        above={<Link {...to.campaigns(clinic.alias)}>{t('nav.campaigns')}</Link>}
        under={
          <>
            <StatusLabel tone={campaignTones[state]}>{t(`campaigns.state.${state}`)}</StatusLabel>{' '}
            {template ? `${template.name} · ${t(`wording.purpose.${template.purpose}`)}` : ''}
          </>
        }
      >
        {campaign.state === 'running' && (
          <Button disabled={acting.isPending} onClick={() => acting.mutate(pauseCampaign)} data-testid="campaign-pause">
            {t('campaigns.pause')}
          </Button>
        )}
        {campaign.state === 'paused' && owner && (
          <Button kind="primary" disabled={acting.isPending} onClick={() => acting.mutate(resumeCampaign)} data-testid="campaign-resume">
            {t('campaigns.resume')}
          </Button>
        )}
        {(campaign.state === 'running' || campaign.state === 'paused' || (draft && owner)) && (
          <Button disabled={acting.isPending} onClick={() => setAsk('cancel')} data-testid="campaign-cancel">
            {t(draft ? 'campaigns.drop' : 'campaigns.cancel')}
          </Button>
        )}
        {draft && owner && (
          <Button kind="primary" disabled={acting.isPending || !count.data} onClick={() => setAsk('start')} data-testid="campaign-start">
            {t('campaigns.start')}
          </Button>
        )}
      </PageHead>
      {ask === null && <FormError error={acting.error} />}
      {draft && owner ? (
        <CampaignWizard campaign={campaign} key={campaign.version} />
      ) : (
        <div className={layout.mainAndSide}>
          <div className={layout.fill}>
            {results.data ? (
              <Results results={results.data} />
            ) : results.isLoadingError ? (
              <LoadError error={results.error} title={t('campaigns.error')} retry={() => void results.refetch()} />
            ) : (
              !draft && <Skeleton rows={5} />
            )}
          </div>
          <aside>
            <Section title={t('campaigns.plan')} />
            <dl className={clsx(facts.facts, facts.wide)}>
              <dt>{t('campaigns.starts')}</dt>
              <dd>{at(campaign.startsAt)}</dd>
              <dt>{t('campaigns.ends')}</dt>
              <dd>{at(campaign.endsAt)}</dd>
              <dt>{t('campaigns.hours')}</dt>
              <dd>
                {campaign.sendFrom.slice(0, 5)}–{campaign.sendUntil.slice(0, 5)}
              </dd>
              <dt>{t('campaigns.perDay')}</dt>
              <dd>{campaign.perDay}</dd>
              <dt>{t('campaigns.audience')}</dt>
              <dd>{t(campaign.frozen ? 'campaigns.frozen' : 'campaigns.open')}</dd>
            </dl>
          </aside>
        </div>
      )}
      <Dialog
        opened={ask !== null}
        onClose={() => setAsk(null)}
        title={t(ask === 'start' ? 'campaigns.startTitle' : 'campaigns.cancelTitle')}
      >
        <p className={typography.strong} data-testid="campaign-recipients">
          {ask === 'start' ? t('campaigns.writesTo', { count: recipients }) : t('campaigns.cancelText')}
        </p>
        {ask === 'start' && <p className={clsx(typography.small, typography.muted)}>{t('campaigns.behind')}</p>}
        <FormError error={acting.error} />
        <div className={clsx(layout.row, layout.wrap, forms.dialogActions)}>
          <Button
            kind="primary"
            disabled={acting.isPending || (ask === 'start' && recipients === 0)}
            onClick={() => acting.mutate(ask === 'start' ? (id, seen) => startCampaign(id, seen, recipients) : cancelCampaign)}
            data-testid="campaign-confirm"
          >
            {ask === 'start' ? t('campaigns.startNow', { count: recipients }) : t('campaigns.cancel')}
          </Button>
          <Button onClick={() => setAsk(null)}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </>
  );
}
