import { expect, test } from 'vitest';
import { pricesIn } from './prices';

test('rows of a rate card are prices, however its cells are parted', () => {
  expect(pricesIn('AR;utility;2026-10-01;USD;0,026\nbr\tMarketing\t2026-10-01\tusd\t0.0625\n\n')).toEqual({
    prices: [
      { market: 'AR', category: 'utility', validFrom: '2026-10-01', currency: 'USD', price: 0.026 },
      { market: 'BR', category: 'marketing', validFrom: '2026-10-01', currency: 'USD', price: 0.0625 },
    ],
    wrong: [],
  });
});

test('a line that is no price is named by its number', () => {
  expect(pricesIn('Market;Category;From;Currency;Price\nAR;utility;2026-10-01;USD;0.02\nAR;gift;2026-10-01;USD;1').wrong).toEqual([1, 3]);
});
