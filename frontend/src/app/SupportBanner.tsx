import { IconEye } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { keys } from '../api/keys';
import { isSupport, may } from '../api/may';
import { moment } from '../time/format';
import { buttonLook } from '../ui/Button';
import { Icon } from '../ui/Icon';
import layout from '../ui/layout.module.css';
import typography from '../ui/typography.module.css';
import styles from './Banners.module.css';
import { useClinic, useWords } from './clinic';
import { to } from './paths';

/** Somebody of the platform may look into this clinic: said to everybody in it, and to whoever looks. */
export function SupportBanner({ until }: { until: string }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  useEffect(() => {
    const left = Date.parse(until) - Date.now();
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: keys.me }), Math.max(left, 0) + 1_000);
    return () => clearTimeout(timer);
  }, [client, until]);
  const when = moment(until, clinic.timeZone, language);
  return (
    <div className={styles.connection} role="status" data-testid="support-banner">
      <Icon of={IconEye} />
      <p className={layout.fill}>
        <b className={typography.strong}>{t(isSupport(clinic) ? 'support.looking' : 'support.seen', { when })}</b>{' '}
        <span>{t(isSupport(clinic) ? 'support.lookingText' : 'support.seenText')}</span>
      </p>
      {may(clinic, 'edit-clinic') && (
        <Link className={buttonLook({ small: true })} {...to.settings(clinic.alias)}>
          {t('support.change')}
        </Link>
      )}
    </div>
  );
}
