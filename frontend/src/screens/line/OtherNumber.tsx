import { IconAlertTriangle } from '@tabler/icons-react';
import type { WhatsAppLine } from '../../api/types';
import { useWords } from '../../app/clinic';
import { Icon } from '../../ui/Icon';
import { phoneText } from '../../ui/phone';

/** Another number than the line's own scanned the code: what changing it would mean, and the two ways out. */
export function OtherNumber(props: { line: WhatsAppLine; busy: boolean; keep: () => void; replace: () => void }) {
  const { t } = useWords();
  const phone = unbroken(props.line.phone) ?? t('line.noPhone');
  const other = unbroken(props.line.otherPhone) ?? t('line.noPhone');
  return (
    <div className="other-n" role="alert" data-testid="other-number">
      <h3 className="row">
        <span className="no-i">
          <Icon of={IconAlertTriangle} />
        </span>
        {t('pairing.wrongTitle')}
      </h3>
      <p>{t('pairing.wrongText', { phone, other })}</p>
      <p>{t('pairing.wrongThen')}</p>
      <div className="row wrap form-a">
        <button type="button" className="btn pri" disabled={props.busy} onClick={props.keep} data-testid="keep-number">
          {t('pairing.keep', { phone })}
        </button>
        <button type="button" className="btn danger" disabled={props.busy} onClick={props.replace} data-testid="replace-number">
          {t('pairing.replace')}
        </button>
      </div>
    </div>
  );
}

/** A number in the middle of a sentence stays on one line. */
const unbroken = (e164: string | null): string | null => (e164 ? phoneText(e164).replaceAll(' ', '\u00a0') : null);
