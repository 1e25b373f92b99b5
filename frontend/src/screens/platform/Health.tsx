import { IconCircleCheck, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { platformHealthQuery } from '../../api/queries';
import { messageStates } from '../../api/states';
import type { MessageState, PlatformHealth } from '../../api/types';
import { useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import { Button } from '../../ui/Button';
import figureRow from '../../ui/figureRow.module.css';
import { Icon } from '../../ui/Icon';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import { MessageStatus, StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { causeText } from '../line/advice';
import styles from './Health.module.css';
import { countOf, outboxMood } from './health';
import { LineCounts } from './LineCounts';
import { Maintenance } from './Maintenance';
import { PlatformHead } from './PlatformHead';
import platform from './platform.module.css';
import { Repairs } from './Repairs';

/** How the platform is, in numbers with plain words; never whose. */
export function Health() {
  const { t } = useWords();
  const health = useQuery(platformHealthQuery);
  return (
    <>
      <PlatformHead title={t('platform.health')} under={t('platform.healthUnder')}>
        <Button iconOnPhone onClick={() => void health.refetch()} disabled={health.isFetching}>
          <Icon of={IconRefresh} />
          <span>{t('platform.again')}</span>
        </Button>
      </PlatformHead>
      {health.isPending ? (
        <Skeleton rows={6} tall />
      ) : health.isLoadingError ? (
        <LoadError error={health.error} title={t('platform.healthError')} retry={() => void health.refetch()} />
      ) : (
        <Numbers health={health.data} />
      )}
      <Maintenance />
    </>
  );
}

const passing: ReadonlySet<MessageState> = new Set(['planned', 'queued', 'handed', 'accepted', 'sending']);

function Numbers({ health }: { health: PlatformHealth }) {
  const { t, language } = useWords();
  const number = new Intl.NumberFormat(language);
  const mood = outboxMood(health);
  // Only what became of messages: how many passed through a queue today says nothing, and reads as if they stood there.
  const seen = messageStates
    .filter((state) => !passing.has(state))
    .map((state) => ({ state, count: countOf(health, state) }))
    .filter(({ count }) => count > 0);
  const lines = health.lines.reduce((sum, one) => sum + one.count, 0);
  return (
    <>
      <p className={styles.gateway} role="status">
        {health.gatewayReachable ? (
          <StatusLabel tone="ok">
            <Icon of={IconCircleCheck} small />
            {t('platform.gatewayUp')}
          </StatusLabel>
        ) : (
          <StatusLabel tone="fail">
            <Icon of={IconPlugConnectedX} small />
            {t('platform.gatewayAway')}
          </StatusLabel>
        )}{' '}
        <span className={clsx(typography.small, typography.muted)}>
          {t('platform.started', { when: relative(health.startedAt, health.at, language) })}
        </span>
      </p>
      <div className={clsx(figureRow.figures, styles.figures)}>
        <Figure
          figure={number.format(health.outbox.depth)}
          word={t('platform.outbox', { count: health.outbox.depth })}
          more={
            <span className={mood === 'late' ? styles.late : typography.muted}>
              {t(`platform.mood.${mood}`, {
                when: health.outbox.oldestDueAt ? relative(health.outbox.oldestDueAt, health.at, language) : '',
              })}
            </span>
          }
        />
        <Figure figure={number.format(countOf(health, 'delivered'))} word={t('platform.arrived')} more={t('platform.arrivedText')} />
        <Figure
          figure={number.format(countOf(health, 'failed', 'unknown'))}
          word={t('platform.troubled')}
          more={t('platform.troubledText')}
        />
        <Figure figure={number.format(health.inbound)} word={t('platform.inbound')} more={t('platform.inboundText')} />
      </div>
      <Repairs health={health} />
      <div className={styles.columns}>
        <section aria-labelledby="h-gateway">
          <Section title={t('platform.service')} id="h-gateway" />
          {health.gateway && (
            <p className={clsx(typography.small, typography.muted)}>
              {t('platform.serviceStarted', { when: relative(health.gateway.startedAt, health.at, language) })}
            </p>
          )}
          <Waiting health={health} />
        </section>
        <section aria-labelledby="h-lines">
          <Section title={t('platform.lines')} id="h-lines" />
          {lines === 0 ? (
            <p className={clsx(typography.small, typography.muted)}>{t('platform.linesEmpty')}</p>
          ) : (
            <LineCounts counts={health.lines} />
          )}
        </section>
        <section aria-labelledby="h-lost">
          <Section title={t('platform.lost')} id="h-lost" />
          {health.reconnects.length === 0 ? (
            <p className={clsx(typography.small, typography.muted)}>{t('platform.lostNone')}</p>
          ) : (
            <dl className={platform.counts}>
              {health.reconnects.map(({ cause, count }) => (
                <div key={cause}>
                  <dt>{causeText(cause, t) || cause}</dt>
                  <dd className={figureRow.figure}>{number.format(count)}</dd>
                </div>
              ))}
            </dl>
          )}
        </section>
        <section aria-labelledby="h-messages">
          <Section title={t('nav.messages')} id="h-messages" />
          {seen.length === 0 ? (
            <p className={clsx(typography.small, typography.muted)}>{t('platform.messagesNone')}</p>
          ) : (
            <dl className={platform.counts}>
              {seen.map(({ state, count }) => (
                <div key={state}>
                  <dt>
                    <MessageStatus state={state} bare />
                  </dt>
                  <dd className={figureRow.figure}>{number.format(count)}</dd>
                </div>
              ))}
            </dl>
          )}
        </section>
      </div>
    </>
  );
}

/** What is on its way between here and WhatsApp, and how linking went. */
function Waiting({ health: { at, gateway, pairings } }: { health: PlatformHealth }) {
  const { t, language } = useWords();
  const number = new Intl.NumberFormat(language);
  const lag = gateway?.oldestEventAt ? `, ${t('platform.since', { when: relative(gateway.oldestEventAt, at, language) })}` : '';
  const rows = [
    ...(gateway
      ? [
          ['queue', number.format(gateway.queueDepth)],
          ['events', number.format(gateway.eventsWaiting) + lag],
        ]
      : []),
    ['pairings', number.format(pairings.count)],
    ...(pairings.medianSeconds === null ? [] : [['pairingTime', `${number.format(pairings.medianSeconds)} s`]]),
  ];
  return (
    <dl className={platform.counts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`platform.row.${name}`)}</dt>
          <dd className={figureRow.figure}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const Figure = ({ figure, word, more }: { figure: string; word: string; more: ReactNode }) => (
  <div>
    <span className={figureRow.figure}>{figure}</span>
    <span className={typography.muted}>{word}</span>
    <p className={clsx(typography.small, typography.muted)}>{more}</p>
  </div>
);
