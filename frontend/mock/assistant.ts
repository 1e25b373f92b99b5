import type {
  AssistantFact,
  AssistantFactImportInput,
  AssistantFactInput,
  AssistantFactTexts,
  AssistantSettings,
  AssistantSettingsChange,
  AssistantTurn,
  AssistantVerdict,
} from '../src/api/assistant.ts';
import { type Area, found, ok, once, page, Refusal, seen } from './call.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';

/** What the console shows of an assistant; nobody is answered here. */
export interface MockAssistant {
  settings: AssistantSettings;
  facts: AssistantFact[];
  turns: AssistantTurn[];
}

const fact = (title: string, texts: Partial<AssistantFactTexts>): AssistantFact => ({
  id: newId(),
  title,
  texts: { es: '', en: '', pt: '', ...texts },
  updatedAt: NOW,
  updatedBy: 'andrea',
  version: 0,
});

const turn = (change: Partial<AssistantTurn>): AssistantTurn => ({
  id: newId(),
  conversationId: newId(),
  takenAt: NOW,
  doneAt: NOW,
  outcome: 'answered',
  cause: null,
  model: 'gpt-5-mini',
  factsGiven: [],
  factsCited: [],
  linesGiven: 4,
  visitsGiven: 1,
  notificationGiven: true,
  tools: [],
  calls: 1,
  inputTokens: 1800,
  outputTokens: 60,
  costMicros: 570,
  millis: 2100,
  waitingTold: false,
  verdict: null,
  verdictBy: null,
  ...change,
});

export const mockAssistant = (): MockAssistant => {
  const facts = [
    fact('Dirección y horarios', { es: 'Av. Siempre Viva 742. De lunes a viernes de 09:00 a 18:00.' }),
    fact('Precio de la consulta', { es: 'La consulta particular cuesta $ 30.000.', en: 'A private visit costs $ 30,000.' }),
  ];
  return {
    settings: {
      active: true,
      provider: 'openai-compatible',
      baseUrl: 'https://api.openai.com/v1',
      model: 'gpt-5-mini',
      keyPresent: true,
      inputPrice: 25,
      outputPrice: 200,
      dailyCeiling: 500,
      lineMinute: 20,
      lineDay: 50,
      moderationModel: '',
      version: 1,
    },
    facts,
    turns: [
      turn({ outcome: 'proposed', cause: 'move', tools: ['free_times:found', 'propose_move:taken'], calls: 2 }),
      turn({ factsCited: facts.slice(1).map((one) => one.id), verdict: 'up', verdictBy: 'andrea' }),
      turn({ outcome: 'withheld', cause: 'unknown-price' }),
      turn({ outcome: 'media', cause: 'audio', model: null, calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 }),
      turn({ outcome: 'emergency', cause: 'rules', model: null, calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 }),
    ],
  };
};

export const assistantSettings: Area = (call, world) => {
  const before = world.assistant.settings;
  if (call.method === 'GET') return ok(before);
  seen(call, before, world);
  const { apiKey, moderationModel, ...asked } = call.body as unknown as AssistantSettingsChange;
  if (asked.baseUrl !== before.baseUrl && !apiKey) {
    throw new Refusal(422, 'invalid-fields', [{ pointer: '/apiKey', code: 'required', detail: 'A key is kept for one server' }]);
  }
  const judged = moderationModel ?? before.moderationModel;
  if (judged && asked.provider !== 'openai-compatible') {
    throw new Refusal(422, 'invalid-fields', [
      { pointer: '/moderationModel', code: 'not-with-this-provider', detail: "Messages are judged in OpenAI's protocol alone" },
    ]);
  }
  world.assistant.settings = {
    ...before,
    ...asked,
    moderationModel: judged,
    keyPresent: before.keyPresent || Boolean(apiKey),
    version: before.version + 1,
  };
  return ok(world.assistant.settings);
};

export const assistantFacts: Area = (call, world, [id]) => {
  const { assistant } = world;
  if (!id) {
    if (call.method === 'GET') return ok({ items: assistant.facts.toSorted((one, other) => one.title.localeCompare(other.title)) });
    return once(call, world, () => {
      const { title, texts } = call.body as unknown as AssistantFactInput;
      const made = fact(title, texts);
      assistant.facts.push(made);
      return { status: 201, body: made };
    });
  }
  const one = found(assistant.facts.find((each) => each.id === id));
  if (call.method === 'GET') return ok(one);
  seen(call, one, world);
  if (call.method === 'DELETE') {
    assistant.facts = assistant.facts.filter((each) => each !== one);
    return { status: 204 };
  }
  return ok(Object.assign(one, call.body, { version: one.version + 1, updatedAt: NOW }));
};

export const assistantTurns: Area = (call, world, [id]) => {
  if (!id) return page(world.assistant.turns);
  const one = found(world.assistant.turns.find((each) => each.id === id));
  const { verdict } = call.body as unknown as { verdict: AssistantVerdict | null };
  return ok(Object.assign(one, { verdict, verdictBy: verdict && 'andrea' }));
};

/** The first line names the columns; a row without a title is the one trouble that is found here. */
export const assistantFactImports: Area = (call, world) =>
  once(call, world, () => {
    const { csv, dryRun } = call.body as unknown as AssistantFactImportInput;
    const rows = csv.trim().split('\n').slice(1);
    const read = rows.map((row) => row.split(/[;,]/).map((cell) => cell.trim()));
    const troubles = read.flatMap(([title], at) => (title ? [] : [{ line: at + 2, code: 'no-title' as const }]));
    const known = new Map(world.assistant.facts.map((one) => [one.title.toLowerCase(), one]));
    const changed = read.filter(([title]) => known.has((title ?? '').toLowerCase())).length;
    const kept = !dryRun && troubles.length === 0;
    if (kept) {
      for (const [title = '', es = ''] of read) {
        const before = known.get(title.toLowerCase());
        if (before) Object.assign(before, { texts: { ...before.texts, es } });
        else world.assistant.facts.push(fact(title, { es }));
      }
    }
    return { status: 200, body: { added: read.length - troubles.length - changed, changed, troubles, kept } };
  });

/** Of one conversation with an assistant: its newest turn. */
export const turnsBeside = (world: { assistant: MockAssistant }, answered: boolean): AssistantTurn[] =>
  answered ? world.assistant.turns.slice(0, 1) : [];

export const assistantFigures: Area = (_call, world) => {
  const { turns } = world.assistant;
  return ok({
    conversations: turns.length,
    resolved: 2,
    handedOver: turns.length - 2,
    turns: turns.length,
    actions: 1,
    costMicros: turns.reduce((sum, one) => sum + one.costMicros, 0),
    costMicrosPerConversation: Math.round(turns.reduce((sum, one) => sum + one.costMicros, 0) / turns.length),
    thumbsUp: turns.filter((one) => one.verdict === 'up').length,
    thumbsDown: turns.filter((one) => one.verdict === 'down').length,
  });
};
