import { expect, test } from 'vitest';
import { type FieldWords, insertField, toFriendly, toStored, unknownFields, usedFields } from './fields';

const words: FieldWords = {
  names: {
    'patient.givenName': 'nombre',
    'patient.displayName': 'nombre y apellido',
    'appointment.date': 'fecha',
    'appointment.time': 'hora',
    'practitioner.displayName': 'profesional',
    'service.name': 'servicio',
    'organization.name': 'clínica',
    'location.name': 'sede',
    'location.address': 'dirección',
    'location.map': 'mapa',
    'location.phone': 'teléfono',
    'insurance.name': 'obra social',
    'appointment.link': 'enlace',
    'appointment.others': 'demás citas',
    'household.visits': 'visitas de la familia',
  },
  begin: 'si',
  end: 'fin',
};

test('a stored text is edited by the names people know, and stored again as it was', () => {
  const stored =
    'Hola, {{patient.givenName}}. A las {{appointment.time}}{{#location.address}} en {{location.address}}{{/location.address}}.';
  const edited = toFriendly(stored, words);
  expect(edited).toBe('Hola, {nombre}. A las {hora}{si dirección} en {dirección}{fin dirección}.');
  expect(toStored(edited, words)).toBe(stored);
});

test('a field nobody knows is found before the server has to refuse it', () => {
  expect(unknownFields('Hola, {nombre} {{patient.shoeSize}} {talle} {si nombre}', words)).toEqual([
    '{{patient.shoeSize}}',
    '{talle}',
    '{si nombre}',
  ]);
});

test('fields are counted once, however they are written', () => {
  expect(usedFields('{Nombre} y {nombre} a las { hora }{si mapa}{mapa}{fin mapa}', words)).toBe(3);
});

test('a chip goes where the cursor stands and replaces what is selected', () => {
  expect(insertField('A las XX.', 'appointment.time', words, 6, 8)).toEqual({ text: 'A las {hora}.', cursor: 12 });
  expect(insertField('Es acá.', 'location.map', words, 6, 6).text).toBe('Es acá{si mapa}{mapa}{fin mapa}.');
});
