import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { insurancesQuery, locationsQuery, practitionersQuery, servicesQuery } from '../../api/agendaQueries';
import { keys } from '../../api/keys';
import { hasCode, isStale, sentenceFor } from '../../api/problems';
import { changeRule, createRule, deleteRule } from '../../api/rules';
import type { NotificationRule, NotificationRuleInput } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Check, SelectField, TextField, TimeField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import problemBox from '../../ui/problemBox.module.css';
import typography from '../../ui/typography.module.css';
import { Chosen } from '../settings/Chosen';
import { lead, nameOf } from './rule';

const triggers = ['booked', 'moved', 'cancelled', 'before-visit', 'same-day'] as const;
const leads = [120, 720, 1440, 2880, 4320, 10080];
const latests = [0, 60, 120, 240, 720];
type Trigger = NotificationRule['trigger'];

/** A new rule, or one that is changed, paused or deleted. Many messages at once are asked about with their number. */
export function RuleForm({ rule, onClose }: { rule: NotificationRule | null; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [trigger, setTrigger] = useState<Trigger>(rule?.trigger ?? 'before-visit');
  const [name, setName] = useState(rule?.name ?? '');
  const [minutes, setMinutes] = useState(rule?.minutesBefore ?? 1440);
  const [time, setTime] = useState(rule?.time ?? '08:00');
  const [latest, setLatest] = useState(rule?.latestMinutesBefore ?? 0);
  const [unansweredOnly, setUnanswered] = useState(rule?.unansweredOnly ?? false);
  const [firstVisit, setFirstVisit] = useState<'' | 'yes' | 'no'>(
    rule?.conditions.firstVisit === true ? 'yes' : rule?.conditions.firstVisit === false ? 'no' : '',
  );
  const [serviceIds, setServices] = useState(rule?.conditions.healthcareServiceIds ?? []);
  const [practitionerIds, setPractitioners] = useState(rule?.conditions.practitionerIds ?? []);
  const [locationIds, setLocations] = useState(rule?.conditions.locationIds ?? []);
  const [insuranceIds, setInsurances] = useState(rule?.conditions.insuranceIds ?? []);
  const [active, setActive] = useState(rule?.active ?? true);
  const services = useQuery(servicesQuery(clinic.id));
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const locations = useQuery(locationsQuery(clinic.id));
  const insurances = useQuery(insurancesQuery(clinic.id));
  const scheduled = trigger === 'before-visit' || trigger === 'same-day';
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
    minutesBefore: trigger === 'before-visit' ? minutes : null,
    time: trigger === 'same-day' ? time : null,
    conditions: {
      ...rule?.conditions,
      healthcareServiceIds: serviceIds,
      practitionerIds,
      locationIds,
      insuranceIds,
      firstVisit: firstVisit === '' ? null : firstVisit === 'yes',
    },
    unansweredOnly: scheduled && unansweredOnly,
    latestMinutesBefore: scheduled ? latest : 0,
    lineId: rule?.lineId ?? null,
    active,
  };
  const many = hasCode(saving.error, 'rule-writes-to-many') ? saving.error.messages : null;
  const options = (all: readonly { id: string; name: string; active: boolean }[] | undefined, chosen: readonly string[]) =>
    (all ?? []).filter((one) => one.active || chosen.includes(one.id));
  return (
    <SavingForm
      saving={{ ...saving, error: many === null && !isStale(saving.error) ? saving.error : null }}
      body={many === null ? body : { ...body, confirmedMessages: many }}
      submit={many === null ? undefined : t('rules.sendMany', { count: many })}
      incomplete={trigger === 'same-day' && !time}
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
      <div className={forms.columns}>
        <SelectField
          label={t('rules.trigger')}
          value={trigger}
          disabled={rule !== null}
          onChange={(event) => setTrigger(event.target.value as Trigger)}
          data-testid="rule-trigger"
        >
          {triggers.map((one) => (
            <option key={one} value={one}>
              {t(`rules.triggers.${one}`)}
            </option>
          ))}
        </SelectField>
        {trigger === 'before-visit' && (
          <SelectField
            label={t('rules.lead')}
            value={minutes}
            onChange={(event) => setMinutes(Number(event.target.value))}
            error={refused.minutesBefore}
            data-testid="rule-lead"
          >
            {[...new Set([...leads, minutes])]
              .sort((a, b) => a - b)
              .map((one) => (
                <option key={one} value={one}>
                  {lead(one, t)}
                </option>
              ))}
          </SelectField>
        )}
        {trigger === 'same-day' && <TimeField label={t('rules.time')} value={time} onValue={setTime} error={refused.time} />}
      </div>
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
        <SelectField
          label={t('rules.firstVisit')}
          value={firstVisit}
          onChange={(event) => setFirstVisit(event.target.value as '' | 'yes' | 'no')}
        >
          <option value="">{t('rules.firstVisits.any')}</option>
          <option value="yes">{t('rules.firstVisits.yes')}</option>
          <option value="no">{t('rules.firstVisits.no')}</option>
        </SelectField>
        {scheduled && (
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
      </div>
      <Chosen
        legend={t('rules.services')}
        all={t('rules.allServices')}
        options={options(services.data, serviceIds)}
        ids={serviceIds}
        onChange={setServices}
      />
      <Chosen
        legend={t('rules.practitioners')}
        all={t('settings.everybody')}
        options={options(
          practitioners.data?.map((one) => ({ ...one, name: one.displayName })),
          practitionerIds,
        )}
        ids={practitionerIds}
        onChange={setPractitioners}
      />
      <Chosen
        legend={t('rules.locations')}
        all={t('rules.allLocations')}
        options={options(locations.data, locationIds)}
        ids={locationIds}
        onChange={setLocations}
      />
      <Chosen
        legend={t('rules.insurances')}
        all={t('rules.allInsurances')}
        options={options(insurances.data, insuranceIds)}
        ids={insuranceIds}
        onChange={setInsurances}
      />
      {scheduled && (
        <Check
          type="checkbox"
          checked={unansweredOnly}
          onChange={(event) => setUnanswered(event.target.checked)}
          label={t('rules.unanswered')}
          hint={t('rules.unansweredHint')}
        />
      )}
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
