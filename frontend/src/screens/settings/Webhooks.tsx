import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { webhookEndpointsQuery } from '../../api/queries';
import type { WebhookEndpoint } from '../../api/types';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import settings from './settings.module.css';
import { WebhookDeliveries } from './WebhookDeliveries';
import { WebhookForm } from './WebhookForm';

type Open = { form: WebhookEndpoint | null } | { deliveries: string } | null;

/** Other systems that are told of what happens. */
export function Webhooks() {
  const { t } = useWords();
  const clinic = useClinic();
  const endpoints = useQuery(webhookEndpointsQuery(clinic.id));
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const shown = open && 'deliveries' in open ? endpoints.data?.find((one) => one.id === open.deliveries) : undefined;
  const button = (
    <Button kind="primary" onClick={() => setOpen({ form: null })} data-testid="new-webhook">
      <Icon of={IconPlus} />
      {t('webhooks.add')}
    </Button>
  );
  return (
    <div className={settings.list}>
      {endpoints.isPending ? (
        <Skeleton rows={3} />
      ) : endpoints.isLoadingError ? (
        <LoadError error={endpoints.error} title={t('settings.error')} retry={() => void endpoints.refetch()} />
      ) : endpoints.data.length === 0 ? (
        <Empty title={t('webhooks.empty')} text={t('webhooks.emptyText')}>
          {button}
        </Empty>
      ) : (
        <>
          <Section title={t('webhooks.title')}>
            <span className={layout.end}>{button}</span>
          </Section>
          <p className={clsx(typography.small, typography.muted, settings.about)}>{t('webhooks.hint')}</p>
          <ul className={clsx(lists.ruled, lists.lined)} data-testid="webhooks">
            {endpoints.data.map((one) => (
              <Row key={one.id} endpoint={one} onChange={() => setOpen({ form: one })} onLook={() => setOpen({ deliveries: one.id })} />
            ))}
          </ul>
        </>
      )}
      <Dialog
        opened={open !== null && 'form' in open}
        onClose={close}
        title={open && 'form' in open && open.form ? t('settings.changeName', { name: open.form.description }) : t('webhooks.add')}
      >
        {open && 'form' in open && <WebhookForm changed={open.form} onClose={close} />}
      </Dialog>
      <Dialog
        opened={shown !== undefined}
        onClose={close}
        size="wide"
        fleeting
        title={shown ? t('webhooks.deliveriesOf', { name: shown.description }) : ''}
      >
        {shown && <WebhookDeliveries endpoint={shown} />}
      </Dialog>
    </div>
  );
}

function Row({ endpoint, onChange, onLook }: { endpoint: WebhookEndpoint; onChange: () => void; onLook: () => void }) {
  const { t } = useWords();
  return (
    <li className={settings.row}>
      <span>
        <b className={typography.strong}>{endpoint.description}</b>
        <br />
        <span className={clsx(typography.small, typography.muted)}>
          {endpoint.eventTypes.length === 0 ? t('webhooks.all') : t('webhooks.count', { count: endpoint.eventTypes.length })}
        </span>
      </span>
      <span>
        <State endpoint={endpoint} />
      </span>
      <span className={clsx(layout.row, settings.rowEnd)}>
        <Button kind="quiet" small onClick={onLook} aria-label={t('webhooks.deliveriesOf', { name: endpoint.description })}>
          {t('webhooks.deliveries')}
        </Button>
        <Button kind="quiet" small onClick={onChange} aria-label={t('settings.changeName', { name: endpoint.description })}>
          {t('settings.change')}
        </Button>
      </span>
    </li>
  );
}

function State({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t, language } = useWords();
  const now = useNow();
  if (endpoint.state === 'disabled') return <StatusLabel tone="fail">{t('webhooks.state.disabled')}</StatusLabel>;
  if (endpoint.state === 'paused') return <StatusLabel tone="mute">{t('webhooks.state.paused')}</StatusLabel>;
  if (endpoint.failingSince) {
    return <StatusLabel tone="wait">{t('webhooks.state.failing', { since: relative(endpoint.failingSince, now, language) })}</StatusLabel>;
  }
  return <StatusLabel tone="ok">{t('webhooks.state.active')}</StatusLabel>;
}
