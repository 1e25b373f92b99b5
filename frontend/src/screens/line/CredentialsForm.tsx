import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { setCredentials } from '../../api/lineActions';
import { fieldSentences, isStale } from '../../api/problems';
import { credentialsQuery, linesQuery } from '../../api/queries';
import type { CredentialsInput, WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { TextField } from '../../ui/Field';
import { SavingForm } from '../../ui/Form';
import { done } from '../../ui/notices';
import typography from '../../ui/typography.module.css';
import { credentialFields, credentialsName, credentialsOf } from './engines';
import { useLineCache } from './useLines';

/** What the provider gave the clinic. Secrets are written, never read back, and forgotten here with the dialog. */
export function CredentialsForm({ line, onClose, onSaved }: { line: WhatsAppLine; onClose: () => void; onSaved: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const cache = useLineCache();
  const fields = credentialFields[line.engine];
  // The line as it was when the form was opened: a live refresh must not hide that a colleague was faster.
  const [base, setBase] = useState(line);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const saving = useMutation({
    mutationFn: (body: CredentialsInput) => setCredentials(clinic.id, base, body),
    // The sent body is remembered with the mutation; this one must not outlive the dialog.
    gcTime: 0,
    onSuccess: (known) => {
      client.setQueryData(credentialsQuery(clinic.id, line.id).queryKey, known);
      void cache.refresh();
      done(t('provider.saved'), t('action.close'));
      onSaved();
    },
    // Secrets are never shown, so there is nothing to compare: the person is told, and pressing again sends these.
    onError: async (error) => {
      if (!isStale(error)) return;
      const lines = await client.fetchQuery({ ...linesQuery(clinic.id), staleTime: 0 });
      setBase(lines.find((one) => one.id === line.id) ?? line);
    },
  });
  const refused = fieldSentences(saving.error, t);
  return (
    <SavingForm
      saving={saving}
      body={credentialsOf(line.engine, typed)}
      incomplete={fields.some(({ name }) => !typed[name]?.trim())}
      onClose={onClose}
    >
      <p className={clsx(typography.small, typography.muted)}>{t(`provider.where.${line.engine}`)}</p>
      {fields.map(({ name, secret }, index) => (
        <TextField
          key={name}
          label={t(`credential.${name}`)}
          hint={t(`credentialHint.${name}`, { defaultValue: '' }) || undefined}
          type={secret ? 'password' : 'text'}
          // Browsers offer to keep what looks like a sign-in; this is not one.
          autoComplete={secret ? 'new-password' : 'off'}
          spellCheck={false}
          required
          data-autofocus={index === 0 || undefined}
          data-testid={`credential-${name}`}
          value={typed[name] ?? ''}
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
          error={refused[`${credentialsName[line.engine]}.${name}`]}
        />
      ))}
      <p className={clsx(typography.small, typography.muted)}>{t('provider.sealed')}</p>
    </SavingForm>
  );
}
