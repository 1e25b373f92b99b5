import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type AssistantFact,
  type AssistantFactInput,
  changeAssistantFact,
  createAssistantFact,
  deleteAssistantFact,
} from '../../api/assistant';
import { keys } from '../../api/keys';
import { sentenceFor } from '../../api/problems';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { TextArea, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import layout from '../../ui/layout.module.css';
import { done, failed } from '../../ui/notices';

const languages = ['es', 'en', 'pt'] as const;

/** Adds something that the assistant may tell, or changes and removes the one given. */
export function AssistantFactForm({ changed, onClose }: { changed: AssistantFact | null; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [fact, setFact] = useState<AssistantFactInput>({
    title: changed?.title ?? '',
    texts: changed?.texts ?? { es: '', en: '', pt: '' },
  });
  const reread = () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'assistant') });
  const { es, en, pt } = fact.texts;
  const told = Boolean(es.trim() || en.trim() || pt.trim());
  const body = { title: fact.title.trim(), texts: { es: es.trim(), en: en.trim(), pt: pt.trim() } };
  const { saving, refused } = useSaving(
    (asked: AssistantFactInput, key) =>
      changed ? changeAssistantFact(clinic.id, changed, asked) : createAssistantFact(clinic.id, asked, key),
    (saved) => {
      reread();
      done(t(changed ? 'settings.changed' : 'settings.added', { name: saved.title }), t('action.close'));
      onClose();
    },
  );
  const removal = useMutation({
    mutationFn: (one: AssistantFact) => deleteAssistantFact(clinic.id, one),
    onSuccess: (_, one) => {
      done(t('assistant.factRemoved', { name: one.title }), t('action.close'));
      onClose();
    },
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: reread,
  });
  return (
    <SavingForm saving={saving} body={body} incomplete={!body.title || !told} onClose={onClose}>
      <TextField
        label={t('assistant.factTitle')}
        hint={t('assistant.factTitleHint')}
        required
        maxLength={120}
        data-autofocus
        value={fact.title}
        onChange={(event) => setFact({ ...fact, title: event.target.value })}
        error={refused.title}
      />
      {languages.map((one, at) => (
        <TextArea
          key={one}
          label={t(`assistant.factText.${one}`)}
          hint={at === 0 ? t('assistant.factTextHint') : undefined}
          rows={3}
          maxLength={1500}
          value={fact.texts[one]}
          onChange={(event) => setFact({ ...fact, texts: { ...fact.texts, [one]: event.target.value } })}
          error={refused[`texts.${one}`] ?? (at === 0 ? refused.texts : undefined)}
        />
      ))}
      {changed && (
        <div className={layout.row}>
          <Button kind="quiet" small type="button" disabled={removal.isPending} onClick={() => removal.mutate(changed)}>
            {t('assistant.removeFact')}
          </Button>
        </div>
      )}
    </SavingForm>
  );
}
