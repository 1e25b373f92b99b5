import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeApiClient, createApiClient, revokeApiClient } from '../../api/actions';
import { keys } from '../../api/keys';
import { sentenceFor } from '../../api/problems';
import type { ApiClient, ApiClientInput, ApiClientScope } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { dateOf, instantAt } from '../../time/clinicTime';
import { Button } from '../../ui/Button';
import { Check, TextArea, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import fields from '../../ui/fields.module.css';
import layout from '../../ui/layout.module.css';
import { done, failed } from '../../ui/notices';
import { scopes, scopeWord } from './apiClientWords';

const LAST_MINUTE = 24 * 60 - 1;

interface Props {
  changed: ApiClient | null;
  onClose: () => void;
  onAdded: (added: ApiClient) => void;
}

/** Lets a program call the API, or changes and revokes the one given. */
export function ApiClientForm({ changed, onClose, onAdded }: Props) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [name, setName] = useState(changed?.name ?? '');
  const [chosen, setChosen] = useState<readonly ApiClientScope[]>(changed?.scopes ?? []);
  const [addresses, setAddresses] = useState(changed?.addresses.join('\n') ?? '');
  const [lastDay, setLastDay] = useState(changed?.expiresAt ? dateOf(changed.expiresAt, clinic.timeZone) : '');
  const [leaving, setLeaving] = useState(false);
  const body: ApiClientInput = {
    name: name.trim(),
    scopes: [...chosen],
    addresses: addresses.split(/[\s,]+/).filter(Boolean),
    expiresAt: lastDay ? instantAt(lastDay, LAST_MINUTE, clinic.timeZone) : null,
  };
  const reread = () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'api-clients') });
  const { saving, refused } = useSaving(
    (asked: ApiClientInput, key) => (changed ? changeApiClient(clinic.id, changed, asked) : createApiClient(clinic.id, asked, key)),
    (saved) => {
      reread();
      done(t(changed ? 'settings.changed' : 'settings.added', { name: saved.name }), t('action.close'));
      if (changed) onClose();
      else onAdded(saved);
    },
  );
  const revoke = useMutation({
    mutationFn: (one: ApiClient) => revokeApiClient(clinic.id, one),
    onSuccess: (_, one) => {
      done(t('apiClients.revoked', { name: one.name }), t('action.close'));
      onClose();
    },
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: reread,
  });
  const toggle = (scope: ApiClientScope, on: boolean) => setChosen(scopes.filter((one) => (one === scope ? on : chosen.includes(one))));
  // Addresses are refused one by one, as addresses/0: the sentence stands under all of them.
  const badAddress = Object.entries(refused).find(([field]) => field.startsWith('addresses'))?.[1];
  return (
    <SavingForm saving={saving} body={body} incomplete={!body.name || body.scopes.length === 0} onClose={onClose}>
      <TextField
        label={t('apiClients.name')}
        hint={t('apiClients.nameHint')}
        required
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={refused.name}
      />
      <fieldset className={fields.choices}>
        <legend className={fields.label}>{t('apiClients.scopes')}</legend>
        {scopes.map((scope) => (
          <Check
            key={scope}
            type="checkbox"
            checked={chosen.includes(scope)}
            onChange={(event) => toggle(scope, event.target.checked)}
            label={t(scopeWord(scope))}
          />
        ))}
      </fieldset>
      <TextArea
        label={t('apiClients.addresses')}
        hint={t('apiClients.addressesHint')}
        rows={2}
        value={addresses}
        onChange={(event) => setAddresses(event.target.value)}
        error={badAddress}
      />
      <TextField
        label={t('apiClients.lastDay')}
        hint={t('apiClients.lastDayHint')}
        type="date"
        value={lastDay}
        onChange={(event) => setLastDay(event.target.value)}
        error={refused.expiresAt}
      />
      {changed && (
        <div className={layout.row}>
          {leaving ? (
            <>
              <span>{t('apiClients.revokeSure', { name: changed.name })}</span>
              <Button kind="danger" small type="button" disabled={revoke.isPending} onClick={() => revoke.mutate(changed)}>
                {t('apiClients.revoke')}
              </Button>
              <Button small type="button" onClick={() => setLeaving(false)}>
                {t('action.cancel')}
              </Button>
            </>
          ) : (
            <Button kind="quiet" small type="button" onClick={() => setLeaving(true)}>
              {t('apiClients.revoke')}
            </Button>
          )}
        </div>
      )}
    </SavingForm>
  );
}
