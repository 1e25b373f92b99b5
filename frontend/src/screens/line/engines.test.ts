import { expect, test } from 'vitest';
import en from '../../i18n/en/index';
import es from '../../i18n/es/index';
import ptBR from '../../i18n/pt-BR/index';
import { credentialFields, credentialsOf, offeredEngines } from './engines';

const clinic = (role: 'owner' | 'receptionist') =>
  ({
    id: '',
    alias: '',
    name: '',
    country: 'AR',
    timeZone: 'UTC',
    locale: 'es',
    visitWord: 'turno',
    suspension: null,
    supportUntil: null,
    roles: [role],
  }) as const;

test('a receptionist is not offered a line whose credentials only an owner may enter', () => {
  expect(offeredEngines({ ...clinic('receptionist'), roles: ['receptionist'], permissions: [] })).toEqual(['linked-device']);
  expect(offeredEngines({ ...clinic('owner'), roles: ['owner'], permissions: [] })).toContain('cloud-api');
});

test('credentials are sent under the name of their engine, without the spaces of a paste', () => {
  expect(credentialsOf('twilio', { accountSid: ' AC1 ', authToken: 't', from: '+549', baseUrl: 'of another engine' })).toEqual({
    twilio: { accountSid: 'AC1', authToken: 't', from: '+549' },
  });
});

test.each([
  ['Spanish', es],
  ['English', en],
  ['Portuguese', ptBR],
])('%s names every credential', (_, texts) => {
  const named: Record<string, string> = texts.credential;
  const all = Object.values(credentialFields).flatMap((fields) => fields.map(({ name }) => name));
  expect(all.filter((name) => !named[name])).toEqual([]);
});
