import { outlooks } from '../src/api/states.ts';
import type {
  NotificationExplanation,
  NotificationForecastMessage,
  NotificationRule,
  NotificationRuleEffect,
  NotificationRuleInput,
  ReleasePolicy,
  UnconfirmedVisit,
} from '../src/api/types.ts';
import { type Answer, type Area, found, ok, once, page, Refusal, seen } from './call.ts';
import { ruleCost } from './costs.ts';
import { at, newId } from './made.ts';
import type { World } from './world.ts';

const texts = {
  booked: 'confirmation',
  moved: 'reschedule',
  cancelled: 'cancellation',
  'before-visit': 'reminder',
  'same-day': 'reminder',
  'after-visit': 'followup',
  survey: 'survey',
  'no-show': 'missed',
  recall: 'recall',
} as const;
const order = Object.keys(texts);

function said(body: NotificationRuleInput): Omit<NotificationRule, 'id' | 'version'> {
  return {
    name: body.name ?? null,
    trigger: body.trigger,
    minutesBefore: body.minutesBefore ?? null,
    minutesAfter: body.minutesAfter ?? null,
    daysAfter: body.daysAfter ?? null,
    monthsAfter: body.monthsAfter ?? null,
    time: body.time ?? null,
    workingDaysOnly: body.workingDaysOnly ?? false,
    conditions: {
      healthcareServiceIds: body.conditions?.healthcareServiceIds ?? [],
      practitionerIds: body.conditions?.practitionerIds ?? [],
      locationIds: body.conditions?.locationIds ?? [],
      insuranceIds: body.conditions?.insuranceIds ?? [],
      sources: body.conditions?.sources ?? [],
      tags: body.conditions?.tags ?? [],
      firstVisit: body.conditions?.firstVisit ?? null,
      household: body.conditions?.household ?? null,
    },
    unansweredOnly: body.unansweredOnly ?? false,
    latestMinutesBefore: body.latestMinutesBefore ?? 0,
    lineId: body.lineId ?? null,
    otherLineWhenDown: body.otherLineWhenDown ?? false,
    holdoutPercent: body.holdoutPercent ?? null,
    template: texts[body.trigger],
    active: body.active ?? true,
  };
}

const inOrder = (one: NotificationRule, other: NotificationRule) =>
  order.indexOf(one.trigger) - order.indexOf(other.trigger) || (other.minutesBefore ?? 0) - (one.minutesBefore ?? 0);

/** Here a rule of two hours before is one that writes to many at once. */
function ask(body: NotificationRuleInput): void {
  if (body.minutesBefore === 120 && body.active !== false && (body.confirmedMessages ?? 0) < 5000)
    throw new Refusal(409, 'rule-writes-to-many', [], { messages: 5000 });
}

/** A group of visits, with the interval that its numbers have. */
const group = (visits: number, attended: number, missed: number, confirmed: number, value: number, low: number, high: number) => ({
  visits,
  attended,
  missed,
  confirmed,
  noShows: { value, low, high },
});

/** One rule has been tried long enough to say something, any other has not. */
function effectOf(rule: NotificationRule): NotificationRuleEffect {
  const long = rule.name !== null;
  return {
    ruleId: rule.id,
    holdoutPercent: rule.holdoutPercent,
    reminded: group(640, 560, 34, 470, 0.0572, 0.0412, 0.079),
    heldOut: long ? group(72, 54, 9, 41, 0.1429, 0.0772, 0.2497) : group(14, 9, 1, 8, 0.1, 0.0179, 0.4042),
    noShowsPrevented: long ? { value: 0.0857, low: 0.0164, high: 0.1937 } : { value: 0.0428, low: -0.0471, high: 0.3474 },
    visitsNeeded: 50,
    verdict: long ? 'fewer-no-shows' : 'too-early',
    services: long
      ? [
          {
            healthcareServiceId: newId(),
            name: 'Control',
            reminded: group(410, 362, 20, 300, 0.0524, 0.0342, 0.0794),
            heldOut: group(46, 35, 6, 27, 0.1463, 0.0688, 0.2843),
          },
          {
            healthcareServiceId: newId(),
            name: 'Limpieza',
            reminded: group(230, 198, 14, 170, 0.066, 0.0397, 0.1077),
            heldOut: group(26, 19, 3, 14, 0.1364, 0.0475, 0.3333),
          },
        ]
      : [],
    weeks: [],
    lines: [],
  };
}

export const notificationRules: Area = (call, world, [id, what]) => {
  const body = call.body as unknown as NotificationRuleInput;
  if (!id && call.method === 'GET') return ok({ items: [...world.rules].sort(inOrder) });
  if (!id) {
    return once(call, world, () => {
      ask(body);
      const made = { id: newId(), version: 0, ...said(body) };
      world.rules.push(made);
      world.hint('notification-rule', made.id);
      return { status: 201, body: made };
    });
  }
  const one = found(world.rules.find((each) => each.id === id));
  if (call.method === 'GET') return ok(what === 'effect' ? effectOf(one) : what === 'cost' ? ruleCost(world) : one);
  seen(call, one, world);
  if (call.method === 'DELETE') {
    world.rules = world.rules.filter((each) => each !== one);
    return { status: 204 };
  }
  ask(body);
  world.hint('notification-rule', one.id);
  return ok(Object.assign(one, said(body), { version: one.version + 1 }));
};

/** The rules with which a clinic begins, one of them about some services alone. */
export function fillRules(world: World): void {
  const rule = (body: NotificationRuleInput): NotificationRule => ({ id: newId(), version: 0, ...said(body) });
  world.rules.push(
    rule({ trigger: 'booked' }),
    rule({ trigger: 'moved' }),
    rule({ trigger: 'cancelled' }),
    rule({
      trigger: 'before-visit',
      name: 'Pedir confirmación',
      minutesBefore: 4320,
      unansweredOnly: true,
      workingDaysOnly: true,
      holdoutPercent: 10,
      conditions: { healthcareServiceIds: world.services.slice(0, 2).map((one) => one.id) },
    }),
    rule({ trigger: 'before-visit', minutesBefore: 1440 }),
    rule({ trigger: 'same-day', time: '08:00', unansweredOnly: true, latestMinutesBefore: 60, active: false }),
    rule({ trigger: 'survey', minutesAfter: 120 }),
    rule({
      trigger: 'recall',
      monthsAfter: 6,
      time: '10:00',
      workingDaysOnly: true,
      conditions: { healthcareServiceIds: world.services.slice(0, 1).map((one) => one.id) },
    }),
  );
}

const week = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 10, 24 + day)).toISOString().slice(0, 10));

/** One message of each outlook for the first patients, over the week. */
function planned(world: World): NotificationForecastMessage[] {
  const rules = world.rules.filter((one) => one.trigger === 'before-visit');
  return world.appointments
    .filter((one) => one.status === 'booked')
    .slice(0, 24)
    .map((visit, index) => ({
      messageId: `0197a000-0000-7000-8000-0000000f${String(index).padStart(4, '0')}`,
      appointmentId: visit.id,
      patientId: visit.patient.id,
      displayName: visit.patient.displayName,
      start: visit.start,
      kind: 'reminder' as const,
      ruleId: rules[index % Math.max(1, rules.length)]?.id ?? null,
      dueAt: at(week[index % 7] ?? '', '10:00'),
      outlook: index < 16 ? (index % 7 === 0 ? ('left' as const) : ('leaves' as const)) : (outlooks[index % 8] ?? 'leaves'),
    }))
    .sort((one, other) => one.dueAt.localeCompare(other.dueAt));
}

const isTold = (one: NotificationForecastMessage) => ['left', 'leaves', 'waits-for-quiet-hours'].includes(one.outlook);

export const notificationForecast: Area = (call, world, [what]) => {
  const all = planned(world);
  if (what === 'messages') {
    const is = (name: string, value: string | null) => !call.query.get(name) || call.query.get(name) === value;
    return page(all.filter((one) => is('outlook', one.outlook) && is('ruleId', one.ruleId) && is('date', one.dueAt.slice(0, 10))));
  }
  const on = (date: string) => all.filter((one) => isTold(one) && one.dueAt.startsWith(date));
  const count = <T>(items: T[], of: (one: T) => string | null) => [...Map.groupBy(items, of)].filter(([key]) => key !== null);
  return ok({
    days: week.map((date) => ({
      date,
      left: on(date).filter((one) => one.outlook === 'left').length,
      planned: on(date).filter((one) => one.outlook !== 'left').length,
    })),
    rules: count(all.filter(isTold), (one) => one.ruleId).map(([ruleId, of]) => ({ ruleId, messages: of.length })),
    outlooks: count(all, (one) => one.outlook).map(([outlook, of]) => ({ outlook, messages: of.length })),
    complete: true,
  });
};

/** Each rule once: one is planned, one does not fit, the others wait for what has not happened. */
export function explained(world: World): Answer {
  const items: NotificationExplanation[] = [...world.rules].sort(inOrder).map((rule) => {
    const outcome =
      rule.trigger === 'booked' || (rule.trigger === 'before-visit' && rule.name === null)
        ? ('message' as const)
        : !rule.active
          ? ('paused' as const)
          : rule.trigger === 'before-visit'
            ? ('conditions-not-met' as const)
            : ('not-happened' as const);
    const told = outcome === 'message';
    return {
      ruleId: rule.id,
      outcome,
      messageId: told ? newId() : null,
      kind: rule.template,
      state: told ? (rule.trigger === 'booked' ? 'delivered' : 'planned') : null,
      reason: null,
      dueAt: told ? at('2026-11-23', '10:00') : null,
      outlook: told && rule.trigger !== 'booked' ? 'leaves' : null,
    };
  });
  return ok({ items });
}

export const releasePolicy: Area = (call, world) => {
  if (call.method === 'PUT') {
    seen(call, world.release, world);
    Object.assign(world.release, call.body as Partial<ReleasePolicy>, { version: world.release.version + 1 });
  }
  return ok(world.release);
};

/** Two visits of the day that nobody confirmed. */
export const unconfirmed = (world: World): UnconfirmedVisit[] =>
  world.appointments
    .filter((one) => one.status === 'booked' && one.participation === 'needs-action')
    .slice(0, 2)
    .map((visit) => ({
      appointmentId: visit.id,
      version: visit.version,
      patientId: visit.patient.id,
      displayName: visit.patient.displayName,
      practitionerName: visit.practitioner.displayName,
      start: visit.start,
      asked: 2,
      lastAskedAt: at('2026-11-23', '10:00'),
      offer: world.offered.has(visit.id) ? 'open' : null,
      offerExpiresAt: world.offered.has(visit.id) ? at('2026-11-24', '10:20') : null,
    }));

export const unconfirmedVisits: Area = (_call, world) => ok({ items: unconfirmed(world) });

export function offered(world: World, id: string): Answer {
  world.offered.add(id);
  world.hint('appointment', id);
  return ok({ items: unconfirmed(world) });
}
