import { type CountryCode, parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js';

/** `+54 9 11 2345 6789` */
export function phoneText(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

/** What a person typed, read as a number of the clinic's country. Null when it is no number that could be called. */
export function readPhone(typed: string, country: string): string | null {
  const parsed = parsePhoneNumberFromString(typed, country as CountryCode);
  if (!parsed?.isValid()) return null;
  return typed.trim().startsWith('+') ? parsed.number : withMobileDigit(parsed.number, parsed.countryCallingCode, parsed.nationalNumber);
}

/** Argentine mobiles are reached on WhatsApp with a 9 after the country code; people write them with 15 or without either. */
function withMobileDigit(e164: string, countryCode: string, national: string): string {
  return countryCode === '54' && national.length === 10 && !national.startsWith('9') ? `+549${national}` : e164;
}

export type PhoneTrouble = 'too-short' | 'too-long' | 'invalid' | null;
export function phoneTrouble(typed: string, country: string): PhoneTrouble {
  if (typed.trim() === '' || readPhone(typed, country)) return null;
  const length = validatePhoneNumberLength(typed, country as CountryCode);
  if (length === 'TOO_SHORT') return 'too-short';
  if (length === 'TOO_LONG') return 'too-long';
  return 'invalid';
}
