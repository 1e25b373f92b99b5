import { IconCalendarPlus, IconCircleCheck, IconHourglass, IconLink, IconTag, IconUnlink, IconUserPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import type { Conversation } from '../../api/conversations';
import * as inbox from '../../api/conversations';
import { allows, may } from '../../api/may';
import { patientQuery, patientVisitsQuery } from '../../api/queries';
import type { Appointment, Patient } from '../../api/types';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { to } from '../../app/paths';
import { useVisitChanges } from '../../app/visitChanges';
import { todayIn } from '../../time/clinicTime';
import { ageOn, moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Segments, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { VisitStatus } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { FlowsBeside } from '../flows/FlowsBeside';
import { AddMember } from '../patients/AddMember';
import { PatientForm } from '../patients/PatientForm';
import { AssistantBeside } from '../settings/AssistantBeside';
import { nameOf } from './names';
import styles from './PatientBeside.module.css';
import { useConversationChange } from './useConversationChange';

/** Who a conversation is with, what comes next, and what can be done about it without leaving it. */
export function PatientBeside({ conversation: one, className }: { conversation: Conversation; className?: string }) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const person = one.patients.find((patient) => patient.id === chosen) ?? one.patients[0];
  return (
    <aside className={clsx(className, styles.beside)} aria-label={t('visit.patient')} data-testid="beside">
      {one.patients.length > 1 && (
        <Segments
          label={t('inbox.whoOfThem')}
          value={person?.id ?? ''}
          onChange={setChosen}
          options={one.patients.map((patient) => ({ value: patient.id, label: patient.displayName }))}
        />
      )}
      {person ? <Card key={person.id} id={person.id} /> : <Unknown conversation={one} />}
      <Labels key={one.id} conversation={one} />
      <Linking conversation={one} />
      <FlowsBeside conversationId={one.id} />
      <AssistantBeside conversationId={one.id} />
    </aside>
  );
}

function Card({ id }: { id: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const now = useNow();
  const patient = useQuery(patientQuery(clinic.id, id)).data;
  const visits = useQuery(patientVisitsQuery(clinic.id, id)).data ?? [];
  const coming = visits.filter((visit) => visit.end > now && visit.status !== 'cancelled').reverse();
  const kept = visits.filter((visit) => visit.status === 'fulfilled').length;
  const missed = visits.filter((visit) => visit.status === 'noshow').length;
  if (!patient) return null;
  return (
    <>
      <div>
        <h2>
          <Link {...to.patient(clinic.alias, patient.id)}>{patient.displayName}</Link>
        </h2>
        {patient.birthDate && (
          <p className={clsx(typography.small, typography.muted)}>
            {t('patients.years', { count: ageOn(patient.birthDate, todayIn(clinic.timeZone)) })}
          </p>
        )}
        {kept + missed > 0 && <p className={clsx(typography.small, typography.muted)}>{t('inbox.came', { kept, of: kept + missed })}</p>}
        {patient.notes && <p className={typography.small}>{patient.notes}</p>}
      </div>
      <section aria-labelledby="next-visits">
        <h3 id="next-visits">{t('inbox.next')}</h3>
        {coming.length === 0 && <p className={clsx(typography.small, typography.muted)}>{t('inbox.noVisits')}</p>}
        {coming.slice(0, 3).map((visit) => (
          <Visit key={visit.id} visit={visit} />
        ))}
        <Booking patient={patient} book={actions.book} wait={actions.wait} />
      </section>
    </>
  );
}

function Booking(props: {
  patient: Patient;
  book: ReturnType<typeof useClinicActions>['book'];
  wait: ReturnType<typeof useClinicActions>['wait'];
}) {
  const { t } = useWords();
  const { patient, book, wait } = props;
  if (!book && !wait) return null;
  return (
    <div className={styles.two}>
      {book && (
        <Button small onClick={() => book({ patient })} data-testid="book">
          <Icon of={IconCalendarPlus} />
          {t('inbox.book')}
        </Button>
      )}
      {wait && (
        <Button small onClick={() => wait({ patient })}>
          <Icon of={IconHourglass} />
          {t('inbox.wait')}
        </Button>
      )}
    </div>
  );
}

function Visit({ visit }: { visit: Appointment }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const changes = useVisitChanges();
  return (
    <div className={styles.visit}>
      <div className={clsx(layout.row, layout.wrap)}>
        <b className={typography.strong}>{moment(visit.start, clinic.timeZone, language)}</b>
        <VisitStatus visit={visit} />
      </div>
      <p className={clsx(typography.small, typography.muted)}>
        {visit.healthcareService.name}, {visit.practitioner.displayName}
      </p>
      <div className={styles.two}>
        {may(clinic, 'note-answer') && allows.noteAnswer(visit) && visit.participation !== 'accepted' && (
          <Button small onClick={() => changes.answer(visit, 'accepted')} data-testid="confirm-visit">
            <Icon of={IconCircleCheck} />
            {t('inbox.confirm')}
          </Button>
        )}
        <Button small onClick={() => actions.show(visit.id)} data-testid="open-visit">
          {t(may(clinic, 'move') ? 'inbox.change' : 'visit.open')}
        </Button>
      </div>
    </div>
  );
}

/** Somebody without a card gets one here. */
function Unknown({ conversation: one }: { conversation: Conversation }) {
  const { t } = useWords();
  const clinic = useClinic();
  const [adding, setAdding] = useState(false);
  return (
    <div>
      <h2>{nameOf(one, t)}</h2>
      <p className={clsx(typography.small, typography.muted)}>
        {t(one.contact.phone ? 'conversations.unknownSender' : 'conversations.noNumber')}
      </p>
      {one.contact.phone && may(clinic, 'edit-patients') && (
        <Button small onClick={() => setAdding(true)} data-testid="add-sender">
          <Icon of={IconUserPlus} />
          {t('patients.new')}
        </Button>
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('patients.new')}>
        <PatientForm
          typed={one.contact.phone ?? ''}
          named={one.contact.name ?? undefined}
          saveLabel={t('patients.save')}
          onCancel={() => setAdding(false)}
          onSaved={() => setAdding(false)}
        />
      </Dialog>
    </div>
  );
}

function Labels({ conversation: one }: { conversation: Conversation }) {
  const { t } = useWords();
  const clinic = useClinic();
  const change = useConversationChange(one);
  const known = useQuery(inbox.labelsQuery(clinic.id)).data ?? [];
  const [typed, setTyped] = useState('');
  const acts = may(clinic, 'write-messages');
  const put = (labels: string[]) => change.mutate((seen) => inbox.sortConversation(clinic.id, seen, { priority: seen.priority, labels }));
  if (!acts && one.labels.length === 0) return null;
  return (
    <section aria-labelledby="labels">
      <h3 id="labels">{t('inbox.labels')}</h3>
      <div className={clsx(layout.row, layout.wrap)}>
        {one.labels.map((label) =>
          acts ? (
            <Button
              key={label}
              small
              disabled={change.isPending}
              onClick={() => put(one.labels.filter((each) => each !== label))}
              aria-label={t('inbox.removeLabel', { label })}
            >
              <Icon of={IconTag} small />
              {label}
              <Icon of={IconX} small />
            </Button>
          ) : (
            <span key={label} className={typography.small}>
              {label}
            </span>
          ),
        )}
      </div>
      {acts && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const label = typed.trim();
            if (label && !one.labels.includes(label)) put([...one.labels, label]);
            setTyped('');
          }}
        >
          <TextField
            label={t('inbox.addLabel')}
            list="known-labels"
            maxLength={40}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            data-testid="label"
          />
          <datalist id="known-labels">
            {known.map((label) => (
              <option key={label} value={label} />
            ))}
          </datalist>
        </form>
      )}
    </section>
  );
}

/** Which patient it is, where the number does not say it or says it wrongly. */
function Linking({ conversation: one }: { conversation: Conversation }) {
  const { t } = useWords();
  const clinic = useClinic();
  const change = useConversationChange(one);
  const [searching, setSearching] = useState(false);
  if (!may(clinic, 'edit-patients')) return null;
  if (one.linked) {
    return (
      <Button
        kind="quiet"
        small
        disabled={change.isPending}
        onClick={() => change.mutate((seen) => inbox.unlinkConversation(clinic.id, seen))}
        data-testid="unlink"
      >
        <Icon of={IconUnlink} />
        {t('inbox.unlink')}
      </Button>
    );
  }
  return (
    <>
      <Button kind="quiet" small onClick={() => setSearching(true)} data-testid="link">
        <Icon of={IconLink} />
        {t('inbox.link')}
      </Button>
      <Dialog opened={searching} onClose={() => setSearching(false)} title={t('inbox.link')} under={nameOf(one, t)}>
        <AddMember
          known={[]}
          phone={null}
          onAdd={(patient) => {
            setSearching(false);
            change.mutate((seen) => inbox.linkConversation(clinic.id, seen, patient.id));
          }}
        />
      </Dialog>
    </>
  );
}
