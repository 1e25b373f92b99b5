import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useEffect } from 'react';
import { Trans } from 'react-i18next';
import { pairingQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { Dialog } from '../../ui/Dialog';
import { Segments } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import { adviceFor, causeText } from './advice';
import { OtherNumber } from './OtherNumber';
import styles from './PairingDialog.module.css';
import { QrCode } from './QrCode';
import { TypedCode } from './TypedCode';
import type { Pairing, Way } from './usePairing';

const stepsOf: Record<Way, readonly string[]> = {
  qr: ['pairing.step1', 'pairing.step2', 'pairing.step3', 'pairing.step4'],
  code: ['pairing.typed1', 'pairing.typed2', 'pairing.typed3', 'pairing.typed4'],
};

/** Linking a number to a line, by scanning or by typing; `name` is the line's. */
export function PairingDialog({ pairing, name, onLinked }: { pairing: Pairing; name: string; onLinked: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  return (
    <Dialog
      opened={pairing.lineId !== null}
      onClose={pairing.close}
      size="wide"
      title={t('pairing.title')}
      under={name && name !== clinic.name ? `${clinic.name}, ${name}` : clinic.name}
    >
      {pairing.lineId && <Body key={pairing.lineId} lineId={pairing.lineId} pairing={pairing} onLinked={onLinked} />}
    </Dialog>
  );
}

function Body({ lineId, pairing, onLinked }: { lineId: string; pairing: Pairing; onLinked: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const { data, refetch } = useQuery(pairingQuery(clinic.id, lineId));
  const line = data ?? null;
  const linked = line?.state === 'linked';
  useEffect(() => {
    if (linked) onLinked();
  }, [linked, onLinked]);

  if (line && !line.gatewayReachable) return <p role="status">{t('banner.unreachable')}</p>;
  if (line?.state === 'halted' && !pairing.busy) return <p role="alert">{`${causeText(line.cause, t)} ${adviceFor(line, t)}`.trim()}</p>;
  if (line?.state === 'needs-pairing' && line.cause === 'wrong-number') {
    const start = (replacePhone: boolean) => {
      pairing.forgetPhone();
      pairing.offerQr(line, replacePhone || undefined);
    };
    return (
      <>
        <OtherNumber line={line} busy={pairing.busy} keep={() => start(false)} replace={() => start(true)} />
        {pairing.error ? <FormError error={pairing.error} /> : null}
      </>
    );
  }
  // Only our own gateway gives a code for a phone it is told; others give theirs with the QR code, or none.
  const types = !line || (line.capabilities.pairingCode && (line.engine === 'linked-device' || line.pairingCode !== null));
  // A colleague may have asked for a code to type; a line offers one or the other.
  const typed = pairing.way === 'code' || (line?.pairingCode && !line.qr && !pairing.busy);
  const way: Way = types && typed ? 'code' : 'qr';
  return (
    <>
      {types && (
        <Segments<Way>
          className={styles.ways}
          label={t('pairing.way')}
          value={way}
          onChange={(next) => pairing.choose(next, line)}
          options={[
            { value: 'qr', label: t('pairing.qr') },
            { value: 'code', label: t('pairing.code') },
          ]}
        />
      )}
      <div className={styles.pairing}>
        <div className={styles.left}>
          <ol className={styles.steps}>
            {stepsOf[way].map((step) => (
              <li key={step}>
                <span>
                  <Trans i18nKey={step} components={{ b: <b className={typography.strong} /> }} />
                </span>
              </li>
            ))}
          </ol>
          {way === 'qr' && <p className={clsx(typography.small, typography.muted, layout.onlyOnPhone)}>{t('pairing.onPhone')}</p>}
          <p className={clsx(typography.small, typography.muted)}>
            <Icon of={IconShieldCheck} small /> {t('pairing.private')}
          </p>
          <p className={clsx(typography.small, styles.risk)}>
            <Icon of={IconAlertTriangle} small /> {t('pairing.risk')}
          </p>
        </div>
        <div className={styles.right}>
          {pairing.error ? <FormError error={pairing.error} /> : null}
          {way === 'qr' ? (
            <QrCode line={line} again={() => line && pairing.offerQr(line)} busy={pairing.busy} refetch={refetch} />
          ) : (
            <TypedCode line={line} pairing={pairing} />
          )}
        </div>
      </div>
    </>
  );
}
