import { IconRefresh, IconSend } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { replayWebhook, replayWebhooksSince, rotateWebhookSecret, testWebhookEndpoint, webhookSecret } from '../../api/actions';
import { keys } from '../../api/keys';
import { sentenceFor } from '../../api/problems';
import { webhookDeliveriesQuery } from '../../api/queries';
import type { WebhookDelivery, WebhookEndpoint } from '../../api/types';
import { type Translate, useClinic, useNow, useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import { Button } from '../../ui/Button';
import { CopyLine } from '../../ui/CopyLine';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { done, failed } from '../../ui/notices';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel, type Tone } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import settings from './settings.module.css';
import { eventWord } from './webhookWords';

const DAY = 24 * 60 * 60 * 1000;

const tones: Record<WebhookDelivery['state'], Tone> = { pending: 'wait', delivered: 'ok', failed: 'fail' };

/** What an endpoint was told last, what it answered, and what signs it. */
export function WebhookDeliveries({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useWords();
  const clinic = useClinic();
  const now = useNow();
  const client = useQueryClient();
  const deliveries = useQuery(webhookDeliveriesQuery(clinic.id, endpoint.id));
  const act = useMutation({
    mutationFn: async (what: { run: (key: string) => Promise<string> }) => what.run(crypto.randomUUID()),
    onSuccess: (said) => done(said, t('action.close')),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'webhook-endpoints') }),
  });
  const replayDay = async (key: string) => {
    const since = new Date(Date.parse(now) - DAY).toISOString();
    return t('webhooks.replayedMany', { count: (await replayWebhooksSince(clinic.id, endpoint.id, since, key)).events });
  };
  return (
    <>
      <div className={layout.row}>
        <Button
          small
          disabled={act.isPending || endpoint.state === 'paused'}
          onClick={() => act.mutate({ run: (key) => testWebhookEndpoint(clinic.id, endpoint.id, key).then(() => t('webhooks.tested')) })}
        >
          <Icon of={IconSend} />
          {t('webhooks.test')}
        </Button>
        <Button small disabled={act.isPending} onClick={() => act.mutate({ run: replayDay })}>
          <Icon of={IconRefresh} />
          {t('webhooks.replayDay')}
        </Button>
      </div>
      {deliveries.isPending ? (
        <Skeleton rows={4} />
      ) : deliveries.isLoadingError ? (
        <LoadError error={deliveries.error} title={t('settings.error')} retry={() => void deliveries.refetch()} />
      ) : deliveries.data.length === 0 ? (
        <p className={typography.muted}>{t('webhooks.none')}</p>
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)} data-testid="webhook-deliveries">
          {deliveries.data.map((one) => (
            <Delivery
              key={one.eventId}
              delivery={one}
              disabled={act.isPending}
              onReplay={() =>
                act.mutate({
                  run: (key) => replayWebhook(clinic.id, endpoint.id, one.eventId, key).then(() => t('webhooks.replayed')),
                })
              }
            />
          ))}
        </ul>
      )}
      <Secret endpoint={endpoint} />
    </>
  );
}

function Delivery({ delivery, disabled, onReplay }: { delivery: WebhookDelivery; disabled: boolean; onReplay: () => void }) {
  const { t, language } = useWords();
  const now = useNow();
  const facts = [
    relative(delivery.occurredAt, now, language),
    delivery.attempts > 0 ? t('webhooks.attempts', { count: delivery.attempts }) : null,
    answer(delivery, t),
    delivery.nextAttemptAt && delivery.attempts > 0 ? t('webhooks.next', { when: relative(delivery.nextAttemptAt, now, language) }) : null,
  ];
  return (
    <li className={settings.row}>
      <span>
        <b className={typography.strong}>{t(eventWord(delivery.type))}</b>
        <br />
        <span className={clsx(typography.small, typography.muted)}>{facts.filter(Boolean).join(' · ')}</span>
      </span>
      <span>
        <StatusLabel tone={tones[delivery.state]}>{t(`webhooks.delivery.${delivery.state}`)}</StatusLabel>
      </span>
      <span className={clsx(layout.row, settings.rowEnd)}>
        <Button
          kind="quiet"
          small
          disabled={disabled}
          onClick={onReplay}
          aria-label={`${t('webhooks.replay')}: ${t(eventWord(delivery.type))}, ${relative(delivery.occurredAt, now, language)}`}
        >
          {t('webhooks.replay')}
        </Button>
      </span>
    </li>
  );
}

function answer(delivery: WebhookDelivery, t: Translate): string | null {
  if (delivery.lastStatus) return t('webhooks.answered', { status: delivery.lastStatus });
  if (!delivery.lastCause) return null;
  const cause = ['timeout', 'refused', 'tls'].includes(delivery.lastCause) ? delivery.lastCause : 'other';
  return t(`webhooks.noAnswer.${cause}`);
}

/** Shown when somebody asks for it, and gone with the dialog: it is never kept by the browser. */
function Secret({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [secret, setSecret] = useState<string | null>(null);
  const onError = (error: Error) => failed(sentenceFor(error, t), t('action.close'));
  const show = useMutation({
    mutationFn: () => webhookSecret(clinic.id, endpoint.id),
    gcTime: 0,
    onSuccess: (shown) => setSecret(shown.secret),
    onError,
  });
  const rotate = useMutation({
    mutationFn: () => rotateWebhookSecret(clinic.id, endpoint),
    onSuccess: () => {
      setSecret(null);
      done(t('webhooks.rotated'), t('action.close'));
    },
    onError,
    onSettled: () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'webhook-endpoints') }),
  });
  return (
    <div className={settings.below}>
      <Section title={t('webhooks.secret')} />
      <p className={clsx(typography.small, typography.muted)}>
        {t('webhooks.secretHint')} {t('webhooks.rotateHint')}
      </p>
      {endpoint.publicKey && <CopyLine label={t('webhooks.publicKey')} value={endpoint.publicKey} copied={t('webhooks.publicKeyCopied')} />}
      {secret && <CopyLine label={t('webhooks.secret')} value={secret} copied={t('webhooks.secretCopied')} />}
      <div className={layout.row}>
        {!secret && (
          <Button small disabled={show.isPending} onClick={() => show.mutate()} data-testid="webhook-secret">
            {t('webhooks.secretShow')}
          </Button>
        )}
        <Button small disabled={rotate.isPending} onClick={() => rotate.mutate()}>
          {t('webhooks.rotate')}
        </Button>
      </div>
    </div>
  );
}
