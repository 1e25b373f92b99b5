import type { TemplateKind } from '../../api/types';

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

export type TemplateField = (typeof templateFields)[number];
/** What each field is called in the person's language, such as `nombre`. */
export type FieldNames = Record<TemplateField, string>;

/** The text as it is edited: `{{patient.givenName}}` reads `{nombre}`. */
export function toFriendly(body: string, names: FieldNames): string {
  return body.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (written, field: string) =>
    field in names ? `{${names[field as TemplateField]}}` : written,
  );
}

/** The edited text as it is stored. What names no field stays as it is, for `unknownFields` to find. */
export function toStored(text: string, names: FieldNames): string {
  const byName = new Map(templateFields.map((field) => [names[field].toLocaleLowerCase(), field]));
  return text.replace(/(?<!\{)\{\s*([^{}]+?)\s*\}(?!\})/g, (written, name: string) => {
    const field = byName.get(name.toLocaleLowerCase());
    return field ? `{{${field}}}` : written;
  });
}

/** The edited text cut where fields begin and end. */
export function pieces(text: string, names: FieldNames): { text: string; field: 'known' | 'unknown' | null; at: number }[] {
  const known = new Set(templateFields.map((field) => names[field].toLocaleLowerCase()));
  const found: { text: string; field: 'known' | 'unknown' | null; at: number }[] = [];
  let last = 0;
  for (const match of text.matchAll(/\{+\s*([^{}]*?)\s*\}+/g)) {
    if (match.index > last) found.push({ text: text.slice(last, match.index), field: null, at: last });
    found.push({ text: match[0], field: known.has((match[1] ?? '').toLocaleLowerCase()) ? 'known' : 'unknown', at: match.index });
    last = match.index + match[0].length;
  }
  if (last < text.length) found.push({ text: text.slice(last), field: null, at: last });
  return found;
}

/** Fields named in an edited text that no visit has. */
export const unknownFields = (text: string, names: FieldNames): string[] => [
  ...new Set(
    pieces(text, names)
      .filter((piece) => piece.field === 'unknown')
      .map((piece) => piece.text),
  ),
];

export const usedFields = (text: string, names: FieldNames): number =>
  new Set(
    pieces(text, names)
      .filter((piece) => piece.field === 'known')
      .map((piece) => piece.text.toLocaleLowerCase()),
  ).size;

/** The text with a field put where the cursor stands. */
export function insertField(text: string, name: string, from: number, to: number): { text: string; cursor: number } {
  const written = `{${name}}`;
  return { text: text.slice(0, from) + written + text.slice(to), cursor: from + written.length };
}
