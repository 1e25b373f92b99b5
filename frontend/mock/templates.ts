import type { CustomTemplate, Language, TemplateText, TemplateVersion, TextPreview } from '../src/api/types.ts';
import { type Answer, type Area, type Call, found, ok, once, page, Refusal, seen } from './call.ts';
import { at, newId } from './made.ts';
import { CLINIC, NOW } from './names.ts';
import type { World } from './world.ts';

/** Somebody made up. */
const sample: Record<string, string> = {
  'patient.givenName': 'Rosa',
  'patient.displayName': 'Rosa Benítez',
  'appointment.date': 'martes 24 de noviembre',
  'appointment.time': '10:15',
  'practitioner.displayName': 'la Dra. Lucía Ferreyra',
  'service.name': 'limpieza y control',
  'organization.name': CLINIC.name,
  'location.name': 'Sede Centro',
  'location.address': 'Av. Colón 350, Córdoba',
  'location.map': 'https://www.google.com/maps/search/?api=1&query=-31.4135%2C-64.1811',
  'location.phone': '+543514221234',
  'insurance.name': 'OSDE 210',
  'appointment.others': 'mar 1 dic, 10:15; mar 8 dic, 10:15 y 3 más',
  'household.visits': 'Leo Benítez, mar 24 nov, 10:45 (Dra. Lucía Ferreyra)',
  'appointment.link': 'https://recado.example/reservar/almendros#v=k3J9vQz1',
};

const refusal = (code: string) => new Refusal(422, 'template-field-unknown', [{ pointer: '/body', code, detail: '' }]);

/** What is left out with an empty field goes first, then fields are filled. */
function fill(body: string, values: Record<string, string>): string {
  const kept = body.replace(/\{\{#([^}]+)\}\}(.*?)\{\{\/\1\}\}/gs, (_, field: string, part: string) => (values[field] ? part : ''));
  return kept.replace(/\{\{([^}]+)\}\}/g, (_, field: string) => {
    const value = values[field.trim()];
    if (!value) throw refusal(field.trim() in sample ? 'may-be-empty' : 'unknown-value');
    return value;
  });
}

function preview(body: string, values: Record<string, string>): TextPreview {
  const text = fill(body, values);
  const words = body.replace(/\{\{[^}]+\}\}/g, 'x');
  const unclosed = ['*', '_', '~'].filter((sign) => words.split(sign).length % 2 === 0);
  return {
    text,
    characters: [...text].length,
    remarks: [
      ...(text.length > 1024 ? [{ code: 'too-long' as const, sign: null }] : []),
      ...unclosed.map((sign) => ({ code: 'unclosed-formatting' as const, sign })),
    ],
  };
}

export const messageTemplates: Area = (call, _, [id]) => {
  if (id !== 'preview') throw new Refusal(404, 'not-found');
  return ok(preview(String(call.body.body), sample));
};

/** With a visit as it is. */
export function previewOf(call: Call, world: World, appointmentId: string): Answer {
  const visit = found(world.appointments.find((one) => one.id === appointmentId));
  const { 'insurance.name': _, 'appointment.others': __, 'household.visits': ___, ...values } = sample;
  return ok(
    preview(String(call.body.body), {
      ...values,
      'patient.givenName': visit.patient.displayName.split(' ')[0] ?? '',
      'patient.displayName': visit.patient.displayName,
      'practitioner.displayName': visit.practitioner.displayName,
      'service.name': visit.healthcareService.name,
      ...(visit.insurance ? { 'insurance.name': visit.insurance.name } : {}),
    }),
  );
}

export const templateTextsArea: Area = (call, world, [id, what]) => {
  const archived = new Set(world.customTemplates.filter((one) => one.archived).map((one) => one.id));
  if (!id) return page(world.templates.filter((one) => !archived.has(one.customTemplateId ?? '')));
  const one = found(world.templates.find((each) => each.id === id));
  if (call.method === 'GET') return what === 'versions' ? ok({ items: versionsOf(one) }) : ok(one);
  seen(call, one, world);
  if (what === 'publish' || call.method === 'DELETE') {
    if (one.draft === null) throw new Refusal(409, 'template-not-in-that-state');
    if (what === 'publish') publish(world, one, one.draft);
    one.draft = null;
  } else {
    fill(String(call.body.body), sample);
    one.draft = String(call.body.body);
  }
  Object.assign(one, { version: one.version + 1, updatedAt: NOW });
  world.hint('message-template', one.id);
  return ok(one);
};

function publish(world: World, one: TemplateText, body: string): void {
  Object.assign(one, { body, number: one.number + 1 });
  const own = world.customTemplates.find((each) => each.id === one.customTemplateId);
  if (own && !own.languages.includes(one.language)) own.languages = [...own.languages, one.language];
}

function versionsOf(one: TemplateText): TemplateVersion[] {
  const draft = one.draft === null ? [] : [{ number: null, state: 'draft' as const, body: one.draft, at: one.updatedAt }];
  const published: TemplateVersion[] = Array.from({ length: one.number }, (_, index) => ({
    number: one.number - index,
    state: index === 0 ? 'published' : 'archived',
    body: index === 0 ? (one.body ?? '') : 'Hola, {{patient.givenName}}. Te esperamos el {{appointment.date}} a las {{appointment.time}}.',
    at: at(`2026-11-${String(10 - index).padStart(2, '0')}`, '10:22'),
  }));
  return [...draft, ...published];
}

export const customTemplatesArea: Area = (call, world, [id]) => {
  if (call.method === 'POST') {
    return once(call, world, () => {
      const name = String(call.body.name);
      if (world.customTemplates.some((one) => one.name.toLowerCase() === name.toLowerCase()))
        throw new Refusal(409, 'template-exists', [{ pointer: '/name', code: 'already-exists', detail: '' }]);
      const made: CustomTemplate = {
        id: newId(),
        name,
        purpose: call.body.purpose as CustomTemplate['purpose'],
        archived: false,
        languages: [],
        needsVisit: [],
        createdAt: NOW,
        version: 0,
      };
      world.customTemplates.push(made);
      world.templates.push(...textsOf(made.id, {}));
      return { status: 201, body: made };
    });
  }
  if (!id) return page(world.customTemplates);
  const one = found(world.customTemplates.find((each) => each.id === id));
  if (call.method === 'PUT') {
    seen(call, one, world);
    Object.assign(one, { name: call.body.name, archived: call.body.archived, version: one.version + 1 });
    world.hint('message-template', one.id);
  }
  return ok(one);
};

const languages: Language[] = ['es', 'en', 'pt-BR'];
const text = (language: Language, body: string | null, number: number): TemplateText => ({
  id: newId(),
  kind: null,
  customTemplateId: null,
  language,
  body,
  number,
  draft: null,
  updatedAt: number > 0 ? at('2026-11-10', '10:22') : null,
  version: number,
});

const textsOf = (customTemplateId: string, bodies: Partial<Record<Language, string>>): TemplateText[] =>
  languages.map((language) => ({ ...text(language, bodies[language] ?? null, bodies[language] ? 1 : 0), customTemplateId }));

const CHECK_UP = '0197a000-0000-7000-8000-00000000a001';

export const customTemplates = (): CustomTemplate[] => [
  {
    id: CHECK_UP,
    name: 'Control anual',
    purpose: 'marketing',
    archived: false,
    languages: ['es'],
    needsVisit: [],
    createdAt: at('2026-11-09', '09:10'),
    version: 1,
  },
];

export function templateTexts(): TemplateText[] {
  const ours: Record<string, [string, string, string]> = {
    confirmation: [
      'Hola, {{patient.givenName}}. Tu turno de {{service.name}} quedó para el {{appointment.date}} a las {{appointment.time}}.',
      'Hello, {{patient.givenName}}. Your visit is booked for {{appointment.date}} at {{appointment.time}}.',
      'Olá, {{patient.givenName}}. Sua consulta ficou marcada: {{appointment.date}}, às {{appointment.time}}.',
    ],
    reminder: [
      'Hola, {{patient.givenName}}. Te escribimos de {{organization.name}}.\nTe esperamos el {{appointment.date}} a las {{appointment.time}} con {{practitioner.displayName}}.\n\nRespondé:\n1 para confirmar\n2 si no podés venir',
      'Hello, {{patient.givenName}}. This is {{organization.name}}.\nWe expect you on {{appointment.date}} at {{appointment.time}} with {{practitioner.displayName}}.\n\nReply:\n1 to confirm\n2 if you cannot come',
      'Olá, {{patient.givenName}}. Aqui é {{organization.name}}.\nEsperamos você: {{appointment.date}}, às {{appointment.time}}.\n\nResponda:\n1 para confirmar\n2 se não puder vir',
    ],
    cancellation: [
      'Hola, {{patient.givenName}}. Tu turno del {{appointment.date}} a las {{appointment.time}} quedó cancelado.',
      'Hello, {{patient.givenName}}. Your visit on {{appointment.date}} at {{appointment.time}} was cancelled.',
      'Olá, {{patient.givenName}}. Sua consulta de {{appointment.date}}, às {{appointment.time}}, foi cancelada.',
    ],
    reschedule: [
      'Hola, {{patient.givenName}}. Tu turno cambió: ahora es el {{appointment.date}} a las {{appointment.time}}.',
      'Hello, {{patient.givenName}}. Your visit has changed: it is now on {{appointment.date}} at {{appointment.time}}.',
      'Olá, {{patient.givenName}}. Sua consulta mudou: agora é {{appointment.date}}, às {{appointment.time}}.',
    ],
  };
  const occasions = Object.entries(ours).flatMap(([kind, bodies]) =>
    languages.map((language, index) => ({
      ...text(language, bodies[index] ?? null, kind === 'reminder' && language === 'es' ? 2 : 0),
      kind: kind as NonNullable<TemplateText['kind']>,
    })),
  );
  const own = textsOf(CHECK_UP, {
    es: 'Hola, {{patient.givenName}}. Pasó un año desde tu último control en {{organization.name}}. ¿Querés que te busquemos una hora?\n\nPara no recibir promociones, escribí BAJA.',
  });
  return [...occasions, ...own];
}
