import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type ChatwootBridge,
  type ChatwootBridgeInput,
  changeChatwootBridge,
  createChatwootBridge,
  removeChatwootBridge,
} from '../../api/chatwoot';
import { keys } from '../../api/keys';
import { sentenceFor } from '../../api/problems';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Check, SelectField, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import layout from '../../ui/layout.module.css';
import { done, failed } from '../../ui/notices';

interface Props {
  changed: ChatwootBridge | null;
  lines: WhatsAppLine[];
  onClose: () => void;
  /** The address that Chatwoot must know exists from now on. */
  onAdded: (added: ChatwootBridge) => void;
}

const number = (typed: string) => (/^[1-9]\d{0,15}$/.test(typed.trim()) ? Number(typed.trim()) : 0);

/** Adds a bridge, or changes, switches off and removes the one given. A secret that is left empty stays as it is. */
export function ChatwootForm({ changed, lines, onClose, onAdded }: Props) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [chosen, setChosen] = useState(changed?.lineId ?? '');
  const [baseUrl, setBaseUrl] = useState(changed?.baseUrl ?? 'https://');
  const [account, setAccount] = useState(changed ? String(changed.accountId) : '');
  const [inbox, setInbox] = useState(changed ? String(changed.inboxId) : '');
  const [token, setToken] = useState('');
  const [secret, setSecret] = useState('');
  const [active, setActive] = useState(changed?.active ?? true);
  const [leaving, setLeaving] = useState(false);
  const lineId = chosen || (lines[0]?.id ?? '');
  const body: ChatwootBridgeInput = {
    lineId,
    baseUrl: baseUrl.trim(),
    accountId: number(account),
    inboxId: number(inbox),
    apiToken: token.trim() || null,
    webhookSecret: secret.trim() || null,
    active,
  };
  const name = lines.find((line) => line.id === lineId)?.name ?? t('chatwoot.line');
  const reread = () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'chatwoot-bridges') });
  const { saving, refused } = useSaving(
    (asked: ChatwootBridgeInput, key) =>
      changed ? changeChatwootBridge(clinic.id, changed, asked) : createChatwootBridge(clinic.id, asked, key),
    (saved) => {
      client.setQueryData<ChatwootBridge[]>(keys.of(clinic.id, 'chatwoot-bridges'), (before) =>
        before && !changed ? [...before, saved] : before,
      );
      reread();
      done(t(changed ? 'settings.changed' : 'settings.added', { name }), t('action.close'));
      if (changed) onClose();
      else onAdded(saved);
    },
  );
  const removal = useMutation({
    mutationFn: (one: ChatwootBridge) => removeChatwootBridge(clinic.id, one),
    onSuccess: () => {
      done(t('chatwoot.removed', { name }), t('action.close'));
      onClose();
    },
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: reread,
  });
  const missing = !changed && (!body.apiToken || !body.webhookSecret);
  return (
    <SavingForm
      saving={saving}
      body={body}
      incomplete={!lineId || body.baseUrl.length < 10 || body.accountId === 0 || body.inboxId === 0 || missing}
      onClose={onClose}
    >
      <SelectField
        label={t('chatwoot.line')}
        required
        disabled={changed !== null}
        value={lineId}
        onChange={(event) => setChosen(event.target.value)}
        error={refused.lineId}
      >
        {lines.map((line) => (
          <option key={line.id} value={line.id}>
            {line.name}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('chatwoot.baseUrl')}
        hint={t('chatwoot.baseUrlHint')}
        type="url"
        inputMode="url"
        required
        maxLength={500}
        data-autofocus
        value={baseUrl}
        onChange={(event) => setBaseUrl(event.target.value)}
        error={refused.baseUrl}
      />
      <TextField
        label={t('chatwoot.account')}
        inputMode="numeric"
        required
        maxLength={15}
        value={account}
        onChange={(event) => setAccount(event.target.value)}
        error={refused.accountId}
      />
      <TextField
        label={t('chatwoot.inbox')}
        hint={t('chatwoot.inboxHint')}
        inputMode="numeric"
        required
        maxLength={15}
        value={inbox}
        onChange={(event) => setInbox(event.target.value)}
        error={refused.inboxId}
      />
      <TextField
        label={t('chatwoot.token')}
        hint={t(changed ? 'chatwoot.kept' : 'chatwoot.tokenHint')}
        type="password"
        autoComplete="new-password"
        required={!changed}
        maxLength={500}
        value={token}
        onChange={(event) => setToken(event.target.value)}
        error={refused.apiToken}
      />
      <TextField
        label={t('chatwoot.secret')}
        hint={t(changed ? 'chatwoot.kept' : 'chatwoot.secretHint')}
        type="password"
        autoComplete="new-password"
        required={!changed}
        maxLength={500}
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
        error={refused.webhookSecret}
      />
      <Check
        type="checkbox"
        checked={active}
        onChange={(event) => setActive(event.target.checked)}
        label={t('chatwoot.active')}
        hint={t('chatwoot.activeHint')}
      />
      {changed && (
        <div className={layout.row}>
          {leaving ? (
            <>
              <span>{t('chatwoot.removeSure', { name })}</span>
              <Button kind="danger" small type="button" disabled={removal.isPending} onClick={() => removal.mutate(changed)}>
                {t('chatwoot.remove')}
              </Button>
              <Button small type="button" onClick={() => setLeaving(false)}>
                {t('action.cancel')}
              </Button>
            </>
          ) : (
            <Button kind="quiet" small type="button" onClick={() => setLeaving(true)}>
              {t('chatwoot.remove')}
            </Button>
          )}
        </div>
      )}
    </SavingForm>
  );
}
