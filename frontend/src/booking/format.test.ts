import { expect, it } from 'vitest';
import { addDays, calendarFile, formats } from './format';
import { headingOf, spoken, texts } from './texts';

it('writes the clinic’s own hours, wherever the reader is', () => {
  const format = formats('es', 'America/Argentina/Cordoba');
  expect(format.time('2026-11-25T12:15:00Z')).toBe('09:15');
  expect(format.date('2026-11-26T02:30:00Z')).toBe('2026-11-25');
  expect(format.dayCapital('2026-11-25T12:15:00Z')).toMatch(/^Miércoles,? 25 de noviembre$/);
  expect(format.zone()).toBe('Cordoba (GMT-3)');
});

it('goes over the ends of months and years', () => {
  expect(addDays('2026-12-25', 14)).toBe('2027-01-08');
});

it('makes a calendar entry that other programs read', () => {
  const file = calendarFile({
    start: '2026-11-25T12:15:00Z',
    end: '2026-11-25T12:55:00Z',
    title: 'Limpieza dental; Odontología Arrayán',
    place: 'Av. Hipólito Yrigoyen 412, 2.º piso, Nueva Córdoba, Córdoba, Argentina',
    url: 'https://recado.example/reservar/arrayan#v=abc',
    now: new Date('2026-11-24T10:00:00Z'),
  });
  const lines = file.split('\r\n');
  expect(lines).toContain('DTSTART:20261125T121500Z');
  expect(lines).toContain('SUMMARY:Limpieza dental\\; Odontología Arrayán');
  expect(lines.every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);
  expect(file.replaceAll('\r\n ', '')).toContain('LOCATION:Av. Hipólito Yrigoyen 412\\, 2.º piso\\, Nueva Córdoba\\, Córdoba\\, Argentina');
});

it('speaks the first language of the browser that it knows, or else the clinic’s', () => {
  expect(spoken(['fr-FR', 'pt-PT', 'en'], 'es')).toBe('pt-BR');
  expect(spoken(['fr'], 'en')).toBe('en');
  expect(headingOf(texts.es, 'AR')).toBe('Reservar un turno');
  expect(headingOf(texts.es, 'MX')).toBe('Reservar una cita');
});
