import type { AppointmentStatus, Participation } from '../src/api/types.ts';

/** A made-up clinic and its made-up people. Every phone is from a range nobody owns. */
export const CLINIC = {
  id: '0197a000-0000-7000-8000-000000000001',
  alias: 'odontologia-arrayan',
  name: 'Odontología Arrayán',
  zone: 'America/Argentina/Cordoba',
};
export const SECOND = {
  id: '0197a000-0000-7000-8000-000000000002',
  alias: 'los-almendros',
  name: 'Clínica Los Almendros',
  zone: 'America/Bogota',
};
/** The moment every picture is taken at: Tuesday 24 November 2026, 10:42 in Córdoba. */
export const NOW = '2026-11-24T13:42:00Z';

export const practitioners: [string, string][] = [
  ['Dra. Lucía Ferreyra', 'Odontología general'],
  ['Dr. Martín Acosta', 'Ortodoncia'],
  ['Dra. Valentina Sosa', 'Endodoncia'],
  ['Od. Joaquín Bustos', 'Odontopediatría'],
];

export const services: [string, number][] = [
  ['Consulta', 30],
  ['Limpieza y control', 30],
  ['Arreglo', 45],
  ['Conducto', 90],
  ['Ajuste de arco', 30],
  ['Prueba de corona', 45],
  ['Control', 20],
  ['Instalación de brackets', 60],
];

type Row = [
  practitioner: number,
  time: string,
  minutes: number,
  patient: string,
  service: number,
  status: AppointmentStatus,
  participation: Participation,
  message: string,
];

/** The day: practitioner, start, length, patient, service, status, answer, what became of the reminder. */
export const today: Row[] = [
  [0, '08:00', 30, 'Hugo Villalba', 1, 'fulfilled', 'accepted', 'read'],
  [0, '08:30', 30, 'Graciela Bazán', 0, 'fulfilled', 'accepted', 'read'],
  [0, '09:15', 45, 'Nicolás Brizuela', 2, 'noshow', 'needs-action', 'delivered'],
  [0, '10:15', 45, 'Rosa Benítez', 5, 'checked-in', 'accepted', 'read'],
  [0, '11:00', 30, 'Camila Roldán', 1, 'arrived', 'accepted', 'read'],
  [0, '11:45', 45, 'Emilia Toranzo', 2, 'booked', 'needs-action', 'read'],
  [0, '14:00', 60, 'Julián Ledesma', 5, 'booked', 'accepted', 'read'],
  [0, '15:15', 30, 'Paula Oviedo', 0, 'booked', 'accepted', 'read'],
  [0, '16:00', 45, 'Lautaro Pereyra', 2, 'booked', 'needs-action', 'failed'],
  [0, '17:00', 30, 'Inés Cabral', 1, 'booked', 'accepted', 'read'],
  [1, '08:30', 20, 'Delfina Carranza', 6, 'fulfilled', 'accepted', 'read'],
  [1, '09:00', 30, 'Santino Funes', 4, 'fulfilled', 'accepted', 'read'],
  [1, '09:30', 30, 'Abril Moyano', 4, 'fulfilled', 'accepted', 'read'],
  [1, '10:00', 30, 'Milagros Cáceres', 4, 'fulfilled', 'accepted', 'read'],
  [1, '10:30', 20, 'Tomás Agüero', 6, 'checked-in', 'accepted', 'read'],
  [1, '11:00', 30, 'Sofía Heredia', 4, 'booked', 'accepted', 'read'],
  [1, '11:30', 45, 'Bruno Maidana', 4, 'booked', 'declined', 'read'],
  [1, '12:30', 30, 'Mía Altamirano', 4, 'booked', 'accepted', 'read'],
  [1, '14:30', 30, 'Renata Ojeda', 4, 'booked', 'needs-action', 'delivered'],
  [1, '15:00', 20, 'Ciro Paz', 6, 'booked', 'accepted', 'read'],
  [1, '15:30', 60, 'Ezequiel Nieto', 7, 'booked', 'accepted', 'read'],
  [1, '17:00', 20, 'Malena Suárez', 6, 'booked', 'accepted', 'read'],
  [2, '09:00', 90, 'Marta Quiroga', 3, 'fulfilled', 'accepted', 'read'],
  [2, '10:45', 75, 'Ignacio Peralta', 3, 'arrived', 'accepted', 'read'],
  [2, '12:15', 45, 'Florencia Luna', 0, 'booked', 'needs-action', 'delivered'],
  [2, '14:00', 90, 'Alejandra Tévez', 3, 'booked', 'declined', 'read'],
  [2, '16:00', 60, 'Óscar Domínguez', 3, 'booked', 'accepted', 'read'],
  [3, '08:00', 30, 'Valentín Sayago', 0, 'fulfilled', 'accepted', 'read'],
  [3, '08:45', 30, 'Juana Robledo', 0, 'fulfilled', 'accepted', 'read'],
  [3, '09:30', 30, 'Benicio Cuello', 0, 'fulfilled', 'accepted', 'read'],
  [3, '10:15', 30, 'Olivia Farías', 6, 'checked-in', 'accepted', 'read'],
  [3, '11:00', 30, 'Facundo Mansilla', 0, 'booked', 'accepted', 'read'],
  [3, '11:45', 30, 'Catalina Vera', 0, 'booked', 'needs-action', 'unknown'],
  [3, '12:30', 30, 'Felipe Arce', 0, 'booked', 'accepted', 'read'],
  [3, '15:00', 30, 'Lola Barrera', 0, 'booked', 'accepted', 'read'],
  [3, '16:30', 30, 'Amparo Gigena', 0, 'booked', 'accepted', 'read'],
];

export const familyNames = [
  'Molina',
  'Ferreyra',
  'Ledesma',
  'Quiroga',
  'Ríos',
  'Ávila',
  'Peralta',
  'Núñez',
  'Sosa',
  'Godoy',
  'Ponce',
  'Vélez',
];
export const givenNames = ['Ana', 'Bruno', 'Carla', 'Diego', 'Elena', 'Franco', 'Gala', 'Iván', 'Julia', 'Leo', 'Mora', 'Pedro'];
