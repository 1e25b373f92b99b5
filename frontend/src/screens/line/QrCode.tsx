import { IconRefresh } from '@tabler/icons-react';
import clsx from 'clsx';
import { QRCodeSVG } from 'qrcode.react';
import { useEffect, useState } from 'react';
import type { WhatsAppLine } from '../../api/types';
import { useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Countdown } from '../../ui/Countdown';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { SkeletonBar } from '../../ui/SkeletonBar';
import typography from '../../ui/typography.module.css';
import { lives, useCountdown } from './pairing';
import styles from './QrCode.module.css';

/** The code to scan: how long it lasts, the next one by itself, and a way to ask for more when nobody scanned. */
export function QrCode(props: { line: WhatsAppLine | null; again: () => void; busy: boolean; refetch: () => unknown }) {
  const { t } = useWords();
  const { line, refetch } = props;
  const qr = line?.qr ?? null;
  // A code that goes away before its time was scanned: what comes now is the link, not another code.
  const [shown, setShown] = useState<string | null>(null);
  if (qr && qr.value !== shown) setShown(qr.value);
  const { seconds, of } = useCountdown(qr, lives.qr);

  // A code past its time is never shown: the next one is fetched in the second it runs out.
  const ranOut = qr !== null && seconds === 0;
  useEffect(() => {
    if (!ranOut) return;
    void refetch();
    // WhatsApp may take a moment to offer the next one, and its hint may be lost on the way.
    const timer = setInterval(() => void refetch(), 2_000);
    return () => clearInterval(timer);
  }, [ranOut, refetch]);

  const scanned = shown !== null && qr === null && !props.busy && (line?.state === 'pairing' || line?.state === 'starting');
  const expired = !props.busy && (line?.state === 'needs-pairing' || line?.state === 'stopped');
  return (
    <>
      <div className={clsx(styles.qr, expired && styles.expired)} data-testid="pairing-qr-frame">
        {qr && !expired && seconds > 0 ? (
          <QRCodeSVG
            value={qr.value}
            size={242}
            level="L"
            marginSize={0}
            bgColor="#ffffff"
            fgColor="#1A131E"
            title={t('pairing.qrTitle')}
            data-testid="pairing-qr"
          />
        ) : (
          <div className={styles.blank}>
            {expired ? (
              <div className={styles.expiredText}>
                <b className={typography.display}>{t('pairing.expired')}</b>
                <Button kind="primary" onClick={props.again} data-testid="pairing-again">
                  <Icon of={IconRefresh} />
                  {t('pairing.another')}
                </Button>
              </div>
            ) : (
              <SkeletonBar className={styles.skeleton} />
            )}
          </div>
        )}
      </div>
      <div className={styles.below}>
        {expired ? (
          <p className={clsx(typography.small, typography.muted, styles.caption)} role="status">
            {t('pairing.expiredText')}
          </p>
        ) : qr && seconds > 0 ? (
          <Countdown seconds={seconds} of={of}>
            <b className={clsx(typography.strong, typography.block)}>{t('pairing.expiresIn', { count: seconds })}</b>
            <span className={clsx(typography.small, typography.muted)}>{t('pairing.afterwards')}</span>
          </Countdown>
        ) : (
          <p className={clsx(typography.small, typography.muted, styles.caption)} role="status">
            {t(scanned ? 'pairing.scanned' : 'pairing.waiting')}
          </p>
        )}
      </div>
      {/* A number counting down would be read out every second; screen readers hear of each code once. */}
      <span className={layout.visuallyHidden} role="status">
        {qr && !expired ? t('pairing.say', { count: of }) : ''}
      </span>
    </>
  );
}
