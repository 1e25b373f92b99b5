import type { Language, LineTemplate, TemplateKind, TemplateMapping, WhatsAppLine } from '../src/api/types.ts';
import { type Answer, type Call, found, ok, page, Refusal, seen } from './call.ts';
import { CLINIC, NOW } from './names.ts';
import type { World } from './world.ts';

const example: Record<string, string> = {
  'patient.givenName': 'Rosa',
  'appointment.date': 'martes 24 de noviembre',
  'appointment.time': '10:15',
  'practitioner.displayName': 'la Dra. Lucía Ferreyra',
  'organization.name': CLINIC.name,
};

/** The clinic's own texts, numbered as a provider wants them, for every occasion in every language. */
export function approvedOf(world: Pick<World, 'templates'>): LineTemplate[] {
  const languages: Language[] = ['es', 'en', 'pt-BR'];
  const kinds: TemplateKind[] = ['confirmation', 'reminder', 'reschedule', 'cancellation'];
  return kinds.flatMap((kind) =>
    languages.map((language) => {
      const own = world.templates.find((one) => one.kind === kind && one.language === language);
      return {
        kind,
        language,
        mapping: null,
        suggestion: suggestionOf(kind, own?.body ?? 'Hola, {{patient.givenName}}.'),
      };
    }),
  );
}

const suggestionOf = (kind: TemplateKind, text: string): LineTemplate['suggestion'] => ({
  ...numbered(text),
  confirmedBody: kind === 'cancellation' ? null : `${numbered(text.split('\n\n')[0] ?? text).body}\n\nYa está confirmado.`,
  buttons: buttonsOf(kind),
});

const buttonsOf = (kind: TemplateKind) => (kind === 'cancellation' ? [] : ['Confirmo', 'No puedo']);

function numbered(body: string): Omit<LineTemplate['suggestion'], 'buttons' | 'confirmedBody'> {
  const parameters: string[] = [];
  const text = body.replace(/\{\{([^}]+)\}\}/g, (_, field: string) => {
    if (!parameters.includes(field)) parameters.push(field);
    return `{{${parameters.indexOf(field) + 1}}}`;
  });
  return { body: text, parameters, examples: parameters.map((field) => example[field] ?? field) };
}

/** What a clinic has that uses its official line in earnest, but for one occasion. */
export function someApproved(list: LineTemplate[]): LineTemplate[] {
  const names: Partial<Record<TemplateKind, string>> = {
    confirmation: 'turno_confirmado',
    reminder: 'recordatorio_turno',
    reschedule: 'turno_cambio',
  };
  return list.map((one) => {
    const name = one.language === 'es' ? names[one.kind] : undefined;
    const { parameters } = one.suggestion;
    return name
      ? {
          ...one,
          mapping: {
            name,
            confirmedName: one.kind === 'reminder' ? 'recordatorio_confirmado' : null,
            providerLanguage: 'es_AR',
            parameters,
            answerButtons: one.kind === 'reminder',
            version: 1,
            updatedAt: NOW,
          },
        }
      : one;
  });
}

export function approvedAt(call: Call, world: World, line: WhatsAppLine, kind?: string, language?: string): Answer {
  if (!line.capabilities.templates) throw new Refusal(409, 'templates-not-supported');
  if (!kind) return page(world.approved);
  const one = found(world.approved.find((each) => each.kind === kind && each.language === language));
  if (call.method === 'DELETE') {
    one.mapping = null;
    return { status: 204 };
  }
  seen(call, one.mapping ?? { version: 0 }, world);
  const given = call.body as unknown as TemplateMapping;
  if (!/^[a-z0-9_]+$/.test(given.name))
    throw new Refusal(422, 'invalid-fields', [{ pointer: '/name', code: 'invalid-format', detail: '' }]);
  one.mapping = {
    ...given,
    confirmedName: given.confirmedName ?? null,
    providerLanguage: given.providerLanguage ?? null,
    version: (one.mapping?.version ?? 0) + 1,
    updatedAt: NOW,
  };
  return ok(one);
}
