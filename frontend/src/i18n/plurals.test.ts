import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { startTexts } from './index';

beforeAll(() => startTexts('es'));

test('a day with nobody left says so, in the clinic’s word', () => {
  expect(i18next.t('today.left', { count: 0 })).toBe('No quedan turnos.');
  expect(i18next.t('today.left', { count: 0, context: 'cita' })).toBe('No quedan citas.');
  expect(i18next.t('today.left', { count: 1, context: 'cita' })).toBe('Queda 1 cita.');
  expect(i18next.t('today.left', { count: 7 })).toBe('Quedan 7 turnos.');
});
