import { expect, test } from 'vitest';
import { type FieldNames, insertField, toFriendly, toStored, unknownFields, usedFields } from './fields';

const names: FieldNames = {
  'patient.givenName': 'nombre',
  'patient.displayName': 'nombre y apellido',
  'appointment.date': 'fecha',
  'appointment.time': 'hora',
  'practitioner.displayName': 'profesional',
  'service.name': 'servicio',
  'organization.name': 'clínica',
};

test('a stored text is edited by the names people know, and stored again as it was', () => {
  const stored = 'Hola, {{patient.givenName}}. A las {{appointment.time}} en {{organization.name}}.';
  const edited = toFriendly(stored, names);
  expect(edited).toBe('Hola, {nombre}. A las {hora} en {clínica}.');
  expect(toStored(edited, names)).toBe(stored);
});

test('a field nobody knows is found before the server has to refuse it', () => {
  expect(unknownFields('Hola, {nombre} {{patient.shoeSize}} {talle}', names)).toEqual(['{{patient.shoeSize}}', '{talle}']);
});

test('fields are counted once, however they are written', () => {
  expect(usedFields('{Nombre} y {nombre} a las { hora }', names)).toBe(2);
});

test('a chip goes where the cursor stands and replaces what is selected', () => {
  expect(insertField('A las XX.', 'hora', 6, 8)).toEqual({ text: 'A las {hora}.', cursor: 12 });
});
