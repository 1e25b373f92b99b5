import { expect, test } from 'vitest';
import { filled, slashed } from './names';

test('fields of a saved reply are filled, and what is not known stays visible', () => {
  expect(
    filled('Hola, {{patient.givenName}}: {{ appointment.time }}, {{organization.name}}', {
      'patient.givenName': 'Ana',
      'organization.name': null,
    }),
  ).toBe('Hola, Ana: {{ appointment.time }}, {{organization.name}}');
});

test('a saved reply is begun by a slash at the beginning alone', () => {
  expect(slashed('/')).toBe('');
  expect(slashed('/Hor')).toBe('hor');
  expect(slashed('a /hor')).toBeNull();
  expect(slashed('/hor hoy')).toBeNull();
});
