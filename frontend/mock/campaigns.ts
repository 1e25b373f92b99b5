import type { Campaign, CampaignAudienceCount, CampaignInput, CampaignResults, PatientConsent } from '../src/api/types.ts';
import { type Answer, type Area, type Call, found, ok, once, page, Refusal, seen } from './call.ts';
import { at, newId } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

/** What messages to an audience would cost, on the line that was named. */
function costOf(call: Call, world: World, recipients: number): CampaignAudienceCount['cost'] {
  const line = world.lines.find((one) => one.id === call.body.lineId);
  if (!line) return null;
  const charged = line.capabilities.templates;
  return {
    charged,
    category: call.body.purpose === 'marketing' ? 'marketing' : 'utility',
    unpriced: 0,
    amounts: charged ? [{ amount: recipients * 0.0618, currency: 'USD' }] : [],
    budgetLeft: charged ? { amount: 50, currency: 'USD' } : null,
    exceedsBudget: charged && recipients * 0.0618 > 50,
  };
}

/** In the mock every patient with a phone matches, and two in three asked for marketing. */
export const campaignsArea: Area = (call, world, [id, what]) => {
  if (id === 'audience-count') {
    const matching = world.patients.filter((one) => one.phone && one.messaging === 'allowed').length;
    const recipients = call.body.purpose === 'marketing' ? Math.floor((2 * matching) / 3) : matching;
    return ok({ matching, recipients, cost: costOf(call, world, recipients) });
  }
  if (!id && call.method === 'POST') {
    return once(call, world, () => {
      const input = call.body as unknown as CampaignInput;
      const made = campaign({ ...input, id: newId(), state: 'draft', version: 0 });
      world.campaigns.unshift(made);
      return { status: 201, body: made };
    });
  }
  if (!id) return page(world.campaigns);
  const one = found(world.campaigns.find((each) => each.id === id));
  if (call.method === 'GET') return ok(what === 'results' ? resultsOf(one) : one);
  seen(call, one, world);
  if (call.method === 'PUT') return changed(world, one, call.body as Partial<Campaign>);
  const [from, state] = moves[what ?? ''] ?? [[], one.state];
  if (!from.includes(one.state)) throw new Refusal(409, 'campaign-not-in-that-state');
  const recipients = what === 'start' ? ((call.body.recipients as number | undefined) ?? 0) : one.recipients;
  return changed(world, one, {
    state,
    recipients,
    startedAt: one.startedAt ?? NOW,
    finishedAt: state === 'cancelled' ? NOW : one.finishedAt,
  });
};

const moves: Record<string, [Campaign['state'][], Campaign['state']]> = {
  start: [['draft'], 'running'],
  pause: [['running'], 'paused'],
  resume: [['paused'], 'running'],
  cancel: [['draft', 'running', 'paused'], 'cancelled'],
};

function changed(world: World, one: Campaign, next: Partial<Campaign>): Answer {
  Object.assign(one, next, { version: one.version + 1 });
  world.hint('campaign', one.id);
  return ok(one);
}

const campaign = (given: Omit<Partial<Campaign>, 'audience'> & CampaignInput & { id: string }): Campaign => ({
  state: 'draft',
  recipients: 0,
  released: 0,
  createdAt: at('2026-11-20', '10:00'),
  startedAt: null,
  finishedAt: null,
  version: 1,
  ...given,
  audience: { ageFrom: null, ageTo: null, seenBefore: null, seenSince: null, ...given.audience, birthday: given.audience.birthday ?? null },
});

const resultsOf = (one: Campaign): CampaignResults => {
  const sent = one.released;
  const part = (of: number) => Math.floor(sent * of);
  return {
    recipients: one.recipients,
    planned: sent,
    sent: part(0.98),
    delivered: part(0.95),
    read: part(0.7),
    failed: part(0.02),
    suppressed: part(0.04),
    answered: part(0.2),
    booked: part(0.12),
    optedOut: part(0.03),
    days: sent === 0 ? [] : ['2026-11-20', '2026-11-23'].map((day) => ({ day, sent: part(0.49), delivered: part(0.47), read: part(0.35) })),
  };
};

export const RUNNING = '0197a000-0000-7000-8000-00000000c001';
const DRAFT = '0197a000-0000-7000-8000-00000000c002';

export function fillCampaigns(world: World): void {
  const template = world.customTemplates[0];
  const line = world.lines[0];
  if (!template || !line) return;
  const common: CampaignInput = {
    name: 'Control anual de noviembre',
    templateId: template.id,
    lineId: line.id,
    audience: { tags: [], healthcareServiceIds: [], insuranceIds: [], withoutUpcoming: true, seenBefore: '2025-11-24' },
    frozen: true,
    startsAt: at('2026-11-20', '09:00'),
    endsAt: at('2026-12-05', '00:00'),
    sendFrom: '09:00:00',
    sendUntil: '20:00:00',
    perDay: 50,
  };
  world.campaigns = [
    campaign({
      ...common,
      id: DRAFT,
      name: 'Blanqueamiento de verano',
      startsAt: at('2026-12-01', '09:00'),
      endsAt: at('2026-12-15', '00:00'),
    }),
    campaign({ ...common, id: RUNNING, state: 'running', recipients: 140, released: 100, startedAt: at('2026-11-20', '09:00') }),
    campaign({
      ...common,
      id: newId(),
      name: 'Vacuna antigripal',
      state: 'completed',
      recipients: 210,
      released: 210,
      startsAt: at('2026-04-06', '09:00'),
      endsAt: at('2026-04-20', '00:00'),
      finishedAt: at('2026-04-13', '16:20'),
    }),
  ];
}

export function consentsOf(call: Call, world: World, patientId: string): Answer {
  const patient = found(world.patients.find((one) => one.id === patientId));
  const items = () => world.consents.filter((one) => one.patientId === patientId).map(({ patientId: _, ...said }) => said);
  if (call.method === 'GET') return ok({ items: items() });
  return once(call, world, () => {
    const allowed = call.body.allowed as boolean;
    const said: PatientConsent = {
      id: newId(),
      phone: patient.phone,
      purpose: 'marketing',
      channel: 'whatsapp',
      allowed,
      source: 'staff',
      evidence: String(call.body.evidence),
      saidAt: NOW,
    };
    world.consents.unshift({ ...said, patientId });
    Object.assign(patient, { marketing: allowed ? 'allowed' : 'opted-out', version: patient.version + 1 });
    world.hint('patient', patientId);
    return { status: 201, body: { items: items() } };
  });
}
