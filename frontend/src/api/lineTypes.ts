import type { components } from './generated';

type Schemas = components['schemas'];

/** WhatsApp lines: how they stand, how they are linked, and how the platform sees them. */
export type LineState = Schemas['LineState'];
export type LineCause = Schemas['LineCause'];
/** How a line reaches WhatsApp. */
export type LineEngine = Schemas['LineEngineKind'];
export type LineCapabilities = Schemas['Capabilities'];
export type WhatsAppLine = Schemas['LineView'];
/** What to scan or type. A credential: only ever held in memory, only while pairing, never in a list. */
export type PairingCredential = Schemas['QrView'] | Schemas['PairingCodeView'];
export type LineHistoryItem = Schemas['Transition'];
/** What is shown of a provider's credentials; never they themselves. */
export type LineCredentials = Schemas['CredentialsView'];
/** Exactly the one of the line's engine. Write-only. */
export type CredentialsInput =
  | { cloudApi: Schemas['CloudApiCredentials'] }
  | { twilio: Schemas['TwilioCredentials'] }
  | { evolution: Schemas['EvolutionCredentials'] };
/** Whether the provider can be reached, and can reach us. */
export type SelfTest = Schemas['SelfTestView'];
/** A line one may write to a patient on. */
export type WritingLine = Schemas['WritingLine'];
/** How one occasion leaves on an official line: the text the provider approved, and what fills it. */
export type TemplateMapping = Schemas['LineTemplateInput'];
/** One occasion in one language on an official line. */
export type LineTemplate = Schemas['LineTemplate'];
/** A text at a line's provider, and what the provider says of it. */
export type TemplateSubmission = Schemas['TemplateSubmission'];
export type TemplateSubmissionInput = Schemas['TemplateSubmissionInput'];
/** A message sent to try a line out. Its states are a subset of a message's. */
export type TestMessage = Schemas['TestMessage'];
/** A line as the platform sees it: never with a number. */
export type PlatformLine = Schemas['PlatformLine'];
/** Over all clinics; reconnects, messages and inbound are of the last 24 hours. */
export type PlatformHealth = Schemas['PlatformHealth'];
