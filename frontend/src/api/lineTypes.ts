import type { Language, MessageState, TemplateKind } from './types';

/** WhatsApp lines: how they stand, how they are linked, and how the platform sees them. */
export type LineState = 'stopped' | 'starting' | 'pairing' | 'linked' | 'reconnecting' | 'needs-pairing' | 'halted';
export type LineCause =
  | 'none'
  | 'never-started'
  | 'stopped-here'
  | 'logged-out-here'
  | 'logged-out-on-phone'
  | 'device-removed'
  | 'qr-expired'
  | 'network'
  | 'server-restart'
  | 'server-unavailable'
  | 'timed-out'
  | 'opened-elsewhere'
  | 'banned'
  | 'client-outdated'
  | 'credentials-unreadable'
  | 'network-mismatch'
  | 'wrong-number'
  | 'number-unknown'
  | 'instance-unknown'
  | 'address-refused'
  | 'gateway-away'
  | 'authorization-failed'
  | 'sender-paused'
  | 'not-configured';
/** How a line reaches WhatsApp. */
export type LineEngine = 'linked-device' | 'cloud-api' | 'twilio' | 'evolution';

/** What an engine can do; what it cannot is not offered. */
export interface LineCapabilities {
  /** A phone is linked by scanning a code. */
  qr: boolean;
  /** A phone is linked by typing a code. */
  pairingCode: boolean;
  /** Texts approved beforehand may be sent at any time. */
  templates: boolean;
  /** Other messages only within 24 hours of the patient's last one. */
  window24h: boolean;
  /** "typing…" can be shown. */
  typing: boolean;
  /** Words may have buttons below them to answer with, without a template. */
  buttons: boolean;
}

export interface WhatsAppLine {
  id: string;
  name: string;
  engine: LineEngine;
  capabilities: LineCapabilities;
  /** Messages leave on it unless another is chosen; one line of a clinic is. */
  defaultLine: boolean;
  /** Whether it shows "typing" and pauses like a person before each message. */
  typing: boolean;
  state: LineState;
  cause: LineCause;
  since: string | null;
  nextAttemptAt: string | null;
  phone: string | null;
  profileName: string | null;
  /** The phone's system in WhatsApp's word, such as `android`. */
  platform: string | null;
  /** The number that was scanned with instead of the line's own. */
  otherPhone: string | null;
  gatewayReachable: boolean;
  /** What to scan. A credential, as `pairingCode` is: only ever held in memory, only while pairing, never in a list. */
  qr: PairingCredential | null;
  /** Eight letters and digits to type into the phone. */
  pairingCode: PairingCredential | null;
  /** Of the whole clinic, on its default line; 0 on others. */
  waitingMessages: number;
  version: number;
}

export interface PairingCredential {
  value: string;
  expiresAt: string;
}

export interface LineHistoryItem {
  at: string;
  state: LineState;
  cause: LineCause;
}

/** What is shown of a provider's credentials; never they themselves. */
export interface LineCredentials {
  set: boolean;
  /** The end of the token or key; empty when that is too short to show. */
  last4: string | null;
  setAt: string | null;
  /** What to enter at the provider; null where it is told by itself, and while Recado has no public address. */
  webhookUrl: string | null;
  fallbackUrl: string | null;
}

/** Exactly the one of the line's engine. Write-only. */
export type CredentialsInput =
  | { cloudApi: { phoneNumberId: string; businessAccountId: string; accessToken: string; appSecret: string; verifyToken: string } }
  | { twilio: { accountSid: string; authToken: string; from: string } }
  | { evolution: { baseUrl: string; apiKey: string; instance: string } };

/** Whether the provider can be reached, and can reach us. */
export interface SelfTest {
  ok: boolean;
  /** `fix` is in English; `code` is what the console translates; `about` names an occasion and language, such as `reminder/es`. */
  checks: { name: string; ok: boolean; code: string; fix: string; about: string | null }[];
}

/** A line one may write to a patient on. */
export interface WritingLine {
  lineId: string;
  name: string;
  defaultLine: boolean;
  /** Where they last wrote to, else the default line. */
  suggested: boolean;
  state: LineState;
  /** Words leave only within 24 hours of their last message. */
  window24h: boolean;
  /** Null outside those 24 hours, and where there are none. */
  windowClosesAt: string | null;
  /** False when nobody knows their number and this line has no other address of theirs. */
  reachable: boolean;
}

/** How one occasion leaves on an official line: the text the provider approved, and what fills it. */
export interface TemplateMapping {
  /** Its name at Meta, its content SID at Twilio. */
  name: string;
  /** The provider's code, such as `es_AR`; null where the content knows its own. */
  providerLanguage: string | null;
  /** What fills `{{1}}`, `{{2}}`, …, as paths of fields. */
  parameters: string[];
  /** It was approved with two quick-reply buttons: first yes, second no. */
  answerButtons: boolean;
}

/** One occasion in one language on an official line. */
export interface LineTemplate {
  kind: TemplateKind;
  language: Language;
  /** Null while nothing was approved: then plain words leave. */
  mapping: (TemplateMapping & { version: number; updatedAt: string }) | null;
  /** The clinic's own text as the provider wants it submitted; `buttons` is empty when no answer is asked for. */
  suggestion: { body: string; parameters: string[]; examples: string[]; buttons: string[] };
}

/** A message sent to try a line out. Its states are a subset of a message's. */
export interface TestMessage {
  id: string;
  to: string;
  state: MessageState;
  reason: string | null;
  at: string;
}

/** A line as the platform sees it: never with a number. */
export interface PlatformLine {
  organizationId: string;
  organizationName: string;
  id: string;
  defaultLine: boolean;
  engine: LineEngine;
  state: LineState;
  cause: LineCause;
  since: string | null;
  /** Null unless it is down. */
  downSince: string | null;
}

/** Over all clinics; reconnects, messages and inbound are of the last 24 hours. */
export interface PlatformHealth {
  at: string;
  startedAt: string;
  gatewayReachable: boolean;
  /** What waits over there; null while it does not answer. */
  gateway: { startedAt: string; queueDepth: number; eventsWaiting: number; oldestEventAt: string | null } | null;
  /** Phones that were linked; the median from the first code until then. */
  pairings: { count: number; medianSeconds: number | null };
  /** Messages that are due and have not left; `oldestDueAt` is null when there are none. */
  outbox: { depth: number; oldestDueAt: string | null };
  lines: { state: LineState; count: number }[];
  /** Why lines were lost, the most frequent cause first. */
  reconnects: { cause: LineCause; count: number }[];
  /** States that messages came into. */
  messages: { state: MessageState; count: number }[];
  inbound: number;
}
