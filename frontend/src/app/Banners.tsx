import { IconCloudOff, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { isSupport, may } from '../api/may';
import { defaultLineQuery } from '../api/queries';
import { timeOf } from '../time/clinicTime';
import { moment } from '../time/format';
import { Button, buttonLook } from '../ui/Button';
import { Icon } from '../ui/Icon';
import layout from '../ui/layout.module.css';
import { lineSigns, Status, StatusLabel } from '../ui/Status';
import typography from '../ui/typography.module.css';
import styles from './Banners.module.css';
import { useClinic, useWords } from './clinic';
import { useLive } from './LiveProvider';
import { to } from './paths';
import { useOutdated } from './useOutdated';

/** Short interruptions heal by themselves; only a lasting one is worth a word. */
const PATIENCE = 3_000;

/** Offline or reconnecting, in a neutral of its own: canary would mean that somebody is awaited. */
export function ConnectionBanner() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const live = useLive();
  const { since, again } = useOutdated();
  const [shown, setShown] = useState(false);
  const troubled = live === 'offline' || live === 'reconnecting';
  useEffect(() => {
    if (!troubled) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), live === 'offline' ? 0 : PATIENCE);
    return () => clearTimeout(timer);
  }, [troubled, live]);
  if (since === null && !(troubled && shown)) return null;
  const state = troubled ? live : 'outdated';
  return (
    <div className={styles.connection} role="status" data-testid="connection">
      <Icon of={live === 'offline' ? IconCloudOff : IconRefresh} />
      <p className={layout.fill}>
        <b className={typography.strong}>{t(`connection.${state}.title`)}</b>{' '}
        <span>
          {since === null
            ? t(`connection.${state}.text`)
            : t('connection.asOf', { when: moment(new Date(since).toISOString(), clinic.timeZone, language) })}
        </span>
      </p>
      {since !== null && live !== 'offline' && (
        <Button small onClick={again}>
          {t('action.retry')}
        </Button>
      )}
    </div>
  );
}

/** The line cannot send: what that means here and what to do about it. Silent while the line is well. */
export function LineBanner() {
  const { t } = useWords();
  const clinic = useClinic();
  const { data: line, isPending, isLoadingError } = useQuery({ ...defaultLineQuery(clinic.id), enabled: !isSupport(clinic) });
  if (isPending || isLoadingError) return null;
  if (line && !line.gatewayReachable) {
    return (
      <Banner
        sign={
          <StatusLabel tone="mute">
            <Icon of={IconPlugConnectedX} small />
            {t('status.line.unreachable')}
          </StatusLabel>
        }
      >
        {t('banner.unreachable')}
      </Banner>
    );
  }
  if (line?.state === 'linked') return null;
  const state = line?.state ?? 'needs-pairing';
  const waiting = line?.waitingMessages ?? 0;
  const pairs = may(clinic, 'manage-lines') && (state === 'needs-pairing' || state === 'pairing');
  const what =
    state === 'reconnecting' || state === 'starting'
      ? 'banner.reconnecting'
      : state === 'stopped' || state === 'halted'
        ? 'banner.halted'
        : 'banner.pairing';
  return (
    <Banner
      sign={<Status sign={lineSigns[state]} />}
      action={
        <Link {...to.line(clinic.alias, pairs ? { pair: true } : {})} className={buttonLook({ small: true })}>
          {t(pairs ? 'banner.pair' : 'banner.see')}
        </Link>
      }
    >
      {t(what)}
      {line?.nextAttemptAt && state === 'reconnecting' && ` ${t('banner.next', { time: timeOf(line.nextAttemptAt, clinic.timeZone) })}`}
      {waiting > 0 && ` ${t('banner.waiting', { count: waiting })}`}
    </Banner>
  );
}

const Banner = ({ sign, action, children }: { sign: ReactNode; action?: ReactNode; children: ReactNode }) => (
  <div className={styles.line} role="status" data-testid="line-banner">
    {sign}
    <p className={typography.small}>{children}</p>
    {action}
  </div>
);
