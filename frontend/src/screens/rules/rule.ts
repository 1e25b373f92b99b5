import type { NotificationRule, NotificationRuleInput } from '../../api/types';

type Translate = (key: string, values?: Record<string, unknown>) => string;

const HOUR = 60;
const DAY = 24 * HOUR;

/** A lead in the largest unit that says it exactly; hours up to three days, as clinics speak of them. */
export function lead(minutes: number, t: Translate): string {
  if (minutes > 3 * DAY && minutes % DAY === 0) return t('rules.days', { count: minutes / DAY });
  return minutes % HOUR === 0 ? t('rules.hours', { count: minutes / HOUR }) : t('rules.minutes', { count: minutes });
}

type Trigger = NotificationRule['trigger'];

export const isBefore = (trigger: Trigger): boolean => trigger === 'before-visit' || trigger === 'same-day';
const afterwards: readonly Trigger[] = ['after-visit', 'survey', 'no-show', 'recall'];
export const isAfterwards = (trigger: Trigger): boolean => afterwards.includes(trigger);

/** What stands in the margin of the time line. */
export function whenOf(
  rule: Pick<NotificationRule, 'trigger' | 'minutesBefore' | 'minutesAfter' | 'daysAfter' | 'monthsAfter' | 'time'>,
  t: Translate,
): [strong: string, under: string] {
  if (isAfterwards(rule.trigger) && rule.trigger !== 'recall') {
    const under = t(`rules.since.${rule.trigger}`);
    return rule.minutesAfter ? [lead(rule.minutesAfter, t), under] : [t('rules.atEnd'), under];
  }
  if (rule.trigger === 'recall') {
    const span = rule.monthsAfter ? t('rules.months', { count: rule.monthsAfter }) : t('rules.days', { count: rule.daysAfter ?? 0 });
    return [span, t('rules.since.recall')];
  }
  if (rule.trigger === 'before-visit') return [lead(rule.minutesBefore ?? 0, t), t('rules.before')];
  if (rule.trigger === 'same-day') return [t('rules.sameDay'), rule.time ?? ''];
  return [t(`rules.at.${rule.trigger}`), t('rules.atOnce')];
}

export const nameOf = (rule: Pick<NotificationRule, 'name' | 'trigger'>, t: Translate): string =>
  rule.name ?? t(`rules.names.${rule.trigger}`);

/** Names of records by id, for the conditions of a rule. */
export type Names = ReadonlyMap<string, string>;

/** The conditions of a rule in words, one phrase each; none for a rule about every visit. */
export function conditionsOf(rule: NotificationRule, names: Names, t: Translate): string[] {
  const of = rule.conditions;
  const list = (ids: readonly string[] | null | undefined) => (ids ?? []).map((id) => names.get(id) ?? t('rules.gone')).join(', ');
  const said: string[] = [];
  if (of.firstVisit !== null && of.firstVisit !== undefined) said.push(t(of.firstVisit ? 'rules.cond.first' : 'rules.cond.notFirst'));
  if (of.household !== null && of.household !== undefined) said.push(t(of.household ? 'rules.cond.household' : 'rules.cond.alone'));
  if (of.healthcareServiceIds?.length) said.push(t('rules.cond.service', { names: list(of.healthcareServiceIds) }));
  if (of.practitionerIds?.length) said.push(t('rules.cond.practitioner', { names: list(of.practitionerIds) }));
  if (of.locationIds?.length) said.push(t('rules.cond.location', { names: list(of.locationIds) }));
  if (of.insuranceIds?.length) said.push(t('rules.cond.insurance', { names: list(of.insuranceIds) }));
  if (of.sources?.length) said.push(t('rules.cond.source', { names: of.sources.map((one) => t(`rules.sources.${one}`)).join(', ') }));
  if (of.tags?.length) said.push(t('rules.cond.tag', { names: of.tags.join(', ') }));
  if (rule.unansweredOnly) said.push(t('rules.cond.unanswered'));
  return said;
}

/** A rule as it would be sent back. */
export function inputOf(rule: NotificationRule): NotificationRuleInput {
  const { id: _id, version: _version, template: _template, ...input } = rule;
  return input;
}
