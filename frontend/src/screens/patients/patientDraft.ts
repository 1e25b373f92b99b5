import type { IdentifierKind, Language, Messaging, Patient, PatientInput, PatientPhone } from '../../api/types';
import { phoneText } from '../../ui/phone';
import { linesOf as linesOfValues, valuesOf } from '../customfields/values';

/** What a person writes on a patient's card. Flat, so that two people's drafts can be laid on each other. */
export type Draft = {
  givenName: string;
  familyName: string;
  /** The one that is written to. */
  phone: string;
  phoneOwner: NonNullable<PatientPhone['owner']> | '';
  phoneOwnerName: string;
  /** A line for each: whose it is, their name and the number, with tabs between. */
  otherPhones: string;
  birthDate: string;
  gender: NonNullable<Patient['gender']> | '';
  /** A line for each: its kind, a space, and the number as it is typed. */
  papers: string;
  email: string;
  /** With commas between. */
  tags: string;
  language: Language;
  /** Codes with commas between. */
  otherLanguages: string;
  notes: string;
  /** Fields of the clinic's own: a line for each, its key, a space, and what is written. */
  custom: string;
  messaging: Messaging;
  marketing: Messaging;
};

export interface PhoneLine {
  phone: string;
  owner: Draft['phoneOwner'];
  name: string;
}

/** Numbers of one patient. */
export const MOST_PHONES = 10;

export const relationships = [
  'self',
  'mother',
  'father',
  'spouse',
  'child',
  'sibling',
  'grandparent',
  'guardian',
  'other',
] as const satisfies readonly NonNullable<PatientPhone['owner']>[];

export const phoneLinesOf = (lines: string): PhoneLine[] =>
  lines
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [owner = '', name = '', phone = ''] = line.split('\t');
      return { phone, owner: owner as PhoneLine['owner'], name };
    });

const plain = (text: string) => text.replace(/[\t\n]/g, ' ');

export const linesOfPhones = (lines: readonly PhoneLine[]): string =>
  lines.map(({ phone, owner, name }) => `${owner}\t${plain(name)}\t${plain(phone)}`).join('\n');

/** The number that is written to and the others, as they are sent; a line without a number is none. */
function phonesOf(draft: Draft): NonNullable<PatientInput['phoneNumbers']> {
  const first: PhoneLine = { phone: draft.phone, owner: draft.phoneOwner, name: draft.phoneOwnerName };
  return [first, ...phoneLinesOf(draft.otherPhones)]
    .map(({ phone, owner, name }, at) => ({
      phone: phone.trim(),
      owner: owner || null,
      ownerName: name.trim() || null,
      writtenTo: at === 0,
    }))
    .filter((one) => one.phone);
}

/** Which of the other lines the server means by the place of a number in what was sent; -1 for the one that is written to. */
export function phoneLineOf(draft: Draft, sent: number): number {
  const filled = phoneLinesOf(draft.otherPhones).flatMap((line, at) => (line.phone.trim() ? [at] : []));
  return (draft.phone.trim() ? [-1, ...filled] : filled)[sent] ?? -1;
}

export interface Paper {
  kind: IdentifierKind;
  value: string;
}

export const identifierKinds = [
  'ar-dni',
  'br-cpf',
  'cl-rut',
  'co-cc',
  'ec-ci',
  'mx-curp',
  'pe-dni',
  'uy-ci',
  'passport',
] as const satisfies readonly IdentifierKind[];

/** What people of that country have. */
export const kindOf = (country: string): IdentifierKind =>
  identifierKinds.find((kind) => kind.startsWith(`${country.toLowerCase()}-`)) ?? 'passport';

export const papersOf = (lines: string): Paper[] =>
  lines
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ kind: line.split(' ', 1)[0] as IdentifierKind, value: line.slice(line.indexOf(' ') + 1) }));

export const linesOf = (papers: readonly Paper[]): string => papers.map((paper) => `${paper.kind} ${paper.value}`).join('\n');

const written = (lines: string) => papersOf(lines).filter((paper) => paper.value.trim());

/** Which line of the form the server means by the place of a number in what was sent. */
export function lineOf(lines: string, sent: number): number {
  const filled = papersOf(lines).flatMap((paper, at) => (paper.value.trim() ? [at] : []));
  return filled[sent] ?? -1;
}

export const tagsOf = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);

/** The name in its two parts, when it was written as one. */
export function nameOf(words: string): Pick<Draft, 'givenName' | 'familyName'> {
  const [givenName = '', ...rest] = words.trim().split(/\s+/);
  return { givenName, familyName: rest.join(' ') };
}

export function fresh(typed: string, language: Language, country: string): Draft {
  const phone = /^[+\d][\d\s()-]{4,}$/.test(typed) ? typed : '';
  return {
    ...nameOf(phone ? '' : typed),
    phone,
    phoneOwner: '',
    phoneOwnerName: '',
    otherPhones: '',
    birthDate: '',
    gender: '',
    papers: linesOf([{ kind: kindOf(country), value: '' }]),
    email: '',
    tags: '',
    language,
    otherLanguages: '',
    notes: '',
    custom: '',
    messaging: 'allowed',
    marketing: 'allowed',
  };
}

/** `+54 9 11 2345 6789 x12`, which is also how it is read again. */
export const withExtension = (phone: string, extension: string | null): string => (extension ? `${phone} x${extension}` : phone);

export const draftOf = (patient: Patient, country: string): Draft => ({
  givenName: patient.givenName ?? '',
  familyName: patient.familyName ?? '',
  phone: patient.phone ? withExtension(phoneText(patient.phone), patient.phoneExtension) : '',
  phoneOwner: patient.phoneNumbers.find((one) => one.writtenTo)?.owner ?? '',
  phoneOwnerName: patient.phoneNumbers.find((one) => one.writtenTo)?.ownerName ?? '',
  otherPhones: linesOfPhones(
    patient.phoneNumbers
      .filter((one) => !one.writtenTo)
      .map((one) => ({
        phone: withExtension(phoneText(one.phone ?? ''), one.phoneExtension),
        owner: one.owner ?? '',
        name: one.ownerName ?? '',
      })),
  ),
  birthDate: patient.birthDate ?? '',
  gender: patient.gender ?? '',
  papers: linesOf(
    patient.identifiers.length > 0
      ? patient.identifiers.map(({ kind, formatted }) => ({ kind, value: formatted }))
      : [{ kind: kindOf(country), value: '' }],
  ),
  email: patient.email ?? '',
  tags: patient.tags.join(', '),
  language: patient.language,
  otherLanguages: patient.otherLanguages.join(','),
  notes: patient.notes ?? '',
  custom: linesOfValues(patient.customFields),
  messaging: patient.messaging,
  marketing: patient.marketing,
});

export const inputOf = (draft: Draft): PatientInput => ({
  givenName: draft.givenName.trim() || null,
  familyName: draft.familyName.trim() || null,
  phoneNumbers: phonesOf(draft),
  birthDate: draft.birthDate || null,
  gender: draft.gender || null,
  identifiers: written(draft.papers),
  email: draft.email.trim(),
  tags: tagsOf(draft.tags),
  language: draft.language,
  otherLanguages: draft.otherLanguages.split(',').filter(Boolean),
  notes: draft.notes.trim() || null,
  customFields: valuesOf(draft.custom),
});
