import { IconLinkOff } from '@tabler/icons-react';
import clsx from 'clsx';
import type { WhatsAppLine } from '../../api/types';
import { useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { phoneText } from '../../ui/phone';
import { takesCredentials } from './engines';

/** Unlinking cannot be undone: coming back takes another code, so it is asked about. */
export function LogOutDialog(props: { line: WhatsAppLine | null; onClose: () => void; onConfirm: () => void }) {
  const { t } = useWords();
  const phone = props.line?.phone;
  const provider = props.line !== null && takesCredentials(props.line.engine);
  return (
    <Dialog opened={props.line !== null} onClose={props.onClose} title={t(provider ? 'line.disconnectTitle' : 'line.logOutTitle')}>
      <p>{t(provider ? 'line.disconnectText' : 'line.logOutText', { phone: phone ? phoneText(phone) : '' })}</p>
      <div className={clsx(layout.row, layout.wrap, forms.dialogActions)}>
        <Button kind="danger" data-testid="log-out-confirm" onClick={props.onConfirm}>
          <Icon of={IconLinkOff} />
          {t(provider ? 'line.disconnect' : 'line.logOut')}
        </Button>
        <Button onClick={props.onClose}>{t('action.back')}</Button>
      </div>
    </Dialog>
  );
}
