import { IconPencil } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { writeVisitNote } from '../../api/actions';
import { appointmentQuery } from '../../api/agendaQueries';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { fieldSentences, isStale } from '../../api/problems';
import { patchVisit } from '../../api/queries';
import type { Appointment } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useMayStep } from '../../app/own';
import { Button } from '../../ui/Button';
import { Conflict } from '../../ui/Conflict';
import { TextArea } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import facts from '../../ui/facts.module.css';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';

const LONGEST = 500;

/** What the team should know of a visit, and the way to write it; nothing where there is none and nobody may write one. */
export function VisitNote({ visit, onWrite }: { visit: Appointment; onWrite: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const mayStep = useMayStep();
  const mayWrite = may(clinic, 'move') || mayStep(visit, 'check-in');
  if (!visit.note && !mayWrite) return null;
  return (
    <div data-testid="visit-note-shown">
      {visit.note && (
        <dl className={facts.facts}>
          <dt>{t('details.note')}</dt>
          <dd>{visit.note}</dd>
        </dl>
      )}
      {mayWrite && (
        <Button kind="quiet" small onClick={onWrite} data-testid="visit-note">
          <Icon of={IconPencil} small />
          {t(visit.note ? 'details.changeNote' : 'details.writeNote')}
        </Button>
      )}
    </div>
  );
}

/** Writes it. */
export function VisitNoteForm({ visit, onClose }: { visit: Appointment; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  // What the draft was made from: a live refresh behind the form must not change what saving is checked against.
  const [base, setBase] = useState(visit);
  const [note, setNote] = useState(visit.note ?? '');
  const [theirs, setTheirs] = useState<Appointment | null>(null);
  const saving = useMutation({
    mutationFn: (seen: Appointment) => writeVisitNote(clinic.id, seen, note.trim() || null),
    onSuccess: (now) => {
      patchVisit(client, clinic.id, now);
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'timeline', now.id) });
      onClose();
    },
    onError: async (error) => {
      if (!isStale(error)) return;
      const now = await client.fetchQuery({ ...appointmentQuery(clinic.id, base.id), staleTime: 0 });
      // Somebody changed the visit, and not its note: there is nothing to decide about.
      if (now.note === base.note) {
        setBase(now);
        saving.mutate(now);
      } else setTheirs(now);
    },
  });
  if (theirs) {
    return (
      <Conflict
        title={t('details.conflict')}
        differences={[{ label: t('details.note'), mine: note.trim(), theirs: theirs.note ?? '' }]}
        busy={saving.isPending}
        onKeepMine={() => {
          setBase(theirs);
          setTheirs(null);
          saving.mutate(theirs);
        }}
        onTakeTheirs={onClose}
      />
    );
  }
  return (
    <form
      noValidate
      className={forms.form}
      aria-label={t('details.note')}
      data-testid="visit-note-form"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(base);
      }}
    >
      <TextArea
        label={t('details.note')}
        hint={t('details.noteHint')}
        rows={3}
        maxLength={LONGEST}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        error={fieldSentences(saving.error, t).note}
      />
      {saving.error && !isStale(saving.error) ? <FormError error={saving.error} /> : null}
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" disabled={saving.isPending} data-testid="visit-note-save">
          {t('action.save')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
