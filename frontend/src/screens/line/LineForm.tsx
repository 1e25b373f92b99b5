import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createLine, type LineSettings, type NewLine, updateLine } from '../../api/lineActions';
import { fieldSentences, isStale } from '../../api/problems';
import { linesQuery } from '../../api/queries';
import type { LineEngine, WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Conflict } from '../../ui/Conflict';
import { Check, TextField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import fields from '../../ui/fields.module.css';
import { done } from '../../ui/notices';
import { offeredEngines, takesCredentials } from './engines';
import { useLineCache } from './useLines';

/** Another line: what the clinic calls it, and how it reaches WhatsApp where there is a choice. */
export function AddLine({ onClose, onAdded }: { onClose: () => void; onAdded: (line: WhatsAppLine) => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const cache = useLineCache();
  const [name, setName] = useState('');
  const [engine, setEngine] = useState<LineEngine>('linked-device');
  const offered = offeredEngines(clinic);
  const { saving, refused } = useSaving(
    (line: NewLine, key) => createLine(clinic.id, line, key),
    (saved) => {
      cache.put(saved);
      done(t('line.added', { name: saved.name }), t('action.close'));
      onAdded(saved);
    },
  );
  return (
    <SavingForm
      saving={saving}
      body={{ name: name.trim(), engine }}
      submit={t(takesCredentials(engine) ? 'line.add' : 'line.andMake')}
      incomplete={!name.trim()}
      onClose={onClose}
    >
      <NameField name={name} setName={setName} error={refused.name} />
      {offered.length > 1 && (
        <fieldset className={fields.choices}>
          <legend className={fields.label}>{t('line.engineTitle')}</legend>
          {offered.map((each) => (
            <Check
              key={each}
              type="radio"
              name="engine"
              checked={engine === each}
              onChange={() => setEngine(each)}
              label={t(`engine.${each}`)}
              hint={t(`engineHint.${each}`)}
            />
          ))}
        </fieldset>
      )}
    </SavingForm>
  );
}

/** What a line is called and how fast it writes. */
export function EditLine({ line, onClose }: { line: WhatsAppLine; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const cache = useLineCache();
  const lines = useQuery({ ...linesQuery(clinic.id), enabled: false });
  // What the person saw: a live refresh behind the dialog must not change what the saving is checked against.
  const [base, setBase] = useState(line);
  const [name, setName] = useState(line.name);
  const [typing, setTyping] = useState(line.typing);
  const [theirs, setTheirs] = useState<WhatsAppLine | null>(null);
  const mine: LineSettings = { name: name.trim(), typing };
  const saving = useMutation({
    mutationFn: ({ seen, settings }: { seen: WhatsAppLine; settings: LineSettings }) => updateLine(clinic.id, seen, settings),
    onSuccess: (saved) => {
      cache.put(saved);
      void cache.refresh();
      done(t('line.saved'), t('action.close'));
      onClose();
    },
    onError: async (error) => {
      if (!isStale(error)) return;
      const now = (await lines.refetch()).data?.find((one) => one.id === line.id);
      if (!now) return;
      // A line also gets a new version when its connection changes, which is nothing to decide about.
      if (now.name === base.name && now.typing === base.typing) saving.mutate({ seen: now, settings: mine });
      else setTheirs(now);
    },
  });
  const refused = fieldSentences(saving.error, t);
  const pace = (one: LineSettings) => t(one.typing ? 'line.paceHuman' : 'line.paceFast');
  const rows: [string, (one: LineSettings) => string][] = [
    [t('line.name'), (one) => one.name],
    [t('line.pace'), pace],
  ];
  return (
    <SavingForm
      saving={{ ...saving, error: isStale(saving.error) ? null : saving.error }}
      body={{ seen: base, settings: mine }}
      incomplete={!mine.name || theirs !== null || (mine.name === base.name && typing === base.typing)}
      onClose={onClose}
    >
      {theirs && (
        <Conflict
          title={t('line.conflict')}
          differences={rows
            .filter(([, of]) => of(mine) !== of(theirs))
            .map(([label, of]) => ({ label, mine: of(mine), theirs: of(theirs) }))}
          busy={saving.isPending}
          onKeepMine={() => {
            setTheirs(null);
            saving.mutate({ seen: theirs, settings: mine });
          }}
          onTakeTheirs={() => {
            setBase(theirs);
            setName(theirs.name);
            setTyping(theirs.typing);
            setTheirs(null);
            saving.reset();
          }}
        />
      )}
      <NameField name={name} setName={setName} error={refused.name} />
      {line.capabilities.typing && (
        <Check
          type="checkbox"
          checked={typing}
          onChange={(event) => setTyping(event.target.checked)}
          label={t('line.typing')}
          hint={t('line.typingHint')}
        />
      )}
    </SavingForm>
  );
}

function NameField({ name, setName, error }: { name: string; setName: (name: string) => void; error: string | undefined }) {
  const { t } = useWords();
  return (
    <TextField
      label={t('line.name')}
      hint={t('line.nameHint')}
      required
      data-autofocus
      data-testid="line-name"
      maxLength={100}
      value={name}
      onChange={(event) => setName(event.target.value)}
      error={error}
    />
  );
}
