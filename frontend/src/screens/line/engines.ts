import { may } from '../../api/may';
import type { CredentialsInput, LineEngine, Membership } from '../../api/types';

const engines: readonly LineEngine[] = ['linked-device', 'cloud-api', 'twilio', 'evolution'];

/** The ways to WhatsApp a person can set up. All but the clinic's own phone take credentials, which only owners enter. */
export const offeredEngines = (clinic: Membership): readonly LineEngine[] =>
  may(clinic, 'set-credentials') ? engines : engines.slice(0, 1);

/** Whether the line is a provider's, with credentials instead of a phone in the clinic. */
export const takesCredentials = (engine: LineEngine): boolean => engine !== 'linked-device';

export interface CredentialField {
  name: string;
  /** Never shown again once it was entered. */
  secret: boolean;
}
/** What each provider gave the clinic, in the order of its own pages. */
export const credentialFields: Record<LineEngine, readonly CredentialField[]> = {
  'linked-device': [],
  'cloud-api': [
    { name: 'phoneNumberId', secret: false },
    { name: 'businessAccountId', secret: false },
    { name: 'accessToken', secret: true },
    { name: 'appSecret', secret: true },
    { name: 'verifyToken', secret: true },
  ],
  twilio: [
    { name: 'accountSid', secret: false },
    { name: 'authToken', secret: true },
    { name: 'from', secret: false },
  ],
  evolution: [
    { name: 'baseUrl', secret: false },
    { name: 'instance', secret: false },
    { name: 'apiKey', secret: true },
  ],
};

/** The object the API reads an engine's credentials in; also the first part of its fields' names in refusals. */
export const credentialsName: Record<LineEngine, string> = {
  'linked-device': '',
  'cloud-api': 'cloudApi',
  twilio: 'twilio',
  evolution: 'evolution',
};

/** What was typed, as the API reads it. */
export function credentialsOf(engine: LineEngine, typed: Record<string, string>): CredentialsInput {
  const fields = credentialFields[engine].map(({ name }) => [name, (typed[name] ?? '').trim()]);
  return { [credentialsName[engine]]: Object.fromEntries(fields) } as unknown as CredentialsInput;
}
