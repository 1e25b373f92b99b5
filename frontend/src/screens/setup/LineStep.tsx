import { IconQrcode } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useCallback } from 'react';
import { linesQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { LoadError, Skeleton } from '../../ui/Page';
import { PhoneText } from '../../ui/PhoneText';
import { lineSign, Status } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { PairingDialog } from '../line/PairingDialog';
import { useFirstLine } from '../line/useFirstLine';
import { usePairing } from '../line/usePairing';
import styles from './Step.module.css';

/** The clinic's own phone is linked here; whoever has a provider's number goes to the lines. */
export function LineStep() {
  const { t } = useWords();
  const clinic = useClinic();
  const lines = useQuery(linesQuery(clinic.id));
  const pairing = usePairing();
  const first = useFirstLine(pairing.open);
  const closePairing = pairing.close;
  const linked = useCallback(() => {
    closePairing();
    done(t('status.footer.linked'), t('action.close'));
  }, [closePairing, t]);
  if (lines.isPending) return <Skeleton rows={2} tall />;
  if (lines.isLoadingError) return <LoadError error={lines.error} title={t('line.error')} retry={() => void lines.refetch()} />;
  const line = lines.data.find((one) => one.defaultLine) ?? lines.data[0];
  return (
    <>
      <div className={clsx(layout.row, layout.wrap, styles.step)} data-testid="setup-line-state">
        {line && (
          <span className={layout.fill}>
            <Status sign={lineSign(line)} bare={line.state === 'linked'} />
            {line.phone && (
              <span className={clsx(typography.small, typography.muted, typography.block)}>
                <PhoneText of={line.phone} />
              </span>
            )}
          </span>
        )}
        {line?.state !== 'linked' && (
          <Button
            kind="primary"
            disabled={first.isPending || pairing.busy}
            onClick={() => (line ? pairing.open(line) : first.mutate())}
            data-testid="setup-pair"
          >
            <Icon of={IconQrcode} />
            {t('line.pairFirst')}
          </Button>
        )}
      </div>
      <p className={clsx(typography.small, styles.other)}>
        <Link {...to.line(clinic.alias)}>{t('setup.otherLines')}</Link>
      </p>
      <PairingDialog pairing={pairing} name="" onLinked={linked} />
    </>
  );
}
