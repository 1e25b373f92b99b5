import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as inbox from '../../api/conversations';
import { keys } from '../../api/keys';
import { linesQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Check, SelectField, TextArea, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { done } from '../../ui/notices';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { AddableList } from './AddableList';
import settings from './settings.module.css';

/** How conversations are shared out, within which time they are answered, what is said while closed, and the teams. */
export function InboxSettings() {
  const { t } = useWords();
  const clinic = useClinic();
  const saved = useQuery(inbox.inboxSettingsQuery(clinic.id));
  const teams = useQuery({
    ...inbox.inboxTeamsQuery(clinic.id),
    select: (all) => all.map((team) => ({ ...team, active: true })),
  });
  const members = useQuery(inbox.inboxMembersQuery(clinic.id)).data ?? [];
  const nameOf = (id: string) => members.find((member) => member.memberId === id)?.name ?? id;
  return (
    <>
      {saved.isPending ? (
        <Skeleton rows={4} />
      ) : saved.isLoadingError ? (
        <LoadError error={saved.error} title={t('settings.error')} retry={() => void saved.refetch()} />
      ) : (
        <RoutingForm key={saved.data.version} saved={saved.data} />
      )}
      <div className={settings.below}>
        <AddableList
          query={teams}
          title={t('inboxSettings.teams')}
          add={t('inboxSettings.addTeam')}
          testId="new-team"
          empty={{ title: t('inboxSettings.noTeams'), text: t('inboxSettings.noTeamsText') }}
          row={(team) => ({ name: team.name, under: team.memberIds.map(nameOf).join(', ') || t('inboxSettings.nobody') })}
          form={(onClose, changed) => <TeamForm onClose={onClose} changed={changed} />}
        />
      </div>
    </>
  );
}

function RoutingForm({ saved }: { saved: inbox.InboxSettings }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [routing, setRouting] = useState(saved.routing);
  const [capacity, setCapacity] = useState(String(saved.capacity));
  const [response, setResponse] = useState(saved.responseMinutes === null ? '' : String(saved.responseMinutes));
  const [warning, setWarning] = useState(String(saved.warningMinutes));
  const [words, setWords] = useState(saved.outOfHoursText ?? '');
  const body: inbox.InboxSettingsChange = {
    routing,
    capacity: Number(capacity),
    responseMinutes: response.trim() ? Number(response) : null,
    warningMinutes: Number(warning),
    outOfHoursText: words.trim() || null,
  };
  const { saving, refused } = useSaving(
    (change: inbox.InboxSettingsChange) => inbox.changeInboxSettings(clinic.id, saved.version, change),
    (now) => {
      client.setQueryData(inbox.inboxSettingsQuery(clinic.id).queryKey, now);
      done(t('inboxSettings.saved'), t('action.close'));
    },
  );
  const reset = () => {
    setRouting(saved.routing);
    setCapacity(String(saved.capacity));
    setResponse(saved.responseMinutes === null ? '' : String(saved.responseMinutes));
    setWarning(String(saved.warningMinutes));
    setWords(saved.outOfHoursText ?? '');
  };
  const whole = (value: number) => Number.isInteger(value) && value >= 0;
  return (
    <div className={settings.form}>
      <Section title={t('inboxSettings.routing')} />
      <SavingForm
        saving={saving}
        body={body}
        incomplete={!whole(body.capacity) || body.capacity < 1 || !whole(body.warningMinutes)}
        onClose={reset}
      >
        <SelectField
          label={t('inboxSettings.who')}
          hint={t('inboxSettings.whoHint')}
          value={routing}
          onChange={(event) => setRouting(event.target.value as inbox.InboxSettings['routing'])}
          data-testid="routing"
        >
          {(['off', 'round-robin', 'least-busy'] as const).map((each) => (
            <option key={each} value={each}>
              {t(`inboxSettings.how.${each}`)}
            </option>
          ))}
        </SelectField>
        {routing !== 'off' && (
          <TextField
            label={t('inboxSettings.capacity')}
            inputMode="numeric"
            value={capacity}
            onChange={(event) => setCapacity(event.target.value)}
            error={refused.capacity}
          />
        )}
        <TextField
          label={t('inboxSettings.response')}
          hint={t('inboxSettings.responseHint')}
          inputMode="numeric"
          value={response}
          onChange={(event) => setResponse(event.target.value)}
          error={refused.responseMinutes}
          data-testid="response-minutes"
        />
        {response.trim() && (
          <TextField
            label={t('inboxSettings.warning')}
            hint={t('inboxSettings.warningHint')}
            inputMode="numeric"
            value={warning}
            onChange={(event) => setWarning(event.target.value)}
            error={refused.warningMinutes}
          />
        )}
        <TextArea
          label={t('inboxSettings.closed')}
          hint={t('inboxSettings.closedHint')}
          maxLength={1000}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </SavingForm>
    </div>
  );
}

function TeamForm({ onClose, changed }: { onClose: () => void; changed: inbox.InboxTeam | null }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const members = useQuery(inbox.inboxMembersQuery(clinic.id)).data ?? [];
  const lines = useQuery(linesQuery(clinic.id)).data ?? [];
  const [name, setName] = useState(changed?.name ?? '');
  const [memberIds, setMemberIds] = useState(changed?.memberIds ?? []);
  const [lineIds, setLineIds] = useState(changed?.lineIds ?? []);
  const finish = (said: string) => {
    void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'inbox-teams') });
    void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'conversations') });
    done(said, t('action.close'));
    onClose();
  };
  const { saving, refused } = useSaving(
    (body: inbox.InboxTeamInput, key) =>
      changed ? inbox.changeInboxTeam(clinic.id, changed, body) : inbox.createInboxTeam(clinic.id, body, key),
    (saved) => finish(t(changed ? 'settings.changed' : 'settings.added', { name: saved.name })),
  );
  const removing = useSaving(
    (team: inbox.InboxTeam) => inbox.deleteInboxTeam(clinic.id, team),
    () => finish(t('inboxSettings.removed')),
  );
  const toggled = (all: string[], id: string) => (all.includes(id) ? all.filter((each) => each !== id) : [...all, id]);
  return (
    <SavingForm saving={saving} body={{ name: name.trim(), memberIds, lineIds }} incomplete={!name.trim()} onClose={onClose}>
      <TextField
        label={t('inboxSettings.teamName')}
        required
        maxLength={60}
        data-autofocus
        data-testid="team-name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={refused.name}
      />
      <fieldset className={settings.plain}>
        <legend className={typography.small}>{t('inboxSettings.people')}</legend>
        {members.map((member) => (
          <Check
            key={member.memberId}
            type="checkbox"
            label={member.name}
            checked={memberIds.includes(member.memberId)}
            onChange={() => setMemberIds(toggled(memberIds, member.memberId))}
          />
        ))}
      </fieldset>
      <fieldset className={settings.plain}>
        <legend className={typography.small}>{t('inboxSettings.lines')}</legend>
        {lines.map((line) => (
          <Check
            key={line.id}
            type="checkbox"
            label={line.name}
            checked={lineIds.includes(line.id)}
            onChange={() => setLineIds(toggled(lineIds, line.id))}
          />
        ))}
      </fieldset>
      {changed && (
        <Button kind="quiet" small disabled={removing.saving.isPending} onClick={() => removing.saving.mutate(changed)}>
          {t('inboxSettings.remove')}
        </Button>
      )}
    </SavingForm>
  );
}
