/** One holiday of one day; `regions` as in the file that is written. */
export interface Day {
  country: string;
  day: string;
  name: string;
  regions: string[];
}

/** The countries that are written, and the language in which their holidays are named. */
export const LOCAL_LANGUAGE: Record<string, string> = {
  AR: 'es',
  BR: 'pt',
  CL: 'es',
  CO: 'es',
  EC: 'es',
  ES: 'es',
  MX: 'es',
  PE: 'es',
  PT: 'pt',
  PY: 'es',
  US: 'en',
  UY: 'es',
};

interface Correction {
  because: string;
  applies: (day: Day) => boolean;
  /** What stands there instead; nothing removes the day. */
  becomes?: (day: Day) => Day;
}

const named = (country: string, ...names: string[]) => (day: Day) => day.country === country && names.includes(day.name);

/** What date-holidays 3.37.0 says otherwise than the law. */
const corrections: Correction[] = [
  {
    because: 'Easter Sunday is no holiday by law in Chile (Ley 2.977), Colombia (Ley 51 of 1983) and Peru (D. Leg. 713)',
    applies: (day) => ['CL', 'CO', 'PE'].includes(day.country) && day.name === 'Pascua',
  },
  {
    because: 'Colombia keeps the Ascension in May; the Assumption is in August',
    applies: named('CO', 'La Asunción'),
    becomes: (day) => ({ ...day, name: 'Ascensión del Señor' }),
  },
  {
    because: '20 November is a holiday of the whole country since Lei 14.759 of 2023, also where a state had it before',
    applies: named('BR', 'Dia da Consciência Negra'),
    becomes: (day) => ({ ...day, regions: ['*'] }),
  },
  { because: 'The same day by another name', applies: named('BR', 'Morte de Zumbi dos Palmares') },
  { because: 'A day of an election is no yearly holiday, and a Sunday', applies: named('BR', 'Dia de Eleição') },
  {
    because: 'Only five days are free in Uruguay (Ley 14.977); on the others people work',
    applies: named('UY', 'Jueves Santo', 'Viernes Santo'),
  },
  {
    because: 'Decreed for one day of the past',
    applies: (day) => day.country === 'PY' && day.name.startsWith('Reconocimiento al histórico triunfo'),
  },
  { because: 'Written as in the country', applies: named('US', 'Labour Day'), becomes: (day) => ({ ...day, name: 'Labor Day' }) },
  {
    because: 'Ecuador moves holidays to make long weekends (LOSEP, 2016), which the package does not; its days are written below',
    applies: (day) => day.country === 'EC',
  },
];

const ECUADOR: [name: string, days: string[]][] = [
  ['Año Nuevo', ['2026-01-01', '2027-01-01', '2028-01-01', '2029-01-01']],
  ['Carnaval', ['2026-02-16', '2026-02-17', '2027-02-08', '2027-02-09', '2028-02-28', '2028-02-29', '2029-02-12', '2029-02-13']],
  ['Viernes Santo', ['2026-04-03', '2027-03-26', '2028-04-14', '2029-03-30']],
  ['Día del Trabajo', ['2026-05-01', '2027-04-30', '2028-05-01', '2029-04-30']],
  ['Batalla de Pichincha', ['2026-05-25', '2027-05-24', '2028-05-26', '2029-05-25']],
  ['Primer Grito de Independencia', ['2026-08-10', '2027-08-09', '2028-08-11', '2029-08-10']],
  ['Independencia de Guayaquil', ['2026-10-09', '2027-10-08', '2028-10-09', '2029-10-08']],
  ['Día de los Difuntos', ['2026-11-02', '2027-11-01', '2028-11-02', '2029-11-01']],
  ['Independencia de Cuenca', ['2026-11-03', '2027-11-02', '2028-11-03', '2029-11-02']],
  ['Navidad', ['2026-12-25', '2027-12-25', '2028-12-25', '2029-12-25']],
];

/** Chile keeps the Saturday before Easter (Ley 2.977), which the package misses. */
const HOLY_SATURDAY = ['2026-04-04', '2027-03-27', '2028-04-15', '2029-03-31'];

export function corrected(days: Day[]): Day[] {
  const kept = days.flatMap((day) => {
    const correction = corrections.find((one) => one.applies(day));
    if (!correction) return [day];
    return correction.becomes ? [correction.becomes(day)] : [];
  });
  for (const { because, applies } of corrections)
    if (!days.some(applies)) throw new Error(`The package no longer says it: ${because}`);
  return [
    ...kept,
    ...HOLY_SATURDAY.map((day) => ({ country: 'CL', day, name: 'Sábado Santo', regions: ['*'] })),
    ...ECUADOR.flatMap(([name, all]) => all.map((day) => ({ country: 'EC', day, name, regions: ['*'] }))),
  ];
}
