import { IconNotes, IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import {
  clinicalNoteQuery,
  clinicalNotesQuery,
  correctClinicalNote,
  createClinicalNote,
  notesSummaryQuery,
} from '../../../api/clinicalNotes';
import { keys } from '../../../api/keys';
import { may } from '../../../api/may';
import type { ClinicalNote, ClinicalNoteInput, Patient } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { moment } from '../../../time/format';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { TextArea } from '../../../ui/Field';
import { SavingForm, useSaving } from '../../../ui/Form';
import { Icon } from '../../../ui/Icon';
import layout from '../../../ui/layout.module.css';
import { done } from '../../../ui/notices';
import { LoadError, Section, Skeleton } from '../../../ui/Page';
import typography from '../../../ui/typography.module.css';
import styles from './ClinicalNotes.module.css';

const LONGEST = 4000;

/**
 * What practitioners wrote about a patient: for them alone, opened on purpose because each look is recorded. Everybody else
 * learns that there is something.
 */
export function ClinicalNotes({ patient }: { patient: Patient }) {
  const { t } = useWords();
  const clinic = useClinic();
  const reads = may(clinic, 'clinical-notes');
  const summary = useQuery(notesSummaryQuery(clinic.id, patient.id));
  const [open, setOpen] = useState(false);
  const [writing, setWriting] = useState<ClinicalNote | 'new' | null>(null);
  const count = summary.data?.count ?? 0;
  if (!reads && count === 0) return null;
  return (
    <div className={styles.notes} data-testid="clinical-notes">
      <Section title={t('notes.title')} />
      <p className={clsx(typography.small, typography.muted)}>{reads ? t('notes.hint') : t('notes.exist', { count })}</p>
      {reads && (
        <>
          {open && <Notes patient={patient} onCorrect={setWriting} />}
          <div className={clsx(layout.row, layout.wrap)}>
            {!open && count > 0 && (
              <Button small onClick={() => setOpen(true)} data-testid="notes-open">
                <Icon of={IconNotes} small />
                {t('notes.open', { count })}
              </Button>
            )}
            <Button small onClick={() => setWriting('new')} data-testid="note-write">
              <Icon of={IconPlus} small />
              {t('notes.write')}
            </Button>
          </div>
          <Dialog
            opened={writing !== null}
            onClose={() => setWriting(null)}
            title={t(writing === 'new' ? 'notes.write' : 'notes.correct')}
            under={patient.displayName}
          >
            {writing && (
              <NoteForm
                patient={patient}
                note={writing === 'new' ? null : writing}
                onClose={() => setWriting(null)}
                onSaved={() => setOpen(true)}
              />
            )}
          </Dialog>
        </>
      )}
    </div>
  );
}

function Notes({ patient, onCorrect }: { patient: Patient; onCorrect: (note: ClinicalNote) => void }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const notes = useQuery(clinicalNotesQuery(clinic.id, patient.id));
  if (notes.isPending) return <Skeleton rows={3} />;
  if (notes.isLoadingError) return <LoadError error={notes.error} title={t('notes.error')} retry={() => void notes.refetch()} />;
  return (
    <ul>
      {notes.data?.map((note) => (
        <li key={note.id} className={styles.note}>
          <p className={typography.preLine}>{note.text}</p>
          <div className={clsx(layout.row, layout.wrap, typography.small, typography.muted)}>
            <span className={layout.fill}>
              {note.author}, {moment(note.writtenAt, clinic.timeZone, language)}
            </span>
            <Button kind="link" small onClick={() => onCorrect(note)} aria-label={t('notes.correct')}>
              <Icon of={IconPencil} small />
            </Button>
          </div>
          {note.correctedAt && <Corrected note={note} />}
        </li>
      ))}
    </ul>
  );
}

/** That it said something else, and what, for who wants to know. */
function Corrected({ note }: { note: ClinicalNote }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const [open, setOpen] = useState(false);
  const whole = useQuery({ ...clinicalNoteQuery(clinic.id, note.id), enabled: open });
  return (
    <div className={clsx(typography.small, typography.muted)}>
      {t('notes.corrected', { name: note.correctedBy, when: moment(note.correctedAt ?? note.writtenAt, clinic.timeZone, language) })}{' '}
      {!open && (
        <Button kind="link" onClick={() => setOpen(true)} className={typography.small} data-testid="note-former">
          {t('notes.former')}
        </Button>
      )}
      {open &&
        whole.data?.former?.map((before) => (
          <blockquote key={before.writtenAt} className={clsx(typography.quote, typography.preLine)}>
            {before.text}
            <footer>
              {before.author}, {moment(before.writtenAt, clinic.timeZone, language)}
            </footer>
          </blockquote>
        ))}
    </div>
  );
}

function NoteForm(props: { patient: Patient; note: ClinicalNote | null; onClose: () => void; onSaved: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const { patient, note } = props;
  const [text, setText] = useState(note?.text ?? '');
  const body: ClinicalNoteInput = { patientId: patient.id, text: text.trim() };
  const { saving, refused } = useSaving(
    (said: ClinicalNoteInput, key) => (note ? correctClinicalNote(clinic.id, note, said.text) : createClinicalNote(clinic.id, said, key)),
    () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'clinical-notes') });
      done(t('notes.saved'), t('action.close'));
      props.onSaved();
      props.onClose();
    },
  );
  return (
    <SavingForm saving={saving} body={body} incomplete={!body.text || body.text === note?.text} onClose={props.onClose}>
      <TextArea
        label={t('notes.text')}
        hint={t(note ? 'notes.correctHint' : 'notes.textHint')}
        rows={6}
        maxLength={LONGEST}
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={refused.text}
        data-autofocus
        data-testid="note-text"
      />
    </SavingForm>
  );
}
