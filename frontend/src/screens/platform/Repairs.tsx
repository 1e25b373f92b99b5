import { IconRepeat } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useRef } from 'react';
import { repeatDeadJob, replaySetAsideEvent } from '../../api/actions';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { hasCode } from '../../api/problems';
import { deadJobsQuery, platformQuery, setAsideEventsQuery } from '../../api/queries';
import type { PlatformHealth } from '../../api/types';
import { useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import { Button } from '../../ui/Button';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import problemBox from '../../ui/problemBox.module.css';
import typography from '../../ui/typography.module.css';
import styles from './Repairs.module.css';

interface Repair {
  id: string;
  organizationId: string;
  what: string;
  cause: string;
  attempts: number;
  at: string;
  again: (organizationId: string, id: string, key: string) => Promise<void>;
}

/** What was given up and waits for a person: ids and causes, never what it holds, and a way to have it done again. */
export function Repairs({ health }: { health: PlatformHealth }) {
  const { t } = useWords();
  const events = useQuery({ ...setAsideEventsQuery, enabled: health.setAsideEvents > 0 });
  const jobs = useQuery({ ...deadJobsQuery, enabled: health.jobs.dead > 0 });
  const names = useQuery(platformQuery);
  if (health.setAsideEvents + health.jobs.dead === 0) return null;
  const broken = [events, jobs].find((one) => one.isLoadingError);
  const repairs: Repair[] = [
    ...(events.data ?? []).map((one) => ({
      ...one,
      what: `${one.source === 'gateway' ? t('engine.linked-device') : t(`engine.${one.source}`)}, ${one.type}`,
      at: one.setAsideAt,
      again: replaySetAsideEvent,
    })),
    ...(jobs.data ?? []).map((one) => ({ ...one, what: one.kind, at: one.failedAt, again: repeatDeadJob })),
  ];
  return (
    <section aria-labelledby="h-repairs" className={styles.repairs} data-testid="repairs">
      <Section title={t('platform.repairs')} id="h-repairs" />
      <p className={clsx(typography.small, typography.muted)}>{t('platform.repairsText')}</p>
      {broken ? (
        <LoadError error={broken.error} title={t('platform.repairsError')} retry={() => void broken.refetch()} />
      ) : repairs.length === 0 ? (
        <Skeleton rows={2} />
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)}>
          {repairs.map((one) => (
            <Row
              key={one.id}
              repair={one}
              name={names.data?.find((clinic) => clinic.id === one.organizationId)?.name ?? one.organizationId}
              now={health.at}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ repair, name, now }: { repair: Repair; name: string; now: string }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const intention = useRef(new Intention());
  const repeating = useMutation({
    mutationFn: () => intention.current.carryOut(repair.id, (key) => repair.again(repair.organizationId, repair.id, key)),
    onSuccess: () =>
      Promise.all(
        [keys.platformHealth, setAsideEventsQuery.queryKey, deadJobsQuery.queryKey].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
  return (
    <li className={styles.row}>
      <span className={layout.fill}>
        <b className={typography.strong}>{repair.what}</b>
        <span className={clsx(typography.small, typography.muted, typography.block)}>
          {name}, {relative(repair.at, now, language)}
        </span>
      </span>
      <span className={clsx(typography.small, styles.cause)}>
        {repair.cause.split('.').at(-1)}, {t('platform.attempts', { count: repair.attempts })}
      </span>
      <Button
        small
        disabled={repeating.isPending}
        onClick={() => repeating.mutate()}
        aria-label={`${t('platform.repeat')}: ${repair.what}, ${name}`}
      >
        <Icon of={IconRepeat} />
        {t('platform.repeat')}
      </Button>
      {repeating.error ? (
        <div className={styles.error}>
          {hasCode(repeating.error, 'conflict') ? (
            <p className={clsx(problemBox.problem, typography.small)} role="alert">
              {t('platform.stillFails')}
            </p>
          ) : (
            <FormError error={repeating.error} />
          )}
        </div>
      ) : null}
    </li>
  );
}
