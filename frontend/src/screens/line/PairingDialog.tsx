import { IconAlertTriangle, IconRefresh, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { QRCodeSVG } from 'qrcode.react';
import { useEffect } from 'react';
import { Trans } from 'react-i18next';
import { pairingQuery } from '../../api/queries';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Dialog } from '../../ui/Dialog';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import { useCountdown } from './pairing';

interface Props {
  line: WhatsAppLine | null;
  opened: boolean;
  onClose: () => void;
  onLinked: () => void;
  /** Asks for another round of codes. */
  again: () => void;
  busy: boolean;
  error: unknown;
}

/** Linking the clinic's number: the current code, how long it lasts, and what comes after it. */
export function PairingDialog({ line, opened, onClose, onLinked, again, busy, error }: Props) {
  const { t } = useWords();
  const clinic = useClinic();
  return (
    <Dialog opened={opened} onClose={onClose} size="wide" title={t('pairing.title')} under={clinic.name}>
      <div className="pair">
        <div className="pair-l">
          <ol className="steps">
            {[1, 2, 3, 4].map((step) => (
              <li key={step}>
                <span>
                  <Trans i18nKey={`pairing.step${step}`} components={{ b: <b className="b" /> }} />
                </span>
              </li>
            ))}
          </ol>
          <p className="small muted only-m">{t('pairing.onPhone')}</p>
          <p className="small muted">
            <Icon of={IconShieldCheck} small /> {t('pairing.private')}
          </p>
          <p className="small ban">
            <Icon of={IconAlertTriangle} small /> {t('pairing.risk')}
          </p>
        </div>
        <div className="pair-r">
          {error ? <FormError error={error} /> : null}
          {opened && line && <Code lineId={line.id} again={again} busy={busy} onLinked={onLinked} />}
        </div>
      </div>
    </Dialog>
  );
}

function Code({ lineId, again, busy, onLinked }: { lineId: string; again: () => void; busy: boolean; onLinked: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const pairing = useQuery(pairingQuery(clinic.id, lineId));
  const line = pairing.data;
  const qr = line?.qr ?? null;
  const { seconds, of: size } = useCountdown(qr);

  // A code past its time is never shown: the next one is fetched in the second it runs out.
  const { refetch } = pairing;
  const ranOut = qr !== null && seconds === 0;
  useEffect(() => {
    if (!ranOut) return;
    void refetch();
    // WhatsApp may take a moment to offer the next one, and its hint may be lost on the way.
    const timer = setInterval(() => void refetch(), 2_000);
    return () => clearInterval(timer);
  }, [ranOut, refetch]);
  const linked = line?.state === 'linked';
  useEffect(() => {
    if (linked) onLinked();
  }, [linked, onLinked]);

  const expired = line?.state === 'needs-pairing' || line?.state === 'stopped';
  if (line && !line.gatewayReachable) return <p role="status">{t('banner.unreachable')}</p>;
  return (
    <>
      <div className={`qr${expired ? ' exp' : ''}`}>
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
          <div className="qr-blank">
            {expired ? (
              <div className="expo">
                <b className="disp">{t('pairing.expired')}</b>
                <button type="button" className="btn pri" disabled={busy} onClick={again} data-testid="pairing-again">
                  <Icon of={IconRefresh} />
                  {t('pairing.another')}
                </button>
              </div>
            ) : (
              <span className="sk qr-sk" />
            )}
          </div>
        )}
      </div>
      {expired ? (
        <p className="small muted center" role="status">
          {t('pairing.expiredText')}
        </p>
      ) : qr && seconds > 0 ? (
        <div className="ring">
          <svg width="60" height="60" viewBox="0 0 60 60" aria-hidden="true" focusable="false">
            <circle cx="30" cy="30" r="26" fill="none" stroke="var(--rule)" strokeWidth="4" />
            <circle
              cx="30"
              cy="30"
              r="26"
              fill="none"
              stroke="var(--accent-text)"
              strokeWidth="4"
              strokeLinecap="round"
              strokeDasharray={`${(seconds / size) * 163.4} 163.4`}
              transform="rotate(-90 30 30)"
            />
            <text x="30" y="36" textAnchor="middle" className="ring-n">
              {seconds}
            </text>
          </svg>
          <div>
            <b className="b blk">{t('pairing.expiresIn', { count: seconds })}</b>
            <span className="small muted">{t('pairing.afterwards')}</span>
          </div>
        </div>
      ) : (
        <p className="small muted center" role="status">
          {t('pairing.waiting')}
        </p>
      )}
      {/* A number counting down would be read out every second; screen readers hear of each code once. */}
      <span className="sr" role="status">
        {qr && !expired ? t('pairing.say', { count: size }) : ''}
      </span>
    </>
  );
}
