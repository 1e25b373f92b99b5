import { expect, test } from 'vitest';
import { currenciesFor, minorOf, moneyText, typedOf } from './money';

test('an amount is kept in the smallest unit of its currency and shown as people write it', () => {
  expect(minorOf('25000,50', 'ARS')).toBe(2_500_050);
  expect(minorOf('25000', 'CLP')).toBe(25_000);
  expect(minorOf('', 'ARS')).toBeNull();
  expect(minorOf('1.000.000', 'ARS')).toBeNull();
  expect(typedOf({ amountMinor: 2_500_050, currency: 'ARS' })).toBe('25000.5');
  expect(moneyText({ amountMinor: 25_000, currency: 'CLP' }, 'en')).toContain('25,000');
  expect(currenciesFor('BR')[0]).toBe('BRL');
});
