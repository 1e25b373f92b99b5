import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { announcedQuery, announceMaintenance } from '../../api/maintenance';
import { useWords } from '../../app/clinic';
import { addDays, instantAt, minuteOfTime, todayIn } from '../../time/clinicTime';
import { TextArea, TextField, TimeField } from '../../ui/Field';
import { SavingForm, useSaving } from '../../ui/Form';
import forms from '../../ui/forms.module.css';
import { done } from '../../ui/notices';
import { ownZone } from './ownZone';

const LONGEST = 300;

const TEXTS = [
  { field: 'es', lang: 'es' },
  { field: 'en', lang: 'en' },
  { field: 'pt', lang: 'pt-BR' },
] as const;

/** From when to when, and what will be noticed, in the three languages of the console. */
export function MaintenanceForm({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const zone = ownZone();
  const [draft, setDraft] = useState({ date: addDays(todayIn(zone), 1), from: '', until: '', es: '', en: '', pt: '' });
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const { saving, refused } = useSaving(announceMaintenance, () => {
    void client.invalidateQueries({ queryKey: announcedQuery.queryKey });
    done(t('maintenance.announced'), t('action.close'));
    onClose();
  });
  const incomplete = !draft.date || !draft.from || !draft.until || !draft.es.trim() || !draft.en.trim() || !draft.pt.trim();
  // Whoever writes an end before the beginning means the day after: such work is done at night.
  const endDay = draft.until && draft.from && draft.until <= draft.from ? addDays(draft.date, 1) : draft.date;
  return (
    <SavingForm
      saving={saving}
      body={{
        beginsAt: incomplete ? '' : instantAt(draft.date, minuteOfTime(draft.from), zone),
        endsAt: incomplete ? '' : instantAt(endDay, minuteOfTime(draft.until), zone),
        text: { es: draft.es.trim(), en: draft.en.trim(), pt: draft.pt.trim() },
      }}
      submit={t('maintenance.announce')}
      incomplete={incomplete}
      onClose={onClose}
    >
      <TextField
        label={t('maintenance.day')}
        type="date"
        required
        data-autofocus
        value={draft.date}
        onChange={(event) => set({ date: event.target.value })}
        error={refused.beginsAt}
      />
      <div className={forms.columns}>
        <TimeField label={t('maintenance.from')} required value={draft.from} onValue={(from) => set({ from })} />
        <TimeField label={t('maintenance.to')} required value={draft.until} onValue={(until) => set({ until })} error={refused.endsAt} />
      </div>
      {TEXTS.map(({ field, lang }) => (
        <TextArea
          key={field}
          label={t(`maintenance.${field}`)}
          lang={lang}
          required
          maxLength={LONGEST}
          value={draft[field]}
          onChange={(event) => set({ [field]: event.target.value })}
          error={refused[`text.${field}`]}
        />
      ))}
    </SavingForm>
  );
}
