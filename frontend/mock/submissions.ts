import type { Language, TemplateKind, TemplateSubmission, TemplateSubmissionInput } from '../src/api/types.ts';
import { type Area, found, ok, once, page, Refusal } from './call.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

interface Of {
  kind: TemplateKind | null;
  customTemplateId: string | null;
  language: Language;
}

function submission(lineId: string, of: Of, more: Partial<TemplateSubmission>): TemplateSubmission {
  return {
    id: newId(),
    lineId,
    ...of,
    confirmed: false,
    name: `recado_${of.kind ?? 'own'}_8c4d112f6a8e`,
    providerLanguage: 'es_AR',
    category: 'utility',
    state: 'pending',
    reason: null,
    detail: null,
    quality: null,
    body: 'Hola, {{1}}. Te esperamos el {{2}} a las {{3}} con {{4}}.',
    textNumber: 0,
    submittedAt: NOW,
    toldAt: NOW,
    approvedAt: null,
    ...more,
  };
}

/** What a clinic sees that handed in some of its texts: approved, paused and rejected ones. */
export function someSubmissions(world: Pick<World, 'lines'>): TemplateSubmission[] {
  const line = world.lines.find((one) => one.capabilities.templates);
  if (!line) return [];
  const of = (kind: TemplateKind): Of => ({ kind, customTemplateId: null, language: 'es' });
  return [
    submission(line.id, of('reminder'), { state: 'approved', quality: 'green', approvedAt: NOW }),
    submission(line.id, of('reminder'), { state: 'approved', confirmed: true, approvedAt: NOW }),
    submission(line.id, of('confirmation'), { state: 'paused', reason: 'paused', quality: 'red', category: 'marketing', approvedAt: NOW }),
    submission(line.id, of('survey'), {
      state: 'rejected',
      reason: 'invalid-format',
      detail: 'Your template has parameters placed next to each other without text or punctuation between them.',
    }),
  ];
}

export const templateSubmissions: Area = (call, world, [id]) => {
  if (id) return ok(found(world.submissions.find((one) => one.id === id)));
  if (call.method === 'GET') return page(world.submissions);
  return once(call, world, () => {
    const wanted = call.body as unknown as TemplateSubmissionInput;
    const line = found(world.lines.find((one) => one.id === wanted.lineId));
    if (!line.capabilities.templates) throw new Refusal(409, 'templates-not-supported');
    const made = submission(
      line.id,
      { kind: wanted.kind ?? null, customTemplateId: wanted.customTemplateId ?? null, language: wanted.language },
      { state: 'submitting', toldAt: null, category: wanted.category, providerLanguage: wanted.providerLanguage },
    );
    world.submissions = [made, ...world.submissions];
    return { status: 201, body: made };
  });
};
