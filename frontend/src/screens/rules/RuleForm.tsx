import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { keys } from '../../api/keys';
import { hasCode, isStale, sentenceFor } from '../../api/problems';
import { linesQuery } from '../../api/queries';
import { changeRule, createRule, deleteRule } from '../../api/rules';
import type { NotificationRule, NotificationRuleInput } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Check, SelectField, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import problemBox from '../../ui/problemBox.module.css';
import typography from '../../ui/typography.module.css';
import { noConditions, RuleConditions } from './RuleConditions';
import { RuleCost } from './RuleCost';
import { RuleEffect } from './RuleEffect';
import { RuleTiming, type Timing, timingOf } from './RuleTiming';
import { isAfterwards, isBefore, lead, nameOf } from './rule';

const latests = [0, 60, 120, 240, 720];
const holdouts = [5, 10];

/** A new rule, or one that is changed, paused or deleted. Many messages at once are asked about with their number. */
export function RuleForm({ rule, onClose }: { rule: NotificationRule | null; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [timing, setTiming] = useState<Timing>(rule ?? timingOf('before-visit', false));
  const [name, setName] = useState(rule?.name ?? '');
  const [latest, setLatest] = useState(rule?.latestMinutesBefore ?? 0);
  const [unansweredOnly, setUnanswered] = useState(rule?.unansweredOnly ?? false);
  const [conditions, setConditions] = useState(rule?.conditions ?? noConditions);
  const [lineId, setLine] = useState(rule?.lineId ?? null);
  const [otherLineWhenDown, setOtherLine] = useState(rule?.otherLineWhenDown ?? false);
  const [holdoutPercent, setHoldout] = useState(rule?.holdoutPercent ?? null);
  const [active, setActive] = useState(rule?.active ?? true);
  const lines = useQuery(linesQuery(clinic.id));
  const { trigger } = timing;
  const reminds = isBefore(trigger);
  const keepsDays = trigger === 'before-visit' || isAfterwards(trigger);
  const left = () => {
    void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'rules') });
    onClose();
  };
  const { saving, refused } = useSaving(
    (body: NotificationRuleInput, key) => (rule ? changeRule(clinic.id, rule, body) : createRule(clinic.id, body, key)),
    (saved) => {
      done(t(rule ? 'rules.changed' : 'rules.added', { name: nameOf(saved, t) }), t('action.close'));
      left();
    },
  );
  const deleting = useMutation({
    mutationFn: (seen: NotificationRule) => deleteRule(clinic.id, seen),
    onSuccess: () => {
      done(t('rules.deleted'), t('action.close'));
      left();
    },
  });
  const body: NotificationRuleInput = {
    name: name.trim() || null,
    trigger,
    minutesBefore: timing.minutesBefore,
    minutesAfter: timing.minutesAfter,
    daysAfter: timing.daysAfter,
    monthsAfter: timing.monthsAfter,
    time: timing.time,
    workingDaysOnly: keepsDays && timing.workingDaysOnly,
    conditions,
    unansweredOnly: reminds && unansweredOnly,
    latestMinutesBefore: reminds ? latest : 0,
    lineId,
    otherLineWhenDown,
    holdoutPercent: reminds ? holdoutPercent : null,
    active,
  };
  const many = hasCode(saving.error, 'rule-writes-to-many') ? saving.error.messages : null;
  return (
    <SavingForm
      saving={{ ...saving, error: many === null && !isStale(saving.error) ? saving.error : null }}
      body={many === null ? body : { ...body, confirmedMessages: many }}
      submit={many === null ? undefined : t('rules.sendMany', { count: many })}
      incomplete={timing.time === '' || (trigger === 'recall' && conditions.healthcareServiceIds.length === 0)}
      onClose={onClose}
    >
      {many !== null && (
        <section className={problemBox.problem} role="alert" data-testid="rule-many">
          <b className={typography.strong}>{t('rules.many', { count: many })}</b>
          <p className={clsx(typography.small, typography.muted)}>{t('rules.manyText')}</p>
        </section>
      )}
      {isStale(saving.error) || isStale(deleting.error) ? (
        <section className={problemBox.problem} role="alert" data-testid="rule-stale">
          <b className={typography.strong}>{t('rules.stale')}</b>
          <div className={clsx(layout.row, layout.wrap)}>
            <Button small onClick={left}>
              {t('rules.reread')}
            </Button>
          </div>
        </section>
      ) : null}
      <RuleTiming value={timing} onChange={setTiming} fixed={rule !== null} refused={refused} />
      <TextField
        label={t('rules.name')}
        hint={t('rules.nameHint')}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.target.value)}
        error={refused.name}
        data-testid="rule-name"
      />
      <div className={forms.columns}>
        {reminds && (
          <SelectField
            label={t('rules.latestLabel')}
            value={latest}
            onChange={(event) => setLatest(Number(event.target.value))}
            error={refused.latestMinutesBefore}
          >
            {[...new Set([...latests, latest])]
              .sort((a, b) => a - b)
              .map((one) => (
                <option key={one} value={one}>
                  {one === 0 ? t('rules.untilVisit') : t('rules.leadBefore', { lead: lead(one, t) })}
                </option>
              ))}
          </SelectField>
        )}
        {(lines.data?.length ?? 0) > 1 && (
          <SelectField
            label={t('rules.line')}
            value={lineId ?? ''}
            onChange={(event) => setLine(event.target.value || null)}
            error={refused.lineId}
          >
            <option value="">{t('rules.defaultLine')}</option>
            {lines.data?.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      {(lines.data?.length ?? 0) > 1 && (
        <Check
          type="checkbox"
          checked={otherLineWhenDown}
          onChange={(event) => setOtherLine(event.target.checked)}
          label={t('rules.otherLine')}
          hint={t('rules.otherLineHint')}
        />
      )}
      {keepsDays && (
        <Check
          type="checkbox"
          checked={timing.workingDaysOnly}
          onChange={(event) => setTiming({ ...timing, workingDaysOnly: event.target.checked })}
          label={t('rules.workingDays')}
          hint={t(reminds ? 'rules.workingDaysBefore' : 'rules.workingDaysAfter')}
          data-testid="rule-working-days"
        />
      )}
      {reminds && (
        <Check
          type="checkbox"
          checked={unansweredOnly}
          onChange={(event) => setUnanswered(event.target.checked)}
          label={t('rules.unanswered')}
          hint={t('rules.unansweredHint')}
        />
      )}
      {trigger === 'recall' && <p className={clsx(typography.small, typography.muted)}>{t('rules.recallHint')}</p>}
      <RuleConditions value={conditions} onChange={setConditions} />
      {reminds && (
        <SelectField
          label={t('rules.holdout')}
          hint={t('rules.holdoutHint')}
          value={holdoutPercent ?? 0}
          onChange={(event) => setHoldout(Number(event.target.value) || null)}
          error={refused.holdoutPercent}
          data-testid="rule-holdout"
        >
          <option value={0}>{t('rules.noHoldout')}</option>
          {[...new Set([...holdouts, ...(holdoutPercent ? [holdoutPercent] : [])])]
            .sort((a, b) => a - b)
            .map((one) => (
              <option key={one} value={one}>
                {t('rules.holdoutOf', { percent: one })}
              </option>
            ))}
        </SelectField>
      )}
      {rule && <RuleCost rule={rule} />}
      {rule && reminds && <RuleEffect rule={rule} title={t('effect.title')} />}
      {rule && (
        <Check
          type="checkbox"
          checked={active}
          onChange={(event) => setActive(event.target.checked)}
          label={t('rules.activeLabel')}
          hint={t('rules.activeHint')}
        />
      )}
      {rule && (
        <div className={clsx(layout.row, layout.wrap)}>
          <Button kind="danger" small disabled={deleting.isPending} onClick={() => deleting.mutate(rule)} data-testid="rule-delete">
            <Icon of={IconTrash} />
            {t('rules.delete')}
          </Button>
          <span className={clsx(typography.small, typography.muted)}>
            {deleting.error && !isStale(deleting.error) ? sentenceFor(deleting.error, t) : t('rules.deleteHint')}
          </span>
        </div>
      )}
    </SavingForm>
  );
}
