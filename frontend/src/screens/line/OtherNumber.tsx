import { IconAlertTriangle } from '@tabler/icons-react';
import clsx from 'clsx';
import type { WhatsAppLine } from '../../api/types';
import { useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { phoneText } from '../../ui/phone';
import problemBox from '../../ui/problemBox.module.css';
import styles from './OtherNumber.module.css';

/** Another number than the line's own scanned the code: what changing it would mean, and the two ways out. */
export function OtherNumber(props: { line: WhatsAppLine; busy: boolean; keep: () => void; replace: () => void }) {
  const { t } = useWords();
  const phone = unbroken(props.line.phone) ?? t('line.noPhone');
  const other = unbroken(props.line.otherPhone) ?? t('line.noPhone');
  return (
    <div className={styles.other} role="alert" data-testid="other-number">
      <h3 className={layout.row}>
        <span className={problemBox.icon}>
          <Icon of={IconAlertTriangle} />
        </span>
        {t('pairing.wrongTitle')}
      </h3>
      <p>{t('pairing.wrongText', { phone, other })}</p>
      <p>{t('pairing.wrongThen')}</p>
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button kind="primary" disabled={props.busy} onClick={props.keep} data-testid="keep-number">
          {t('pairing.keep', { phone })}
        </Button>
        <Button kind="danger" disabled={props.busy} onClick={props.replace} data-testid="replace-number">
          {t('pairing.replace')}
        </Button>
      </div>
    </div>
  );
}

/** A number in the middle of a sentence stays on one line. */
const unbroken = (e164: string | null): string | null => (e164 ? phoneText(e164).replaceAll(' ', '\u00a0') : null);
