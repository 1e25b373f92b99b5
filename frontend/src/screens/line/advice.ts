import type { WhatsAppLine } from '../../api/types';
import type { Translate } from '../../app/clinic';

type Standing = Pick<WhatsAppLine, 'state' | 'cause' | 'gatewayReachable'>;

/** What a person should do about a line, in one sentence. A cause says more than the state it led to. */
export function adviceFor({ state, cause, gatewayReachable }: Standing, t: Translate): string {
  if (!gatewayReachable) return t('do.gateway-away');
  // What was the matter does not matter any more once it is being linked, or works.
  if (state === 'linked' || state === 'pairing' || state === 'starting' || cause === 'none') return t(`do.${state}`);
  return t(`do.${cause}`, { defaultValue: t(`do.${state}`) });
}

/** Why the line is in its state; empty when there is nothing to tell. */
export const causeText = (cause: WhatsAppLine['cause'], t: Translate): string =>
  cause === 'none' ? '' : t(`cause.${cause}`, { defaultValue: '' });
