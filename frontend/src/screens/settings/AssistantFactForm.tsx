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

/** Adds something that the assistant may tell, or changes and removes the one given. */
export function AssistantFactForm({ changed, onClose }: { changed: AssistantFact | null; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [fact, setFact] = useState<AssistantFactInput>({ title: changed?.title ?? '', text: changed?.text ?? '' });
  const reread = () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'assistant') });
  const body = { title: fact.title.trim(), text: fact.text.trim() };
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
    <SavingForm saving={saving} body={body} incomplete={!body.title || !body.text} onClose={onClose}>
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
      <TextArea
        label={t('assistant.factText')}
        hint={t('assistant.factTextHint')}
        required
        rows={5}
        maxLength={1500}
        value={fact.text}
        onChange={(event) => setFact({ ...fact, text: event.target.value })}
        error={refused.text}
      />
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
