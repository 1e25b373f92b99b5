import type { HealthcareService } from '../api/types';

type Price = NonNullable<HealthcareService['price']>;

/** How many digits of the currency are behind the point: none for pesos of Chile, two for most. */
export const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

export const moneyText = ({ amountMinor, currency }: Price, language: string): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency }).format(amountMinor / 10 ** digitsOf(currency));

/** What somebody typed as a number, in the smallest unit; null while it is none. */
export function minorOf(typed: string, currency: string): number | null {
  const normal = typed.trim().replace(',', '.');
  if (!/^\d{1,11}(\.\d+)?$/.test(normal)) return null;
  return Math.round(Number(normal) * 10 ** digitsOf(currency));
}

/** The amount as it is typed again, without the currency. */
export const typedOf = ({ amountMinor, currency }: Price): string => String(amountMinor / 10 ** digitsOf(currency));

/** The currencies of the countries that Recado knows best, the clinic's own first. */
const ofCountry: Record<string, string> = {
  AR: 'ARS',
  BR: 'BRL',
  CL: 'CLP',
  CO: 'COP',
  EC: 'USD',
  ES: 'EUR',
  MX: 'MXN',
  PE: 'PEN',
  PT: 'EUR',
  PY: 'PYG',
  US: 'USD',
  UY: 'UYU',
};
export function currenciesFor(country: string | undefined): string[] {
  const own = ofCountry[country ?? ''] ?? 'USD';
  return [own, ...new Set(Object.values(ofCountry).filter((one) => one !== own))];
}
