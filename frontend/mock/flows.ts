import {
  type Flow,
  type FlowDocument,
  type FlowFault,
  type FlowFigures,
  type FlowNode,
  type FlowSession,
  type FlowTexts,
  type FlowTrial,
  type FlowTurn,
  type FlowVersion,
  noTexts,
} from '../src/api/flowTypes.ts';
import { type Answer, type Area, found, ok, once, Refusal, seen } from './call.ts';
import { at, newId } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

/** The mock's engine knows messages, menus, hand-overs and ends; what an action would do it says done. */
export const flowsArea: Area = (call, world, [id, what]) => {
  if (!id && call.method === 'POST') {
    return once(call, world, () => {
      const { name, document } = call.body as unknown as { name: string; document: FlowDocument };
      const made: Flow = { ...blank, id: newId(), name, draft: document, faults: faultsOf(document) };
      world.flows.push(made);
      return { status: 201, body: made };
    });
  }
  if (!id) return ok({ items: world.flows });
  const one = found(world.flows.find((each) => each.id === id));
  if (call.method === 'GET') {
    if (what === 'versions') return ok({ items: versionsOf(one) });
    if (what === 'figures') return ok(figuresOf(one));
    if (what === 'bundle') {
      return ok({ format: 'recado-flow/1', name: one.name, document: one.draft ?? one.published, references: [] });
    }
    return ok(one);
  }
  seen(call, one, world);
  if (call.method === 'PUT') {
    const { name, document } = call.body as unknown as { name: string; document: FlowDocument };
    return changed(world, one, { name, draft: document, faults: faultsOf(document) });
  }
  if (what === 'publish') {
    if (one.draft === null) throw new Refusal(409, 'flow-not-in-that-state');
    if (one.faults.some((fault) => !fault.warning)) throw new Refusal(409, 'flow-has-faults');
    return changed(world, one, {
      published: one.draft,
      draft: null,
      publishedVersion: (one.publishedVersion ?? 0) + 1,
      publishedAt: NOW,
      publishedBy: 'Andrea Molina',
    });
  }
  if (what === 'archive') {
    return changed(world, one, { state: 'archived', draft: one.draft ?? one.published, published: null, publishedVersion: null });
  }
  return changed(world, one, { state: 'active' });
};

export const flowChecks: Area = (call) => ok({ items: faultsOf((call.body as unknown as { document: FlowDocument }).document) });
export const flowImports: Area = (call, world) => {
  const { name, dryRun } = call.body as unknown as { name: string; dryRun: boolean };
  const document = structuredClone(desk);
  const remarks = [{ code: 'leads-nowhere', about: 'Promociones' }];
  if (dryRun) return ok({ document, remarks, faults: [], flow: null });
  const made: Flow = { ...blank, id: newId(), name, draft: document };
  world.flows.push(made);
  return ok({ document, remarks, faults: [], flow: made });
};
export const flowBundles: Area = (call, world) => {
  const { bundle, dryRun } = call.body as unknown as { bundle: { name: string; document: FlowDocument }; dryRun: boolean };
  const remarks = [{ code: 'service-unknown', about: 'Limpieza' }];
  const faults = faultsOf(bundle.document);
  if (dryRun) return ok({ document: bundle.document, remarks, faults, flow: null });
  const made: Flow = { ...blank, id: newId(), name: bundle.name, draft: bundle.document, faults };
  world.flows.push(made);
  return ok({ document: bundle.document, remarks, faults, flow: made });
};
export const starterFlows: Area = () =>
  ok({
    items: [
      { key: 'front-desk', name: 'Recepción', document: structuredClone(desk) },
      { key: 'outside-hours', name: 'Fuera de horario', document: structuredClone(desk) },
    ],
  });

export const flowTrials: Area = (call) => {
  const { document, state, text, choiceId, at: clock } = call.body as unknown as FlowTrial;
  const turn: FlowTurn = { said: [], steps: [], state: null, ending: null };
  let next = document.start;
  if (state && (text !== null || choiceId !== null)) {
    const menu = document.nodes.find((node) => node.id === state);
    if (menu?.kind !== 'menu') return ok(turn);
    const option = menu.options.find(
      (one, place) => choiceId === `${menu.id}:${one.id}` || text === String(place + 1) || text === one.label.es,
    );
    turn.steps.push({ kind: option ? 'heard' : 'not-understood', node: menu.id, cause: option?.id ?? null });
    next = option ? option.next : menu.id;
  } else {
    turn.steps.push({ kind: 'began', node: null, cause: 'trial' });
    if (clock) turn.said.push({ ...words, text: `Son las ${clock}.` });
  }
  for (let passed = 0; next !== '' && passed < 60; passed++) {
    const node: FlowNode | undefined = document.nodes.find((one) => one.id === next);
    if (!node) break;
    next = enter(turn, node);
  }
  return ok(turn);
};

const words = { buttons: [], list: null, place: null, file: null };

function enter(turn: FlowTurn, node: FlowNode): string {
  switch (node.kind) {
    case 'message':
      turn.said.push({ ...words, text: node.text.es });
      turn.steps.push({ kind: 'said', node: node.id, cause: null });
      return node.next;
    case 'menu': {
      const lines = node.options.map((option, place) => `${place + 1}. ${option.label.es}`).join('\n');
      const buttons =
        node.options.length > 3 ? [] : node.options.map((one) => ({ id: `${node.id}:${one.id}`, title: one.label.es || one.id }));
      turn.said.push({ ...words, text: `${node.text.es}\n\n${lines}`, buttons });
      turn.steps.push({ kind: 'asked', node: node.id, cause: null });
      turn.state = node.id;
      return '';
    }
    case 'hand-over':
      turn.said.push({ ...words, text: node.text.es || 'Te pasamos con una persona de la clínica.' });
      turn.steps.push({ kind: 'handed-over', node: node.id, cause: 'asked' });
      turn.ending = 'handed-over';
      return '';
    case 'end':
      turn.steps.push({ kind: 'ended', node: node.id, cause: null });
      turn.ending = 'completed';
      return '';
    case 'action':
      turn.steps.push({ kind: 'acted', node: node.id, cause: node.action });
      return node.next;
    case 'condition':
      return node.yes;
    case 'jump':
      return node.target;
    default:
      return node.next;
  }
}

const versionsOf = (one: Flow): FlowVersion[] =>
  one.published && one.publishedVersion
    ? [
        {
          number: one.publishedVersion,
          publishedAt: one.publishedAt ?? NOW,
          publishedBy: one.publishedBy ?? 'Andrea Molina',
          document: one.published,
        },
      ]
    : [];

/** What leads nowhere and what has no text, as the server names it. */
function faultsOf(document: FlowDocument): FlowFault[] {
  const faults: FlowFault[] = [];
  const text = (node: string, field: string, texts: FlowTexts) => {
    for (const language of document.languages) {
      if (!texts[language === 'pt-BR' ? 'pt' : language]) faults.push({ code: 'text-missing', node, field, language, warning: false });
    }
  };
  for (const node of document.nodes) {
    if (node.kind === 'message' || node.kind === 'menu' || node.kind === 'question') text(node.id, 'text', node.text);
    const exits =
      node.kind === 'menu'
        ? node.options.map((option) => option.next)
        : node.kind === 'message' || node.kind === 'question'
          ? [node.next]
          : node.kind === 'action'
            ? [node.next, node.otherwise]
            : [];
    if (exits.includes('')) faults.push({ code: 'dead-end', node: node.id, field: null, language: null, warning: false });
    if (node.kind === 'menu') {
      for (const [place, option] of node.options.entries()) {
        text(node.id, `options/${place}/label`, option.label);
        if (option.label.en.length > 20) {
          const field = `options/${place}/label`;
          faults.push({ code: 'label-too-long-for-button', node: node.id, field, language: 'en', warning: true });
        }
      }
      if (node.options.length > 3) {
        faults.push({ code: 'too-many-buttons', node: node.id, field: 'options', language: null, warning: true });
      }
    }
  }
  return faults;
}

function changed(world: World, one: Flow, next: Partial<Flow>): Answer {
  Object.assign(one, next, { version: one.version + 1 });
  world.hint('flow', one.id);
  return ok(one);
}

const blank: Flow = {
  id: '',
  name: '',
  state: 'active',
  publishedVersion: null,
  publishedAt: null,
  publishedBy: null,
  draft: null,
  published: null,
  faults: [],
  updatedAt: at('2026-11-20', '10:00'),
  updatedBy: 'Andrea Molina',
  version: 0,
};

/** Of twelve hundred who wrote, most booked. */
function figuresOf(one: Flow): FlowFigures {
  const none = { days: 30, sessions: 0, completed: 0, nodes: [] };
  if (one.publishedVersion === null) return none;
  const node = (id: string, reached: number, unanswered: number, notUnderstood: number, ways: [string, string, number][]) => ({
    node: id,
    reached,
    unanswered,
    notUnderstood,
    ways: ways.map(([way, to, sessions]) => ({ way, to, sessions })),
  });
  return {
    days: 30,
    sessions: 1240,
    completed: 731,
    nodes: [
      node('menu', 1240, 42, 61, [
        ['book', 'book', 775],
        ['person', 'open', 296],
      ]),
      node('book', 775, 29, 15, [['next', 'end', 731]]),
      node('open', 296, 0, 0, [
        ['yes', 'person', 201],
        ['no', 'closed', 95],
      ]),
      node('person', 293, 0, 0, []),
      node('closed', 95, 0, 0, [['next', 'person', 92]]),
      node('end', 731, 0, 0, []),
    ],
  };
}

const texts = (es: string, en: string, pt: string): FlowTexts => ({ es, en, pt });
const desk: FlowDocument = {
  positions: [],
  languages: ['es', 'en', 'pt-BR'],
  triggers: [
    { on: 'first-message', words: [] },
    { on: 'keyword', words: ['hola', 'menú'] },
  ],
  rules: { answerSeconds: 900, closeSeconds: 1800, closing: noTexts, retries: 2, noticeHours: 24 },
  start: 'menu',
  nodes: [
    {
      kind: 'menu',
      id: 'menu',
      text: texts('¿En qué te ayudo?', 'How can I help?', 'Como posso ajudar?'),
      options: [
        { id: 'book', label: texts('Sacar turno', 'Book a visit', 'Marcar consulta'), words: [], next: 'book' },
        { id: 'person', label: texts('Hablar con alguien', 'Talk to somebody', 'Falar com alguém'), words: [], next: 'open' },
      ],
    },
    {
      kind: 'action',
      id: 'book',
      action: 'book',
      text: noTexts,
      healthcareServiceIds: [],
      locationIds: [],
      files: [],
      details: [],
      next: 'end',
      otherwise: 'person',
    },
    { kind: 'condition', id: 'open', test: 'open', value: '', name: '', yes: 'person', no: 'closed' },
    {
      kind: 'message',
      id: 'closed',
      text: texts('Te respondemos cuando abramos.', 'We answer when we open.', 'Respondemos quando abrirmos.'),
      next: 'person',
    },
    { kind: 'hand-over', id: 'person', text: noTexts },
    { kind: 'end', id: 'end', text: noTexts },
  ],
};

export function fillFlows(world: World): void {
  const halfDone = structuredClone(desk);
  const [menu] = halfDone.nodes;
  if (menu?.kind === 'menu') {
    menu.text.pt = '';
    const [, person] = menu.options;
    if (person) person.label.en = 'Talk to someone here, please';
  }
  world.flows = [
    {
      ...blank,
      id: '0197a000-0000-7000-8000-00000000f001',
      name: 'Recepción por WhatsApp',
      publishedVersion: 11,
      publishedAt: at('2026-11-03', '09:00'),
      publishedBy: 'Andrea Molina',
      published: desk,
      draft: halfDone,
      faults: faultsOf(halfDone),
      version: 4,
    },
    { ...blank, id: '0197a000-0000-7000-8000-00000000f002', name: 'Fuera de hora', draft: desk, version: 1 },
  ];
}

/** A flow asked Bruno what he wants and passed him on. */
export function flowSessionsOf(world: World, contactId: string): FlowSession[] {
  if (world.inbound.find((one) => one.contactId === contactId)?.senderName !== 'Bruno') return [];
  const step = (kind: FlowSession['steps'][number]['kind'], node: string | null, cause: string | null) => ({
    kind,
    node,
    cause,
    inboundId: null,
    at: NOW,
  });
  return [
    {
      id: '0197a000-0000-7000-8000-00000000f101',
      flowId: '0197a000-0000-7000-8000-00000000f001',
      flowName: 'Recepción por WhatsApp',
      flowVersion: 11,
      startedAt: at('2026-11-24', '08:50'),
      endedAt: at('2026-11-24', '08:52'),
      ending: 'handed-over',
      steps: [
        step('began', null, 'first-message'),
        step('asked', 'menu', null),
        step('heard', 'menu', 'person'),
        step('handed-over', 'person', 'asked'),
      ],
    },
  ];
}
