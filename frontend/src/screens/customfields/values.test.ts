import { expect, test } from 'vitest';
import { linesOf, sentencesByKey, valuesOf, withValue } from './values';

test('values come back from their lines, spaces and all', () => {
  const values = [
    { key: 'grupo', value: 'A +' },
    { key: 'peso', value: '72.5' },
  ];
  expect(valuesOf(linesOf(values))).toEqual(values);
  expect(valuesOf('')).toEqual([]);
});

test('a value keeps its place when it is changed, goes when it is emptied, and is one line', () => {
  const lines = 'a 1\nb 2';
  expect(withValue(lines, 'a', '3')).toBe('a 3\nb 2');
  expect(withValue(lines, 'a', '')).toBe('b 2');
  expect(withValue(lines, 'c', 'x\n y')).toBe('a 1\nb 2\nc x y');
});

test('a refusal names the place of what was sent', () => {
  const refused = { 'customFields.1.value': 'No', customFields: 'Falta', givenName: 'x' };
  expect([...sentencesByKey(refused, 'a 1\nb 2')]).toEqual([['b', 'No']]);
});
