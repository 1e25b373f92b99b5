import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { updateOrganization } from '../../api/actions';
import { keys } from '../../api/keys';
import { fieldSentences, isStale } from '../../api/problems';
import { organizationQuery } from '../../api/queries';
import type { Organization, OrganizationPatch, VisitWord } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { cityOf, instantNow, offsetLabel } from '../../time/clinicTime';
import { Button } from '../../ui/Button';
import { Conflict } from '../../ui/Conflict';
import { Check, SelectField, TextField, TimeField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import fields from '../../ui/fields.module.css';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { LoadError, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { useSavedDraft } from '../../ui/useSavedDraft';
import { ClinicDeletion } from './ClinicDeletion';
import { ClinicExport } from './ClinicExport';
import { LegalHold } from './LegalHold';
import { MessageBudget } from './MessageBudget';
import { PlanUsage } from './PlanUsage';
import { PrivacyLinks } from './PrivacyLinks';
import { SupportAccess } from './SupportAccess';
import settings from './settings.module.css';

/** What the clinic is called and how it writes. `brief` leaves out what nobody decides on their first day. */
export function ClinicForm({ brief = false }: { brief?: boolean }) {
  const { t } = useWords();
  const clinic = useClinic();
  const organization = useQuery(organizationQuery(clinic.id));
  if (organization.isPending) return <Skeleton rows={6} tall />;
  if (organization.isLoadingError)
    return <LoadError error={organization.error} title={t('settings.error')} retry={() => void organization.refetch()} />;
  return (
    <>
      <Form organization={organization.data} />
      {!brief && <PlanUsage />}
      {!brief && <SupportAccess />}
      {!brief && <PrivacyLinks />}
      {!brief && <MessageBudget />}
      {!brief && <LegalHold />}
      {!brief && <ClinicExport />}
      {!brief && <ClinicDeletion />}
    </>
  );
}

interface Draft {
  name: string;
  visitWord: VisitWord;
  declineAction: Organization['declineAction'];
  quiet: boolean;
  from: string;
  to: string;
}

const draftOf = (organization: Organization): Draft => ({
  name: organization.name,
  visitWord: organization.visitWord,
  declineAction: organization.declineAction,
  quiet: organization.quietHours !== null,
  from: organization.quietHours?.from.slice(0, 5) ?? '21:00',
  to: organization.quietHours?.to.slice(0, 5) ?? '08:00',
});
const patchOf = (draft: Draft): OrganizationPatch => ({
  name: draft.name.trim(),
  visitWord: draft.visitWord,
  declineAction: draft.declineAction,
  quietHours: draft.quiet ? { from: draft.from, to: draft.to } : null,
});

function Form({ organization }: { organization: Organization }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const query = organizationQuery(clinic.id);
  const { base, draft, set, dirty, saving, submit, discard, conflict } = useSavedDraft({
    saved: organization,
    draftOf,
    save: (seen, written: Draft) => updateOrganization(seen, patchOf(written)),
    read: () => client.fetchQuery({ ...query, staleTime: 0 }),
    onSaved: (saved) => {
      client.setQueryData(query.queryKey, saved);
      void client.invalidateQueries({ queryKey: keys.me });
      done(t('settings.saved'), t('action.close'));
    },
  });
  const refused = fieldSentences(saving.error, t);
  const rows: [string, (one: Draft) => string][] = [
    [t('settings.name'), (one) => one.name],
    [t('settings.word'), (one) => one.visitWord],
    [t('settings.decline'), (one) => t(`settings.declineAction.${one.declineAction}`)],
    [t('settings.quiet'), (one) => (one.quiet ? `${one.from}–${one.to}` : t('settings.noQuiet'))],
  ];
  const theirs = conflict(rows);
  return (
    <form
      className={clsx(forms.form, settings.form)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {theirs && <Conflict title={t('conflict.settings')} {...theirs} />}
      <h2>{t('settings.clinic')}</h2>
      <div className={forms.columns}>
        <TextField
          label={t('settings.name')}
          value={draft.name}
          maxLength={100}
          onChange={(event) => set({ name: event.target.value })}
          error={refused.name}
        />
        <SelectField
          label={t('settings.word')}
          value={draft.visitWord}
          onChange={(event) => set({ visitWord: event.target.value as VisitWord })}
          hint={t('settings.wordHint')}
        >
          <option value="turno">turno</option>
          <option value="cita">cita</option>
        </SelectField>
      </div>
      <p className={clsx(typography.small, typography.muted)}>
        {t('settings.zone', { city: cityOf(base.timeZone), offset: offsetLabel(instantNow(), base.timeZone) })}
      </p>
      <h2>{t('settings.notices')}</h2>
      <p className={clsx(typography.small, typography.muted)}>
        {t('settings.noticesHint')} <Link {...to.rules(clinic.alias)}>{t('nav.rules')}</Link>
      </p>
      <fieldset className={fields.choices}>
        <legend className={fields.label}>{t('settings.decline')}</legend>
        {(['ask-staff', 'cancel'] as const).map((action) => (
          <Check
            key={action}
            type="radio"
            name="decline"
            checked={draft.declineAction === action}
            onChange={() => set({ declineAction: action })}
            label={t(`settings.declineAction.${action}`)}
            hint={t(`settings.declineHint.${action}`)}
          />
        ))}
      </fieldset>
      <Check
        type="checkbox"
        checked={draft.quiet}
        onChange={(event) => set({ quiet: event.target.checked })}
        label={t('settings.quiet')}
        hint={t('settings.quietHint')}
      />
      {draft.quiet && (
        <div className={clsx(forms.columns, settings.quietHours)}>
          <TimeField label={t('settings.from')} value={draft.from} onValue={(from) => set({ from })} />
          <TimeField label={t('settings.to')} value={draft.to} onValue={(until) => set({ to: until })} />
        </div>
      )}
      {saving.error && !isStale(saving.error) ? <FormError error={saving.error} /> : null}
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" disabled={!dirty || saving.isPending || (draft.quiet && !(draft.from && draft.to))}>
          {t('action.save')}
        </Button>
        <Button disabled={!dirty} onClick={discard}>
          {t('action.discard')}
        </Button>
      </div>
    </form>
  );
}
