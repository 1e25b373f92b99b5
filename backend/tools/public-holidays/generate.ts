import { writeFileSync } from 'node:fs';
import Holidays from 'date-holidays';
import { corrected, type Day, LOCAL_LANGUAGE } from './corrections.ts';

/**
 * Writes public-holidays.csv and holiday-regions.csv of the backend from the npm package date-holidays, which is pinned in
 * package.json, and the corrections beside this file. One row is one holiday of one day. `regions` says where it counts:
 * `*` everywhere, `* -XX -YY` everywhere but there, `XX YY` only there.
 */
const YEARS = [2026, 2027, 2028, 2029];
const TARGET = new URL('../../src/main/resources/db/data/', import.meta.url);

const days: Day[] = [];
const regions: [country: string, code: string, name: string][] = [];

for (const [country, language] of Object.entries(LOCAL_LANGUAGE)) {
  const calendar = new Holidays(country, { languages: [language], types: ['public'] });
  const states = Object.entries(calendar.getStates(country, language) ?? {}).sort(([a], [b]) => a.localeCompare(b, 'en'));
  for (const [code, name] of states) regions.push([country, code, name]);
  const national = read(country, language, undefined);
  const byState = new Map(states.map(([code]) => [code, read(country, language, code)]));
  const names = new Map([...national, ...[...byState.values()].flatMap((found) => [...found])]);
  for (const [key, name] of names) {
    const having = states.map(([code]) => code).filter((code) => byState.get(code)?.has(key));
    const lacking = states.map(([code]) => code).filter((code) => !having.includes(code));
    days.push({
      country,
      day: key.slice(0, 10),
      name,
      regions: national.has(key) ? ['*', ...lacking.map((code) => `-${code}`)] : having,
    });
  }
}

/** The public holidays of a country or one of its states: their day and name by both. */
function read(country: string, language: string, state: string | undefined): Map<string, string> {
  const calendar = new Holidays({ country, ...(state ? { state } : {}) }, { languages: [language], types: ['public'] });
  const found = new Map<string, string>();
  for (const year of YEARS) {
    for (const holiday of calendar.getHolidays(year)) {
      const name = holiday.name.replaceAll(/\s*\((día sustituto|substitute day|substituto)\)/gi, '').trim();
      // The day as the country's calendar writes it, without a zone.
      found.set(`${holiday.date.slice(0, 10)} ${name}`, name);
    }
  }
  return found;
}

const rows = corrected(days)
  .map((day) => [day.country, day.day, day.name, day.regions.join(' ')])
  .sort((a, b) => a.slice(0, 3).join(' ').localeCompare(b.slice(0, 3).join(' '), 'en'));
const csv = (head: string, lines: string[][]) =>
  `${[head, ...lines.map((line) => line.map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))].join('\n')}\n`;
writeFileSync(new URL('public-holidays.csv', TARGET), csv('country,day,name,regions', rows));
writeFileSync(new URL('holiday-regions.csv', TARGET), csv('country,code,name', regions));
console.log(`${rows.length} holidays, ${regions.length} regions`);
