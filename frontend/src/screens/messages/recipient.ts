import type { Message } from '../../api/types';

/** What whoever a message is for is called. */
export const recipientOf = ({ patient, contact }: Message, t: (key: string) => string): string =>
  patient?.displayName ?? contact?.name ?? t('conversations.unknownSender');
