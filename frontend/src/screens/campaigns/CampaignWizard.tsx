import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import clsx from 'clsx';
import { useDeferredValue, useRef, useState } from 'react';
import { insurancesQuery, servicesQuery } from '../../api/agendaQueries';
import { audienceCountQuery, changeCampaign, createCampaign } from '../../api/campaigns';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { fieldSentences } from '../../api/problems';
import { linesQuery } from '../../api/queries';
import { submissionsQuery } from '../../api/submissions';
import { customTemplatesQuery } from '../../api/templates';
import type { Campaign, CampaignAudience, CampaignInput } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { NoPermission } from '../../app/Problems';
import { to } from '../../app/paths';
import { todayIn } from '../../time/clinicTime';
import { Button } from '../../ui/Button';
import chips from '../../ui/chips.module.css';
import { Check, Segments, SelectField, TextField, TimeField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import fields from '../../ui/fields.module.css';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { PageHead, Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { CampaignCost } from './CampaignCost';
import styles from './Campaigns.module.css';
import { type Draft, draftOf, emptyDraft, inputOf } from './campaignDraft';

const steps = ['whom', 'what', 'when'] as const;

/** A new campaign on a page of its own. */
export function NewCampaign() {
  const { t } = useWords();
  const clinic = useClinic();
  if (!may(clinic, 'start-campaigns')) return <NoPermission />;
  return (
    <>
      <PageHead title={t('campaigns.new')} above={<Link {...to.campaigns(clinic.alias)}>{t('nav.campaigns')}</Link>} />
      <CampaignWizard campaign={null} />
    </>
  );
}

/** Whom, what and when, in three steps; how many that is stands beside them. Nothing leaves before the draft is started. */
export function CampaignWizard({ campaign }: { campaign: Campaign | null }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const navigate = useNavigate();
  const intention = useRef(new Intention());
  const lines = useQuery(linesQuery(clinic.id));
  const submissions = useQuery(submissionsQuery(clinic.id));
  const templates = useQuery(customTemplatesQuery(clinic.id));
  const services = useQuery(servicesQuery(clinic.id));
  const insurances = useQuery(insurancesQuery(clinic.id));
  const [step, setStep] = useState<(typeof steps)[number]>('whom');
  const [typed, setTyped] = useState<Draft>(() =>
    campaign ? draftOf(campaign, clinic.timeZone) : emptyDraft(todayIn(clinic.timeZone), ''),
  );
  // Providers that take approved texts only have to have approved this one.
  const approved = (submissions.data ?? []).filter((one) => one.state === 'approved' && one.customTemplateId === typed.templateId);
  const offered = (lines.data ?? []).filter((line) => !line.capabilities.templates || approved.some((one) => one.lineId === line.id));
  const draft = { ...typed, lineId: typed.lineId || offered.find((line) => line.defaultLine)?.id || offered[0]?.id || '' };
  const set = (next: Partial<Draft>) => setTyped({ ...typed, ...next });
  const narrow = (next: Partial<CampaignAudience>) => set({ audience: { ...typed.audience, ...next } });
  const usable = (templates.data ?? []).filter((one) => !one.archived && one.languages.length > 0 && one.needsVisit.length === 0);
  const template = usable.find((one) => one.id === draft.templateId);
  const asked = useDeferredValue(typed.audience);
  const count = useQuery(audienceCountQuery(clinic.id, asked, template?.purpose ?? 'marketing', draft.lineId || null));
  const input = inputOf(draft, clinic.timeZone);
  const saving = useMutation({
    mutationFn: (body: CampaignInput) =>
      campaign
        ? changeCampaign(clinic.id, campaign, body)
        : intention.current.carryOut(body, (key) => createCampaign(clinic.id, body, key)),
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'campaigns') });
      done(t('campaigns.saved'), t('action.close'));
      void navigate(to.campaign(clinic.alias, saved.id));
    },
  });
  const refused = fieldSentences(saving.error, t);
  const at = steps.indexOf(step);
  const audience = draft.audience;
  return (
    <div className={styles.wizard}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const next = steps[at + 1];
          if (next) setStep(next);
          else if (input) saving.mutate(input);
        }}
      >
        <Segments
          className={styles.steps}
          label={t('campaigns.steps')}
          value={step}
          onChange={setStep}
          options={steps.map((one, index) => ({ value: one, label: `${index + 1}. ${t(`campaigns.stepName.${one}`)}` }))}
        />
        <div className={styles.fields}>
          {step === 'whom' && (
            <>
              <p className={clsx(typography.small, typography.muted)}>{t('campaigns.whomText')}</p>
              <div className={styles.two}>
                <TextField
                  label={t('campaigns.ageFrom')}
                  inputMode="numeric"
                  maxLength={3}
                  value={audience.ageFrom?.toString() ?? ''}
                  onChange={(event) => narrow({ ageFrom: numberOf(event.target.value) })}
                  data-testid="campaign-age-from"
                />
                <TextField
                  label={t('campaigns.ageTo')}
                  inputMode="numeric"
                  maxLength={3}
                  value={audience.ageTo?.toString() ?? ''}
                  error={refused['audience/ageTo']}
                  onChange={(event) => narrow({ ageTo: numberOf(event.target.value) })}
                />
                <TextField
                  label={t('campaigns.seenSince')}
                  type="date"
                  value={audience.seenSince ?? ''}
                  onChange={(event) => narrow({ seenSince: event.target.value || null })}
                />
                <TextField
                  label={t('campaigns.seenBefore')}
                  type="date"
                  value={audience.seenBefore ?? ''}
                  onChange={(event) => narrow({ seenBefore: event.target.value || null })}
                />
              </div>
              <Several
                label={t('campaigns.services')}
                options={(services.data ?? []).filter((one) => one.active)}
                chosen={audience.healthcareServiceIds}
                onChange={(healthcareServiceIds) => narrow({ healthcareServiceIds })}
              />
              <Several
                label={t('campaigns.insurances')}
                options={(insurances.data ?? []).filter((one) => one.active)}
                chosen={audience.insuranceIds}
                onChange={(insuranceIds) => narrow({ insuranceIds })}
              />
              <TextField
                label={t('campaigns.tags')}
                hint={t('campaigns.tagsHint')}
                value={audience.tags.join(', ')}
                onChange={(event) => narrow({ tags: tagsOf(event.target.value) })}
              />
              <Check
                type="checkbox"
                label={t('campaigns.withoutUpcoming')}
                checked={audience.withoutUpcoming}
                onChange={(event) => narrow({ withoutUpcoming: event.target.checked })}
              />
              <Check
                type="checkbox"
                label={t('campaigns.birthday')}
                hint={t('campaigns.birthdayHint')}
                checked={audience.birthday ?? false}
                onChange={(event) => {
                  const birthday = event.target.checked;
                  set({ audience: { ...typed.audience, birthday }, frozen: birthday ? false : draft.frozen });
                }}
              />
              <Check
                type="checkbox"
                disabled={audience.birthday ?? false}
                label={t('campaigns.open')}
                hint={t('campaigns.openHint')}
                checked={!draft.frozen}
                onChange={(event) => set({ frozen: !event.target.checked })}
              />
            </>
          )}
          {step === 'what' && (
            <>
              <TextField
                label={t('campaigns.name')}
                value={draft.name}
                maxLength={100}
                error={refused.name}
                onChange={(event) => set({ name: event.target.value })}
                data-testid="campaign-name"
              />
              <SelectField
                label={t('campaigns.template')}
                hint={template ? t(`wording.purpose.${template.purpose}`) : t('campaigns.templateHint')}
                value={draft.templateId}
                error={refused.templateId}
                onChange={(event) => set({ templateId: event.target.value })}
                data-testid="campaign-template"
              >
                <option value="">—</option>
                {usable.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </SelectField>
              <Link className={typography.small} {...to.templates(clinic.alias)}>
                {t('campaigns.toTemplates')}
              </Link>
              <SelectField
                label={t('notices.line')}
                value={draft.lineId}
                error={refused.lineId}
                onChange={(event) => set({ lineId: event.target.value })}
              >
                {offered.map((line) => (
                  <option key={line.id} value={line.id}>
                    {line.name}
                  </option>
                ))}
              </SelectField>
            </>
          )}
          {step === 'when' && (
            <>
              <div className={styles.two}>
                <TextField
                  label={t('campaigns.starts')}
                  type="date"
                  value={draft.startDate}
                  onChange={(event) => set({ startDate: event.target.value })}
                />
                <TimeField label={t('campaigns.startTime')} value={draft.startTime} onValue={(startTime) => set({ startTime })} />
                <TextField
                  label={t('campaigns.lastDay')}
                  type="date"
                  value={draft.endDate}
                  error={refused.endsAt}
                  onChange={(event) => set({ endDate: event.target.value })}
                />
                <TextField
                  label={t('campaigns.perDay')}
                  inputMode="numeric"
                  maxLength={6}
                  value={draft.perDay}
                  error={refused.perDay}
                  onChange={(event) => set({ perDay: event.target.value })}
                />
                <TimeField label={t('campaigns.sendFrom')} value={draft.sendFrom} onValue={(sendFrom) => set({ sendFrom })} />
                <TimeField
                  label={t('campaigns.sendUntil')}
                  value={draft.sendUntil}
                  error={refused.sendUntil}
                  onValue={(sendUntil) => set({ sendUntil })}
                />
              </div>
              <p className={clsx(typography.small, typography.muted)}>{t('campaigns.behind')}</p>
            </>
          )}
        </div>
        <FormError error={saving.error} />
        <div className={clsx(layout.row, layout.wrap, layout.spaced)}>
          {at > 0 && <Button onClick={() => setStep(steps[at - 1] ?? 'whom')}>{t('campaigns.back')}</Button>}
          {step === 'when' ? (
            <Button type="submit" kind="primary" disabled={!input || saving.isPending} data-testid="campaign-save">
              {t('campaigns.save')}
            </Button>
          ) : (
            <Button type="submit" kind="primary" data-testid="campaign-next">
              {t('campaigns.next')}
            </Button>
          )}
        </div>
      </form>
      <aside>
        <Section title={t('campaigns.audience')} />
        <p className={styles.figure} data-testid="campaign-count" aria-live="polite">
          {count.data ? t('campaigns.people', { count: count.data.recipients }) : '…'}
        </p>
        {count.data && count.data.matching > count.data.recipients && (
          <p className={clsx(typography.small, typography.muted)}>
            {t('campaigns.notConsented', { count: count.data.matching - count.data.recipients })}
          </p>
        )}
        <CampaignCost count={count.data} line={offered.find((line) => line.id === draft.lineId)} />
      </aside>
    </div>
  );
}

const numberOf = (text: string): number | null => (/^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : null);
const tagsOf = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trimStart())
    .filter((tag, index, all) => tag !== '' || index < all.length - 1)
    .filter(Boolean);

interface SeveralProps {
  label: string;
  options: { id: string; name: string }[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}
function Several({ label, options, chosen, onChange }: SeveralProps) {
  if (options.length === 0) return null;
  return (
    <div>
      <span className={fields.label}>{label}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a bar; the role says the same */}
      <div className={styles.choices} role="group" aria-label={label}>
        {options.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            className={chips.chip}
            aria-pressed={chosen.includes(id)}
            onClick={() => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])}
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}
