import { IconDeviceMobile, IconPhoneX, IconUserEdit, IconVideo } from '@tabler/icons-react';
import clsx from 'clsx';
import type { InboundMessage } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { timeOf } from '../../time/clinicTime';
import { moment } from '../../time/format';
import { Icon, type IconType } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { phoneText } from '../../ui/phone';
import typography from '../../ui/typography.module.css';

/** What a message says, or what is to be known where nothing can be shown. */
export function InboundContent({ message }: { message: InboundMessage }) {
  const { t } = useWords();
  const clinic = useClinic();
  if (message.call) {
    const time = timeOf(message.sentAt, clinic.timeZone);
    return (
      <Sign of={message.call.video ? IconVideo : IconPhoneX}>
        {t(message.call.video ? 'conversations.videoCalledAt' : 'conversations.calledAt', { time })}
      </Sign>
    );
  }
  if (message.unavailable) return <Sign of={IconDeviceMobile}>{t('conversations.openPhone')}</Sign>;
  if (message.kind === 'identity-changed') {
    return (
      <Sign of={IconUserEdit}>
        {message.newPhone
          ? t('conversations.changedNumber', { phone: unbroken(phoneText(message.newPhone)) })
          : t('conversations.changedIdentity')}
      </Sign>
    );
  }
  return message.text ?? t(`conversations.kind.${message.kind}`, { defaultValue: t('conversations.kind.other') });
}

const unbroken = (phone: string): string => phone.replaceAll(' ', '\u00a0');

function Sign({ of, children }: { of: IconType; children: string }) {
  return (
    <span className={layout.row}>
      <Icon of={of} small />
      {children}
    </span>
  );
}

/** What it said before, and that it was taken back. */
export function Revisions({ message }: { message: InboundMessage }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const { earlierTexts, editedAt, revokedAt } = message;
  if (!editedAt && !revokedAt) return null;
  return (
    <p className={clsx(typography.small, typography.muted)} data-testid="revisions">
      {editedAt && t('conversations.edited', { when: moment(editedAt, clinic.timeZone, language) })}
      {editedAt && revokedAt && ' · '}
      {revokedAt && t('conversations.revoked', { when: moment(revokedAt, clinic.timeZone, language) })}
      {earlierTexts.map((earlier) => (
        <span className={typography.block} key={earlier.until + earlier.text}>
          {t('conversations.before', { text: earlier.text })}
        </span>
      ))}
    </p>
  );
}
