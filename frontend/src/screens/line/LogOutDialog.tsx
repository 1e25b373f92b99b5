import { IconLinkOff } from '@tabler/icons-react';
import type { WhatsAppLine } from '../../api/types';
import { useWords } from '../../app/clinic';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { phoneText } from '../../ui/phone';

/** Unlinking cannot be undone: coming back takes another code, so it is asked about. */
export function LogOutDialog(props: { line: WhatsAppLine | null; onClose: () => void; onConfirm: () => void }) {
  const { t } = useWords();
  const phone = props.line?.phone;
  return (
    <Dialog opened={props.line !== null} onClose={props.onClose} title={t('line.logOutTitle')}>
      <p>{t('line.logOutText', { phone: phone ? phoneText(phone) : '' })}</p>
      <div className="row wrap form-a">
        <button type="button" className="btn danger" data-testid="log-out-confirm" onClick={props.onConfirm}>
          <Icon of={IconLinkOff} />
          {t('line.logOut')}
        </button>
        <button type="button" className="btn" onClick={props.onClose}>
          {t('action.back')}
        </button>
      </div>
    </Dialog>
  );
}
