import { readFile, writeFile } from 'node:fs/promises';
import { items, type Patient, searchPatients } from '@recado/client';
import { client, clinic } from './setup.ts';

// The copy, by id: names and phones change, and two people share them.
const [file = 'patients.json'] = process.argv.slice(2);
const before: Record<string, Patient> = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));

const now: Record<string, Patient> = {};
let changed = 0;
for await (const patient of items((cursor) => searchPatients({ client, path: clinic, body: { cursor, limit: 200 } }))) {
  now[patient.id] = patient;
  // The version rises with every change.
  if (before[patient.id]?.version !== patient.version) changed++;
}

// Who is not there any more was archived, merged or erased, and must not live on in a copy.
const gone = Object.keys(before).filter((id) => !now[id]).length;
await writeFile(file, JSON.stringify(now));
console.log(JSON.stringify({ patients: Object.keys(now).length, changed, gone }));
