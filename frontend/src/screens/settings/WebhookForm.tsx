import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { changeWebhookEndpoint, createWebhookEndpoint, removeWebhookEndpoint } from '../../api/actions';
import { keys } from '../../api/keys';
import { sentenceFor } from '../../api/problems';
import type { WebhookEndpoint, WebhookEndpointInput, WebhookEventType } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Check, Segments, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import fields from '../../ui/fields.module.css';
import layout from '../../ui/layout.module.css';
import { done, failed } from '../../ui/notices';
import { eventTypes, eventWord } from './webhookWords';

/** Adds an endpoint, or changes, pauses and removes the one given. */
export function WebhookForm({ changed, onClose }: { changed: WebhookEndpoint | null; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [endpoint, setEndpoint] = useState<WebhookEndpointInput>({
    url: changed?.url ?? 'https://',
    description: changed?.description ?? '',
    eventTypes: changed?.eventTypes ?? [],
    active: changed ? changed.state === 'active' : true,
    asymmetric: changed ? changed.publicKey !== null : false,
  });
  const [about, setAbout] = useState<'all' | 'some'>(endpoint.eventTypes.length === 0 ? 'all' : 'some');
  const [leaving, setLeaving] = useState(false);
  const set = (change: Partial<WebhookEndpointInput>) => setEndpoint((before) => ({ ...before, ...change }));
  const body = {
    ...endpoint,
    url: endpoint.url.trim(),
    description: endpoint.description.trim(),
    eventTypes: about === 'all' ? [] : endpoint.eventTypes,
  };
  const reread = () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'webhook-endpoints') });
  const { saving, refused } = useSaving(
    (asked: WebhookEndpointInput, key) =>
      changed ? changeWebhookEndpoint(clinic.id, changed, asked) : createWebhookEndpoint(clinic.id, asked, key),
    (saved) => {
      reread();
      done(t(changed ? 'settings.changed' : 'settings.added', { name: saved.description }), t('action.close'));
      onClose();
    },
  );
  const removal = useMutation({
    mutationFn: (one: WebhookEndpoint) => removeWebhookEndpoint(clinic.id, one),
    onSuccess: (_, one) => {
      done(t('webhooks.removed', { name: one.description }), t('action.close'));
      onClose();
    },
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: reread,
  });
  const toggle = (type: WebhookEventType, on: boolean) =>
    set({ eventTypes: eventTypes.filter((one) => (one === type ? on : endpoint.eventTypes.includes(one))) });
  return (
    <SavingForm
      saving={saving}
      body={body}
      incomplete={!body.description || body.url.length < 10 || (about === 'some' && body.eventTypes.length === 0)}
      onClose={onClose}
    >
      {changed?.cause && <p role="alert">{t(`webhooks.cause.${changed.cause}`)}</p>}
      <TextField
        label={t('webhooks.description')}
        hint={t('webhooks.descriptionHint')}
        required
        maxLength={100}
        data-autofocus
        value={endpoint.description}
        onChange={(event) => set({ description: event.target.value })}
        error={refused.description}
      />
      <TextField
        label={t('webhooks.url')}
        hint={t('webhooks.urlHint')}
        type="url"
        inputMode="url"
        required
        maxLength={2000}
        value={endpoint.url}
        onChange={(event) => set({ url: event.target.value })}
        error={refused.url}
      />
      <Segments
        label={t('webhooks.about')}
        value={about}
        onChange={setAbout}
        options={[
          { value: 'all', label: t('webhooks.all') },
          { value: 'some', label: t('webhooks.some') },
        ]}
      />
      {about === 'some' && (
        <fieldset className={fields.choices}>
          <legend className={layout.visuallyHidden}>{t('webhooks.about')}</legend>
          {eventTypes.map((type) => (
            <Check
              key={type}
              type="checkbox"
              checked={endpoint.eventTypes.includes(type)}
              onChange={(event) => toggle(type, event.target.checked)}
              label={t(eventWord(type))}
            />
          ))}
        </fieldset>
      )}
      <Check
        type="checkbox"
        checked={endpoint.asymmetric === true}
        onChange={(event) => set({ asymmetric: event.target.checked })}
        label={t('webhooks.asymmetric')}
        hint={t('webhooks.asymmetricHint')}
      />
      {changed && (
        <>
          <Check
            type="checkbox"
            checked={endpoint.active}
            onChange={(event) => set({ active: event.target.checked })}
            label={t('webhooks.active')}
            hint={t('webhooks.activeHint')}
          />
          <div className={clsx(layout.row)}>
            {leaving ? (
              <>
                <span>{t('webhooks.removeSure', { name: changed.description })}</span>
                <Button kind="danger" small type="button" disabled={removal.isPending} onClick={() => removal.mutate(changed)}>
                  {t('webhooks.remove')}
                </Button>
                <Button small type="button" onClick={() => setLeaving(false)}>
                  {t('action.cancel')}
                </Button>
              </>
            ) : (
              <Button kind="quiet" small type="button" onClick={() => setLeaving(true)}>
                {t('webhooks.remove')}
              </Button>
            )}
          </div>
        </>
      )}
    </SavingForm>
  );
}
