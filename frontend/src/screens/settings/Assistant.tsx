import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import {
  type AssistantFact,
  type AssistantFactTexts,
  type AssistantSettings,
  type AssistantSettingsChange,
  assistantFactsQuery,
  assistantSettingsQuery,
  changeAssistantSettings,
} from '../../api/assistant';
import { keys } from '../../api/keys';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Check, SelectField, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { done } from '../../ui/notices';
import { Empty, LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { AssistantFactForm } from './AssistantFactForm';
import { AssistantFactImportForm } from './AssistantFactImportForm';
import { AssistantTurns } from './AssistantTurns';
import settings from './settings.module.css';

const providers = ['openai-compatible', 'gemini', 'anthropic'] as const;

/** Whose protocol has judgements of messages. */
const judges = (provider: (typeof providers)[number]): boolean => provider === 'openai-compatible';

/** A language model that answers patients: how it is reached, what it may tell, what it did. */
export function Assistant() {
  const { t } = useWords();
  const clinic = useClinic();
  const current = useQuery(assistantSettingsQuery(clinic.id));
  const [open, setOpen] = useState(false);
  if (current.isPending) return <Skeleton rows={4} />;
  if (current.isLoadingError) {
    return <LoadError error={current.error} title={t('settings.error')} retry={() => void current.refetch()} />;
  }
  const shown = current.data;
  return (
    <div className={settings.list}>
      <Section title={t('assistant.title')}>
        <span className={layout.end}>
          <Button kind="primary" onClick={() => setOpen(true)} data-testid="assistant-change">
            {t(shown.keyPresent ? 'assistant.change' : 'assistant.setUp')}
          </Button>
        </span>
      </Section>
      <p className={clsx(typography.small, typography.muted)}>{t('assistant.hint')}</p>
      <p className={layout.row} data-testid="assistant-state">
        <StatusLabel tone={shown.active ? 'ok' : 'mute'}>{t(shown.active ? 'assistant.on' : 'assistant.off')}</StatusLabel>
        {shown.model && <span className={typography.small}>{shown.model}</span>}
      </p>
      <div className={settings.below}>
        <Facts />
      </div>
      <div className={settings.below}>
        <AssistantTurns />
      </div>
      <Dialog opened={open} onClose={() => setOpen(false)} title={t('assistant.setUp')}>
        {open && <SettingsForm shown={shown} onClose={() => setOpen(false)} />}
      </Dialog>
    </div>
  );
}

function SettingsForm({ shown, onClose }: { shown: AssistantSettings; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [body, setBody] = useState<AssistantSettingsChange>({
    active: shown.active,
    provider: shown.provider,
    baseUrl: shown.baseUrl,
    model: shown.model,
    apiKey: null,
    inputPrice: shown.inputPrice,
    outputPrice: shown.outputPrice,
    dailyCeiling: shown.dailyCeiling,
    lineMinute: shown.lineMinute,
    lineDay: shown.lineDay,
    moderationModel: shown.moderationModel,
  });
  const set = (change: Partial<AssistantSettingsChange>) => setBody((before) => ({ ...before, ...change }));
  const { saving, refused } = useSaving(
    (asked: AssistantSettingsChange) => changeAssistantSettings(clinic.id, shown.version, asked),
    () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'assistant') });
      done(t('assistant.saved'), t('action.close'));
      onClose();
    },
  );
  const cents = ['inputPrice', 'outputPrice', 'dailyCeiling'] as const;
  const limits = ['lineMinute', 'lineDay'] as const;
  return (
    <SavingForm saving={saving} body={body} incomplete={!body.baseUrl || (body.active && !body.model)} onClose={onClose}>
      <SelectField
        label={t('assistant.provider')}
        data-autofocus
        value={body.provider}
        onChange={(event) => {
          const provider = event.target.value as AssistantSettingsChange['provider'];
          set(judges(provider) ? { provider } : { provider, moderationModel: '' });
        }}
      >
        {providers.map((one) => (
          <option key={one} value={one}>
            {t(`assistant.providers.${one}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('assistant.baseUrl')}
        hint={t('assistant.baseUrlHint')}
        type="url"
        required
        maxLength={300}
        value={body.baseUrl}
        onChange={(event) => set({ baseUrl: event.target.value.trim() })}
        error={refused.baseUrl}
      />
      <TextField
        label={t('assistant.model')}
        maxLength={100}
        value={body.model}
        onChange={(event) => set({ model: event.target.value })}
        error={refused.model}
      />
      {judges(body.provider) && (
        <TextField
          label={t('assistant.moderationModel')}
          hint={t('assistant.moderationHint')}
          placeholder="omni-moderation-latest"
          maxLength={100}
          value={body.moderationModel ?? ''}
          onChange={(event) => set({ moderationModel: event.target.value })}
          error={refused.moderationModel}
        />
      )}
      <TextField
        label={t('assistant.apiKey')}
        hint={t(shown.keyPresent ? 'assistant.apiKeyKept' : 'assistant.apiKeyHint')}
        type="password"
        autoComplete="off"
        maxLength={500}
        value={body.apiKey ?? ''}
        onChange={(event) => set({ apiKey: event.target.value || null })}
        error={refused.apiKey}
      />
      {cents.map((name) => (
        <TextField
          key={name}
          label={t(`assistant.${name}`)}
          hint={t('assistant.cents')}
          type="number"
          inputMode="numeric"
          min={name === 'dailyCeiling' ? 1 : 0}
          max={100_000}
          required
          value={body[name]}
          onChange={(event) => set({ [name]: Number(event.target.value) })}
          error={refused[name]}
        />
      ))}
      {limits.map((name) => (
        <TextField
          key={name}
          label={t(`assistant.${name}`)}
          hint={t('assistant.lineHint')}
          type="number"
          inputMode="numeric"
          min={1}
          max={name === 'lineMinute' ? 1000 : 100_000}
          required
          value={body[name]}
          onChange={(event) => set({ [name]: Number(event.target.value) })}
          error={refused[name]}
        />
      ))}
      <Check
        type="checkbox"
        checked={body.active}
        onChange={(event) => set({ active: event.target.checked })}
        label={t('assistant.active')}
        hint={t('assistant.activeHint')}
      />
    </SavingForm>
  );
}

/** In the language of whoever looks, or in one that somebody wrote. */
const told = (texts: AssistantFactTexts, language: string): string =>
  texts[language === 'pt-BR' ? 'pt' : language === 'en' ? 'en' : 'es'] || texts.es || texts.en || texts.pt;

function Facts() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const facts = useQuery(assistantFactsQuery(clinic.id));
  const [open, setOpen] = useState<{ fact: AssistantFact | null } | null>(null);
  const [importing, setImporting] = useState(false);
  const close = () => setOpen(null);
  const button = (
    <>
      <Button onClick={() => setImporting(true)} data-testid="import-facts">
        {t('assistant.importFacts')}
      </Button>
      <Button onClick={() => setOpen({ fact: null })} data-testid="new-fact">
        <Icon of={IconPlus} />
        {t('assistant.addFact')}
      </Button>
    </>
  );
  return (
    <>
      <Section title={t('assistant.facts')}>{facts.data && facts.data.length > 0 && <span className={layout.end}>{button}</span>}</Section>
      {facts.isPending ? (
        <Skeleton rows={3} />
      ) : facts.isLoadingError ? (
        <LoadError error={facts.error} title={t('settings.error')} retry={() => void facts.refetch()} />
      ) : facts.data.length === 0 ? (
        <Empty small title={t('assistant.noFacts')} text={t('assistant.noFactsText')}>
          {button}
        </Empty>
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)} data-testid="facts">
          {facts.data.map((fact) => (
            <li key={fact.id} className={settings.row}>
              <b className={typography.strong}>{fact.title}</b>
              <span className={clsx(typography.small, typography.muted)}>{told(fact.texts, language)}</span>
              <span className={clsx(layout.row, settings.rowEnd)}>
                <Button kind="quiet" small onClick={() => setOpen({ fact })} aria-label={t('settings.changeName', { name: fact.title })}>
                  {t('settings.change')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <Dialog opened={open !== null} onClose={close} title={t(open?.fact ? 'assistant.changeFact' : 'assistant.addFact')}>
        {open && <AssistantFactForm changed={open.fact} onClose={close} />}
      </Dialog>
      <Dialog opened={importing} onClose={() => setImporting(false)} title={t('assistant.importFacts')}>
        {importing && <AssistantFactImportForm onClose={() => setImporting(false)} />}
      </Dialog>
    </>
  );
}
