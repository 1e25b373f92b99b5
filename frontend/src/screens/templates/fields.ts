import type { TemplateKind } from '../../api/types';

export const templateKinds: readonly TemplateKind[] = [
  'confirmation',
  'reminder',
  'reschedule',
  'cancellation',
  'offer',
  'followup',
  'survey',
  'missed',
  'recall',
];

/** The fields that have a value in every message about a visit. */
const always = [
  'patient.givenName',
  'patient.displayName',
  'appointment.date',
  'appointment.time',
  'practitioner.displayName',
  'service.name',
  'organization.name',
] as const;
/** Those that may be empty: each stands in a part of the text that is left out then. */
const optional = [
  'location.name',
  'location.address',
  'location.map',
  'location.phone',
  'insurance.name',
  'appointment.link',
  'appointment.others',
  'household.visits',
] as const;
export const templateFields = [...always, ...optional] as const;

export type TemplateField = (typeof templateFields)[number];

/** What fields are called in the person's language, such as `nombre`, and what opens and closes a part that may be left out. */
export interface FieldWords {
  names: Record<TemplateField, string>;
  begin: string;
  end: string;
}

export const mayBeEmpty = (field: TemplateField): boolean => (optional as readonly TemplateField[]).includes(field);

/** What stands for each token of a stored text while it is edited: `{{#location.address}}` reads `{si dirección}`. */
function tokens({ names, begin, end }: FieldWords): [stored: string, edited: string][] {
  return templateFields.flatMap((field): [string, string][] => [
    [field, names[field]],
    ...(mayBeEmpty(field)
      ? ([
          [`#${field}`, `${begin} ${names[field]}`],
          [`/${field}`, `${end} ${names[field]}`],
        ] as [string, string][])
      : []),
  ]);
}

/** The text as it is edited: `{{patient.givenName}}` reads `{nombre}`. */
export function toFriendly(body: string, words: FieldWords): string {
  const edited = new Map(tokens(words));
  return body.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (written, token: string) => {
    const name = edited.get(token);
    return name ? `{${name}}` : written;
  });
}

/** The edited text as it is stored. What names no field stays as it is, for `unknownFields` to find. */
export function toStored(text: string, words: FieldWords): string {
  const stored = new Map(tokens(words).map(([token, name]) => [name.toLocaleLowerCase(), token]));
  return text.replace(/(?<!\{)\{\s*([^{}]+?)\s*\}(?!\})/g, (written, name: string) => {
    const token = stored.get(name.toLocaleLowerCase());
    return token ? `{{${token}}}` : written;
  });
}

interface Piece {
  text: string;
  field: 'known' | 'unknown' | null;
  at: number;
}

/** The edited text cut where fields begin and end. */
export function pieces(text: string, words: FieldWords): Piece[] {
  const known = new Set(tokens(words).map(([, name]) => name.toLocaleLowerCase()));
  const found: Piece[] = [];
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
export const unknownFields = (text: string, words: FieldWords): string[] => [
  ...new Set(
    pieces(text, words)
      .filter((piece) => piece.field === 'unknown')
      .map((piece) => piece.text),
  ),
];

export const usedFields = (text: string, words: FieldWords): number =>
  templateFields.filter((field) => toStored(text, words).includes(`{{${field}}}`)).length;

/** The text with a field put where the cursor stands; one that may be empty brings the part that is left out with it. */
export function insertField(
  text: string,
  field: TemplateField,
  words: FieldWords,
  from: number,
  to: number,
): { text: string; cursor: number } {
  const name = words.names[field];
  const written = mayBeEmpty(field) ? `{${words.begin} ${name}}{${name}}{${words.end} ${name}}` : `{${name}}`;
  return { text: text.slice(0, from) + written + text.slice(to), cursor: from + written.length };
}
