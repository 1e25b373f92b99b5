import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { type AssistantFactImport, type AssistantFactImportInput, importAssistantFacts } from '../../api/assistant';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import typography from '../../ui/typography.module.css';

/** UTF-8 where it is, else as spreadsheets on Windows write. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Facts from a spreadsheet: what would become of it is shown first, and only then kept, as a whole. */
export function AssistantFactImportForm({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [csv, setCsv] = useState('');
  const intention = useRef(new Intention());
  const running = useMutation({
    mutationFn: (body: AssistantFactImportInput) => intention.current.carryOut(body, (key) => importAssistantFacts(clinic.id, body, key)),
    onSuccess: (answer: AssistantFactImport) => {
      if (!answer.kept) return;
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'assistant') });
      done(t('assistant.imported', { added: answer.added, changed: answer.changed }), t('action.close'));
      onClose();
    },
  });
  const read = async (file: File | undefined) => {
    running.reset();
    setCsv(file ? await textOf(file) : '');
  };
  const tried = running.data ?? null;
  const ready = tried !== null && tried.troubles.length === 0;
  return (
    <form
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        running.mutate({ csv, dryRun: !ready });
      }}
    >
      <p className={typography.small}>{t('assistant.importHint')}</p>
      <TextField
        label={t('assistant.importFile')}
        type="file"
        accept="text/csv,.csv"
        onChange={(event) => void read(event.target.files?.[0])}
        data-testid="facts-file"
      />
      {tried && (
        <div role="status" data-testid="facts-tried">
          <p>{t('assistant.importWouldBe', { added: tried.added, changed: tried.changed })}</p>
          <ul className={clsx(typography.small, typography.muted)}>
            {tried.troubles.map((trouble) => (
              <li key={`${trouble.line}/${trouble.code}`}>
                {t('assistant.importLine', { line: trouble.line, what: t(`assistant.trouble.${trouble.code}`) })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <FormError error={running.error} />
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" disabled={!csv || running.isPending} data-testid="facts-run">
          {t(ready ? 'assistant.importKeep' : 'assistant.importTry')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
