import type { Language, TemplateKind } from '../../api/types';

export const templateKinds: readonly TemplateKind[] = ['confirmation', 'reminder', 'reschedule', 'cancellation'];

/** The fields a text may use; each exists for every visit. */
export const templateFields = [
  'patient.givenName',
  'patient.displayName',
  'appointment.date',
  'appointment.time',
  'practitioner.displayName',
  'service.name',
  'organization.name',
] as const;

/** Fields named in a text that no visit has. */
export function unknownFields(body: string): string[] {
  const named = [...body.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((match) => match[1] ?? '');
  return [...new Set(named.filter((name) => !(templateFields as readonly string[]).includes(name)))];
}

export const usedFields = (body: string): number =>
  templateFields.filter((field) => new RegExp(`\\{\\{\\s*${field.replace('.', '\\.')}\\s*\\}\\}`).test(body)).length;

/** The text with a field put where the cursor stands. */
export function insertField(body: string, field: string, from: number, to: number): { body: string; cursor: number } {
  const written = `{{${field}}}`;
  return { body: body.slice(0, from) + written + body.slice(to), cursor: from + written.length };
}

export const templateKey = (kind: TemplateKind, language: Language): string => `${kind} ${language}`;
