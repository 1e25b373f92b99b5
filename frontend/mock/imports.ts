import type { components } from '../src/api/generated.ts';
import type { AppointmentImport, ImportRow, PatientImport } from '../src/api/types.ts';
import { type Area, found, ok, once, page, Refusal, seen } from './call.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';
import type { Scenario, World } from './world.ts';

const columns: PatientImport['columns'] = [
  { name: 'Apellido', field: 'family-name', customField: null },
  { name: 'Nombre', field: 'given-name', customField: null },
  { name: 'Teléfono', field: 'phone', customField: null },
  { name: 'DNI', field: 'identifier', customField: null },
  { name: 'Fecha de nacimiento', field: 'birth-date', customField: null },
  { name: 'Código interno', field: 'ignore', customField: null },
];
const cells = [
  ['Núñez', 'Ana María', '351 555-0181', '30.123.456', '29/02/1984', 'A-1'],
  ['Peña', 'José', '351 555-0182', '5.123.456', '03/04/1958', 'A-2'],
  ['Sosa', 'Eva', '', '', '', 'A-3'],
];
const rows: ImportRow[] = [
  { number: 17, outcome: 'refused', problems: [{ column: 'Teléfono', code: 'phone-two-numbers' }], patientId: null },
  {
    number: 64,
    outcome: 'refused',
    problems: [
      { column: 'DNI', code: 'identifier-invalid' },
      { column: 'Fecha de nacimiento', code: 'date-unreadable' },
    ],
    patientId: null,
  },
  { number: 203, outcome: 'refused', problems: [{ column: null, code: 'name-missing' }], patientId: null },
  { number: 80, outcome: 'already-there', problems: [], patientId: '0197a100-0000-7000-8000-000000000012' },
  { number: 311, outcome: 'already-there', problems: [{ column: null, code: 'repeated' }], patientId: null },
];

const fresh = (id: string): PatientImport => ({
  id,
  state: 'uploaded',
  format: 'csv',
  encoding: 'windows-1252',
  delimiter: ';',
  columns,
  updateExisting: false,
  monthFirst: false,
  rowsTotal: null,
  rowsDone: 0,
  created: 0,
  updated: 0,
  alreadyThere: 0,
  refused: 0,
  removed: 0,
  kept: 0,
  cause: null,
  createdAt: NOW,
  finishedAt: null,
  version: 1,
});
const counted = { rowsTotal: 1240, rowsDone: 1240, created: 1235, alreadyThere: 2, refused: 3, finishedAt: NOW };

/** One import in each state a person meets; ids end in their place. */
export function importsOf(scenario: Scenario): PatientImport[] {
  if (scenario === 'empty' || scenario === 'line-new' || scenario === 'new-clinic') return [];
  const states: Partial<PatientImport>[] = [
    {},
    { state: 'checking', rowsDone: 500 },
    { state: 'checked', ...counted },
    { state: 'importing', ...counted, rowsDone: 500, created: 498, finishedAt: null },
    { state: 'imported', ...counted },
    { state: 'failed', cause: 'broken-file', finishedAt: NOW },
  ];
  return states.map((state, at) => ({ ...fresh(`0197a200-0000-7000-8000-00000000000${at + 1}`), ...state }));
}

/** Steps take no time here: what is begun is over when it is asked for again. */
function over(one: PatientImport): PatientImport {
  const before = { ...one, columns: one.columns };
  const fixed = one.id.startsWith('0197a200');
  if (fixed) return before;
  if (one.state === 'checking') Object.assign(one, { state: 'checked', ...counted, version: one.version + 1 });
  else if (one.state === 'importing') Object.assign(one, { state: 'imported', ...counted, version: one.version + 1 });
  else if (one.state === 'undoing') Object.assign(one, { state: 'undone', removed: one.created, version: one.version + 1 });
  return before;
}

const begin = (world: World, one: PatientImport, from: PatientImport['state'][], state: PatientImport['state']) => {
  if (!from.includes(one.state)) throw new Refusal(409, 'import-not-in-that-state');
  Object.assign(one, { state, rowsDone: 0, version: one.version + 1 });
  world.hint('patient', one.id);
  return ok({ ...one });
};

export const patientImports: Area = (call, world, [id, what]) => {
  if (id === undefined) {
    if (call.method === 'GET') return ok({ items: world.imports });
    return once(call, world, () => {
      const made = fresh(newId());
      world.imports.unshift(made);
      return { status: 201, body: { ...made } };
    });
  }
  const one = found(world.imports.find((each) => each.id === id));
  if (what === 'preview') return ok({ items: cells.map((row) => ({ cells: row })) });
  if (what === 'rows') {
    const outcome = call.query.get('outcome');
    return page(rows.filter((row) => outcome === null || row.outcome === outcome));
  }
  if (call.method === 'PUT') {
    seen(call, one, world);
    const fields = call.body.fields as PatientImport['columns'][number]['field'][];
    const own = (call.body.customFields ?? []) as { column: number; key: string }[];
    one.columns = one.columns.map((column, at) => ({
      ...column,
      field: fields[at] ?? 'ignore',
      customField: own.find((each) => each.column === at)?.key ?? null,
    }));
    one.updateExisting = Boolean(call.body.updateExisting);
    return begin(world, one, ['uploaded', 'checked'], 'checking');
  }
  if (what === 'commit') {
    seen(call, one, world);
    return begin(world, one, ['checked'], 'importing');
  }
  if (what === 'undo') {
    seen(call, one, world);
    return begin(world, one, ['imported'], 'undoing');
  }
  return ok(over(one));
};

type VisitRow = components['schemas']['AppointmentImportRow'];
const visitColumns: AppointmentImport['columns'] = [
  { name: 'Id turno', field: 'external-id' },
  { name: 'DNI', field: 'patient-identifier' },
  { name: 'Profesional', field: 'practitioner' },
  { name: 'Servicio', field: 'service' },
  { name: 'Fecha', field: 'date' },
  { name: 'Hora', field: 'time' },
  { name: 'Estado', field: 'status' },
];
const visitCells = [
  ['T-1', '30.123.456', 'Dr. Acosta', 'Limpieza dental', '20/11/2026', '10:00', 'Atendido'],
  ['T-2', '5.123.456', 'Dra. Ferreyra', 'Primera consulta', '01/12/2026', '09:30', 'Confirmado'],
];
const visitRows: VisitRow[] = [
  { number: 12, outcome: 'refused', problems: [{ column: 'Hora', code: 'slot-taken' }], appointmentId: null },
  { number: 31, outcome: 'refused', problems: [{ column: 'DNI', code: 'patient-unknown' }], appointmentId: null },
  { number: 40, outcome: 'refused', problems: [{ column: 'Profesional', code: 'practitioner-unknown' }], appointmentId: null },
];
const visitImports = new WeakMap<World, AppointmentImport[]>();

/** The same of visits; one that was tried stands there from the beginning. */
export const appointmentImports: Area = (call, world, [id, what]) => {
  const { updateExisting: _, updated: __, ...patient } = fresh('0197a300-0000-7000-8000-000000000001');
  const made = (id: string): AppointmentImport => ({
    ...patient,
    id,
    columns: visitColumns,
    pastStatus: 'fulfilled',
    notices: 'reminders',
  });
  const list = visitImports.get(world) ?? [{ ...made(patient.id), state: 'checked', ...counted }];
  visitImports.set(world, list);
  if (id === undefined) {
    if (call.method === 'GET') return ok({ items: list });
    return once(call, world, () => {
      const one = made(newId());
      list.unshift(one);
      return { status: 201, body: { ...one } };
    });
  }
  const one = found(list.find((each) => each.id === id));
  const begin = (from: AppointmentImport['state'], state: AppointmentImport['state']) => {
    seen(call, one, world);
    if (one.state !== from && !(from === 'uploaded' && one.state === 'checked')) throw new Refusal(409, 'import-not-in-that-state');
    Object.assign(one, { state, version: one.version + 1 });
    return ok({ ...one });
  };
  if (what === 'preview') return ok({ items: visitCells.map((row) => ({ cells: row })) });
  if (what === 'rows') return page(visitRows.filter((row) => row.outcome === (call.query.get('outcome') ?? row.outcome)));
  if (call.method === 'PUT') {
    const body = call.body as unknown as components['schemas']['AppointmentImportPlan'];
    const answer = begin('uploaded', 'checking');
    one.columns = one.columns.map((column, at) => ({ ...column, field: body.fields[at] ?? 'ignore' }));
    Object.assign(one, { pastStatus: body.pastStatus, notices: body.notices, monthFirst: body.monthFirst });
    return answer;
  }
  if (what === 'commit') return begin('checked', 'importing');
  if (what === 'undo') return begin('imported', 'undoing');
  const before = { ...one };
  if (one.state === 'checking') Object.assign(one, { state: 'checked', ...counted, version: one.version + 1 });
  else if (one.state === 'importing') Object.assign(one, { state: 'imported', version: one.version + 1 });
  else if (one.state === 'undoing') Object.assign(one, { state: 'undone', removed: one.created, version: one.version + 1 });
  return ok(before);
};
