import type { MessageCategory, MessagePrice } from '../../api/types';

export const categories: readonly MessageCategory[] = ['marketing', 'utility', 'authentication', 'service', 'other'];

/** Rows as a spreadsheet gives them: market, category, first day, currency, price. Says which lines are none. */
export function pricesIn(text: string): { prices: MessagePrice[]; wrong: number[] } {
  const prices: MessagePrice[] = [];
  const wrong: number[] = [];
  text.split('\n').forEach((line, index) => {
    if (!line.trim()) return;
    const [market = '', category = '', validFrom = '', currency = '', price = ''] = line.split(/[\t;]|, /).map((cell) => cell.trim());
    const amount = Number(price.replace(',', '.'));
    const known = categories.find((one) => one === category.toLowerCase());
    if (
      known &&
      /^([A-Z]{2}|001)$/.test(market.toUpperCase()) &&
      /^\d{4}-\d\d-\d\d$/.test(validFrom) &&
      /^[A-Z]{3}$/.test(currency.toUpperCase()) &&
      price !== '' &&
      amount >= 0
    ) {
      prices.push({ market: market.toUpperCase(), category: known, validFrom, currency: currency.toUpperCase(), price: amount });
    } else {
      wrong.push(index + 1);
    }
  });
  return { prices, wrong };
}
