import { type CountryCode, parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js';

/** `+54 9 11 2345 6789` */
export function phoneText(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

export interface ReadPhone {
  phone: string;
  /** To dial after it is answered; null for nearly everybody. */
  extension: string | null;
}

/** Why something is no phone. The last three are the server's codes too. */
export type PhoneTrouble = 'too-short' | 'too-long' | 'invalid' | 'letters' | 'two-numbers' | 'ninth-digit';

export type PhoneReading = ReadPhone | { trouble: PhoneTrouble; suggestion?: string };

const extension = /[\s,;/(.-]*(?:extensi[oó]n|extens[aã]o|ext|interno|int|anexo|ramal|x|#)[\s.:#º°]*(\d{1,8})\)?\s*$/iu;
const betweenNumbers = /[/;,|\n]|(?<=\d)\s*(?=\+)|\s+(?:y|o|ó|e|ou|and|or|&)\s+/iu;
const invisible = /[\p{Cc}\p{Cf}]/gu;
const wholeNumber = 7;
const digitsIn = (text: string) => text.match(/\d/g)?.length ?? 0;

/**
 * Reads the number at which a person is reached on WhatsApp, by the server's rules (`Phones` there; both are tried with the
 * cases of `phones.json`), so that the form says while one types what will be kept.
 */
export function readPerson(typed: string, country: string): PhoneReading {
  const text = typed.replace(/\n/g, '/').replace(invisible, '');
  const extended = extension.exec(text);
  const own = extended && digitsIn(text.slice(0, extended.index)) >= wholeNumber ? extended : null;
  const number = own ? text.slice(0, own.index) : text;
  if (digitsIn(number) === 0) return { trouble: 'invalid' };
  const [first = '', second = ''] = number.split(betweenNumbers);
  if (digitsIn(first) >= wholeNumber && digitsIn(second) > 0) return { trouble: 'two-numbers' };
  if (/\p{L}/u.test(number)) return { trouble: 'letters' };
  const read = canonical(number, country);
  const brazil = /^\+55([1-9]\d)([6-9]\d{7})$/.exec(read ?? '');
  if (brazil) return { trouble: 'ninth-digit', suggestion: `+55${brazil[1]}9${brazil[2]}` };
  if (!read || !parsePhoneNumberFromString(read)?.isValid()) return { trouble: lengthTrouble(number, country) };
  return { phone: read, extension: own?.[1] ?? null };
}

function canonical(number: string, country: string): string | undefined {
  const parsed = parsePhoneNumberFromString(number, { defaultCountry: country as CountryCode, extract: false });
  if (!parsed) return undefined;
  const e164 = `+${parsed.countryCallingCode}${parsed.nationalNumber}`;
  const mexican = /^\+52(?:044|045|01|1)(\d{10})$/.exec(e164);
  if (mexican) return `+52${mexican[1]}`;
  const twice = /^\+549(\d{12})$/.exec(e164);
  if (twice) return canonical(`0${twice[1]}`, 'AR');
  const argentine = /^\+54(11\d{8}|[23]\d{9})$/.exec(e164);
  return argentine ? `+549${argentine[1]}` : e164;
}

function lengthTrouble(number: string, country: string): PhoneTrouble {
  const length = validatePhoneNumberLength(number, country as CountryCode);
  if (length === 'TOO_SHORT') return 'too-short';
  return length === 'TOO_LONG' ? 'too-long' : 'invalid';
}

/**
 * A number of the clinic's own, or one to dial: an Argentine one that is typed with its country code stays a land line if
 * it is one. Null when it is no number that could be called.
 */
export function readPhone(typed: string, country: string): string | null {
  const dialled = parsePhoneNumberFromString(typed, country as CountryCode);
  if (typed.trim().startsWith('+') && dialled?.isValid()) return dialled.number;
  const read = readPerson(typed, country);
  return 'phone' in read ? read.phone : null;
}

/** What is wrong with something typed; null while nothing is. */
export function phoneTrouble(typed: string, country: string): PhoneTrouble | null {
  if (typed.trim() === '' || readPhone(typed, country)) return null;
  const read = readPerson(typed, country);
  return 'trouble' in read ? read.trouble : null;
}
