import type { ProblemDetails, SeriesOccurrence, SlotConflict, SlotKept } from './types';

/** A refusal the server explained. `code` is stable and is what the console translates. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** Shown to people so that support can find the request. Null when the server never saw it. */
  readonly traceId: string | null;
  readonly fields: readonly FieldProblem[];
  /** Whose record stands in the way, where the server says so. */
  readonly patientId: string | null;
  /** What stands in the way of a time, and of whom; empty where the server does not say. */
  readonly conflicts: readonly SlotConflict[];
  /** What others keep in the way while they fill a form; empty where the server does not say. */
  readonly holds: readonly SlotKept[];
  /** The visits of a series that have no place; empty where the server does not say. */
  readonly occurrences: readonly SeriesOccurrence[];
  /** How many messages a rule would write within a day; 0 where the server does not say. */
  readonly messages: number;

  constructor(details: Partial<ProblemDetails> & { status: number; code: string; patientId?: string }) {
    super(details.code);
    this.name = 'Problem';
    this.status = details.status;
    this.code = details.code;
    this.traceId = details.traceId ?? null;
    this.patientId = details.patientId ?? null;
    this.conflicts = details.conflicts ?? [];
    this.holds = details.holds ?? [];
    this.occurrences = details.occurrences ?? [];
    this.messages = details.messages ?? 0;
    this.fields = (details.errors ?? []).map((error) => ({ name: fieldName(error.pointer), code: error.code }));
    this.fields = (details.errors ?? []).map(({ pointer, code, minimum, maximum }) => ({
      name: fieldName(pointer),
      code,
      minimum,
      maximum,
    }));
  }

  /** Whether trying again, unchanged, could work. */
  get worthRetrying(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface FieldProblem {
  /** The input's name: the pointer's path without its leading slash, parts joined by dots. */
  name: string;
  code: string;
  /** The least that is allowed, of a number or of a text's characters, where it is less. */
  minimum?: number | undefined;
  /** The most that is allowed, likewise. */
  maximum?: number | undefined;
}

/** Every code the server may answer with; each language has a sentence for each. */
export const problemCodes = [
  'invalid-json',
  'invalid-parameter',
  'address-malformed',
  'invalid-cursor',
  'idempotency-key-required',
  'unauthenticated',
  'forbidden',
  'not-member',
  'account-protected',
  'not-your-appointment',
  'not-found',
  'method-not-allowed',
  'not-acceptable',
  'request-too-slow',
  'conflict',
  'slot-taken',
  'series-not-free',
  'outside-hours',
  'appointment-not-in-that-state',
  'waitlist-entry-not-in-that-state',
  'too-late-to-undo',
  'line-name-taken',
  'line-not-in-that-state',
  'window-closed',
  'templates-not-supported',
  'template-exists',
  'template-not-in-that-state',
  'flow-has-faults',
  'flow-not-in-that-state',
  'campaign-not-in-that-state',
  'campaign-not-confirmed',
  'alias-taken',
  'last-owner',
  'member-exists',
  'identifier-taken',
  'import-not-in-that-state',
  'import-file-refused',
  'request-in-progress',
  'message-not-in-that-state',
  'rule-writes-to-many',
  'hour-not-offered',
  'too-many-rules',
  'too-many-custom-fields',
  'preregistration-closed',
  'conversation-not-in-that-state',
  'answered-meanwhile',
  'ticket-open',
  'ticket-not-in-that-state',
  'team-name-taken',
  'shortcut-taken',
  'privacy-request-closed',
  'legal-hold',
  'limit-reached',
  'organization-suspended',
  'organization-not-in-that-state',
  'patient-not-erasable',
  'patient-restricted',
  'privacy-request-not-carried-out',
  'webhook-endpoint-paused',
  'api-clients-not-set-up',
  'merge-not-undoable',
  'patient-replaced',
  'stale',
  'body-too-large',
  'unsupported-media-type',
  'host-not-served',
  'invalid-fields',
  'idempotency-key-reused',
  'patient-unknown',
  'line-unknown',
  'practitioner-unknown',
  'healthcare-service-unknown',
  'template-field-unknown',
  'template-not-submittable',
  'phone-invalid',
  'if-match-required',
  'too-many-requests',
  'too-many-streams',
  'internal',
  'identity-unavailable',
  'line-credentials-missing',
  'public-address-missing',
  'credentials-not-kept',
  'gateway-unavailable',
  'line-down',
  'not-sent-in-time',
  'media-type-refused',
  'media-unavailable',
  'unreachable',
] as const;

export const fieldCodes = [
  'required',
  'too-long',
  'too-short',
  'invalid-format',
  'characters-not-allowed',
  'out-of-range',
  'phone-invalid',
  'phone-letters',
  'phone-two-numbers',
  'phone-repeated',
  'phone-ninth-digit',
  'identifier-invalid',
  'identifier-check-digit',
  'identifier-taken',
  'name-missing',
  'date-unreadable',
  'time-unreadable',
  'ends-before-start',
  'slot-taken',
  'not-yet',
  'when-missing',
  'patient-missing',
  'patient-unknown',
  'patient-ambiguous',
  'practitioner-unknown',
  'service-unknown',
  'location-unknown',
  'room-unknown',
  'formula',
  'quote-open',
  'too-many-cells',
  'repeated',
  'already-used',
  'already-waiting',
  'empty-file',
  'not-a-table',
  'duplicate-header',
  'too-many-columns',
  'too-many-rows',
  'broken-file',
  'too-large',
  'unknown-value',
  'needs-visit',
  'not-published',
  'not-approved',
  'field-at-edge',
  'fields-side-by-side',
  'may-be-empty',
  'clinical-field',
  'no-phone',
  'no-address',
  'opted-out',
  'one-of-two',
  'not-after-start',
  'overlaps',
  'already-exists',
  'name-taken',
  'not-offered',
  'not-accepted',
  'time-does-not-exist',
  'in-the-past',
  'template-field-unknown',
  'address-invalid',
  'address-without-tls',
  'address-not-allowed',
  'not-with-this-provider',
  'address-not-public',
  'address-unknown',
  'line-taken',
] as const;

/** `/owner/email` names the input `owner.email`. */
export function fieldName(pointer: string): string {
  return pointer
    .replace(/^#?\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}

type Translate = (key: string, values?: { count: number }) => string;

/** The one sentence for a failure, whatever threw it. */
export function sentenceFor(error: unknown, t: Translate): string {
  const code = error instanceof Problem ? error.code : 'unreachable';
  const known = (problemCodes as readonly string[]).includes(code);
  return t(`problem.${known ? code : 'internal'}`);
}

/** Sentences by input name, for the inputs this form has; what no input can show is left to `sentenceFor`. */
export function fieldSentences(error: unknown, t: Translate): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  const sentences: Record<string, string> = {};
  for (const field of error.fields) sentences[field.name] = limitSentence(field, t) ?? fieldSentence(field.code, t);
  return sentences;
}

/** What a field allows, where the server names the limit. */
function limitSentence({ code, minimum, maximum }: FieldProblem, t: Translate): string | null {
  if (code !== 'too-long' && code !== 'too-short' && code !== 'out-of-range') return null;
  const of = code === 'out-of-range' ? 'number' : 'text';
  if (maximum !== undefined) return t(`limit.${of}.most`, { count: maximum });
  return minimum === undefined ? null : t(`limit.${of}.least`, { count: minimum });
}

/** What is wrong with one field of a form, or one cell of a file. */
export function fieldSentence(code: string, t: Translate): string {
  return t(`field.${(fieldCodes as readonly string[]).includes(code) ? code : 'invalid-format'}`);
}

export const isStale = (error: unknown): error is Problem => error instanceof Problem && error.status === 412;
export const hasCode = (error: unknown, code: string): error is Problem => error instanceof Problem && error.code === code;
