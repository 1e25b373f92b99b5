import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { phoneText, phoneTrouble, readPerson, readPhone } from './phone';

interface Case {
  country: string;
  typed: string;
  phone?: string;
  extension?: string;
  refused?: string;
  suggestion?: string;
}
const cases: Case[] = JSON.parse(readFileSync(join(import.meta.dirname, '../../../backend/src/test/resources/phones.json'), 'utf8')).typed;

describe('the phone of a person is read as the server reads it', () => {
  test.each(cases.filter((one) => one.phone))('$typed in $country is $phone', ({ typed, country, phone, extension }) => {
    expect(readPerson(typed, country)).toEqual({ phone, extension: extension ?? null });
  });
  test.each(cases.filter((one) => one.refused))('$typed in $country is refused: $refused', ({ typed, country, refused, suggestion }) => {
    const read = readPerson(typed, country);
    const trouble = 'trouble' in read ? read.trouble : 'none';
    const finer = refused === 'phone-invalid' ? ['invalid', 'too-short', 'too-long'] : [refused?.replace('phone-', '')];
    expect(finer).toContain(trouble);
    expect('suggestion' in read ? read.suggestion : undefined).toBe(suggestion);
  });
});

test('a number of the clinic itself that is typed with its country may be a land line', () => {
  expect(readPhone('+54 11 4555 6666', 'AR')).toBe('+541145556666');
  expect(readPhone('11 4555 6666', 'AR')).toBe('+5491145556666');
});

test('what is not a phone of the country says what is wrong with it', () => {
  expect(phoneTrouble('310 555', 'CO')).toBe('too-short');
  expect(phoneTrouble('310 555 0142 999 999', 'CO')).toBe('too-long');
  expect(phoneTrouble('', 'CO')).toBeNull();
  expect(phoneTrouble('310 555 0142', 'CO')).toBeNull();
});

test('a phone is shown the way it is dialled from abroad', () => {
  expect(phoneText('+5491123456789')).toBe('+54 9 11 2345 6789');
});
