import { expect, test } from 'vitest';
import { phoneText, phoneTrouble, readPhone } from './phone';

test.each([
  ['11 2345-6789', 'AR', '+5491123456789'],
  ['011 15 2345-6789', 'AR', '+5491123456789'],
  ['0351 15-555-0148', 'AR', '+5493515550148'],
  ['+54 9 11 2345 6789', 'AR', '+5491123456789'],
  ['(11) 98765-4321', 'BR', '+5511987654321'],
  ['310 555 0142', 'CO', '+573105550142'],
])('%s dictated in %s is %s', (typed, country, e164) => {
  expect(readPhone(typed, country)).toBe(e164);
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
