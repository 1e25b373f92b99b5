import {
  IconArchive,
  IconArchiveOff,
  IconBellOff,
  IconCalendarPlus,
  IconMessageCheck,
  IconPencil,
  IconPhone,
  IconSend,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import clsx from 'clsx';
import { Fragment, useState } from 'react';
import { updatePatient } from '../../api/actions';
import { keys } from '../../api/keys';
import { isSupport, may } from '../../api/may';
import { hasCode } from '../../api/problems';
import { patientQuery, patientVisitsQuery } from '../../api/queries';
import type { Appointment, Patient } from '../../api/types';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { to } from '../../app/paths';
import { languageNames } from '../../i18n';
import { dateOf, timeOf, todayIn } from '../../time/clinicTime';
import { ageOn, dayMonthYear, shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FormError } from '../../ui/FormError';
import facts from '../../ui/facts.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { Empty, LoadError, PageHead, Section, Skeleton } from '../../ui/Page';
import pageStyles from '../../ui/Page.module.css';
import { phoneText } from '../../ui/phone';
import { StatusLabel, VisitStatus } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { Timeline } from '../agenda/Timeline';
import { CustomFacts } from '../customfields/CustomFacts';
import { WriteDialog } from '../messages/WriteDialog';
import { WaitlistOfPatient } from '../waitlist/OfPatient';
import { Completion } from './Completion';
import { Consents } from './Consents';
import { CoverageFacts } from './CoverageFacts';
import { Family } from './Family';
import { Files } from './Files';
import { Merges } from './merging/Merges';
import { ReplacedPatient } from './merging/ReplacedPatient';
import { ClinicalNotes } from './notes/ClinicalNotes';
import { useLanguageNames } from './OtherLanguages';
import { PatientForm } from './PatientForm';
import styles from './PatientPage.module.css';
import { PhoneList } from './PhoneList';
import { ProofMenu } from './ProofMenu';
import { draftOf, inputOf } from './patientDraft';
import { PatientPrivacy } from './privacy/PatientPrivacy';
import { Restricted } from './privacy/Restricting';

/** One patient: what comes next and its proof, the visits, the phone and what they agreed to. */
export function PatientPage() {
  const { t } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const { id } = useParams({ from: '/c/$clinic/patients/$id' });
  const patient = useQuery(patientQuery(clinic.id, id));
  const [editing, setEditing] = useState(false);
  const [writing, setWriting] = useState(false);
  const crumb = (
    <>
      <Link {...to.patients(clinic.alias)}>{t('nav.patients')}</Link>
    </>
  );
  // Also of a card that is open: somebody merged it meanwhile.
  if (hasCode(patient.error, 'patient-replaced')) {
    return (
      <>
        <PageHead title={t('visit.patient')} above={crumb} />
        <ReplacedPatient error={patient.error} />
      </>
    );
  }
  if (!patient.data) {
    return (
      <>
        <PageHead title={t('visit.patient')} above={crumb} />
        {patient.isLoadingError ? (
          <LoadError error={patient.error} title={t('patients.oneError')} retry={() => void patient.refetch()} />
        ) : (
          <Skeleton rows={8} />
        )}
      </>
    );
  }
  const one = patient.data;
  return (
    <>
      <PageHead
        title={one.displayName}
        // The browser keeps the titles of pages in its history, where no patient belongs.
        tab={t('visit.patient')}
        above={crumb}
        under={[
          one.birthDate && t('patients.years', { count: ageOn(one.birthDate, todayIn(clinic.timeZone)) }),
          t('patients.since', { year: dateOf(one.createdAt, clinic.timeZone).slice(0, 4) }),
        ]
          .filter(Boolean)
          .join(', ')}
      >
        {may(clinic, 'edit-patients') && (
          <Button onClick={() => setEditing(true)}>
            <Icon of={IconPencil} />
            {t('action.edit')}
          </Button>
        )}
        {may(clinic, 'write-messages') && one.phone && one.messaging === 'allowed' && (
          <Button onClick={() => setWriting(true)} data-testid="write">
            <Icon of={IconSend} />
            {t('write.title')}
          </Button>
        )}
        {actions.book && (
          <Button kind="primary" className={pageStyles.grow} onClick={() => actions.book?.({ patient: one })} data-testid="new-appointment">
            <Icon of={IconCalendarPlus} />
            {t('book.new')}
          </Button>
        )}
      </PageHead>
      <Restricted patient={one} />
      <Visits patient={one} />
      <WriteDialog opened={writing} addressee={{ kind: 'patient', id: one.id }} name={one.displayName} onClose={() => setWriting(false)} />
      <Dialog opened={editing} onClose={() => setEditing(false)} title={one.displayName}>
        <PatientForm patient={one} saveLabel={t('action.save')} onCancel={() => setEditing(false)} onSaved={() => setEditing(false)} />
      </Dialog>
    </>
  );
}

function Visits({ patient }: { patient: Patient }) {
  const { t } = useWords();
  const clinic = useClinic();
  const now = useNow();
  const visits = useQuery(patientVisitsQuery(clinic.id, patient.id));
  const upcoming = (visits.data ?? []).filter((visit) => visit.end > now).reverse();
  const earlier = (visits.data ?? []).filter((visit) => !upcoming.includes(visit));
  const holds = (visit: Appointment) => visit.status !== 'cancelled';
  const proof = upcoming.find(holds) ?? earlier.find(holds) ?? upcoming[0] ?? earlier[0] ?? null;
  const kept = earlier.filter((visit) => visit.status === 'fulfilled').length;
  const counted = earlier.filter((visit) => visit.status === 'fulfilled' || visit.status === 'noshow').length;
  return (
    <div className={styles.page}>
      <section data-testid="patient-card">
        <Card patient={patient} />
        <Consents patient={patient} />
      </section>
      <section className={styles.proof} data-testid="patient-proof">
        <Section title={t('patients.proof')} />
        {visits.isPending ? (
          <Skeleton rows={5} />
        ) : visits.isLoadingError ? (
          <LoadError error={visits.error} title={t('patients.visitsError')} retry={() => void visits.refetch()} />
        ) : proof ? (
          <>
            <ProofHead visit={proof} patientId={patient.id} />
            <Timeline visit={proof} />
          </>
        ) : (
          <Empty small title={t('patients.noVisits')} text={t('patients.noVisitsText')} />
        )}
        {!isSupport(clinic) && <ClinicalNotes patient={patient} />}
      </section>
      <section className={styles.visits}>
        <Section title={t('patients.upcoming')} />
        {visits.isSuccess && upcoming.length === 0 && (
          <p className={clsx(typography.small, typography.muted)}>{t('patients.noUpcoming')}</p>
        )}
        <ul>
          {upcoming.map((visit) => (
            <VisitLine key={visit.id} visit={visit} />
          ))}
        </ul>
        <WaitlistOfPatient patient={patient} />
        {earlier.length > 0 && (
          <>
            <Section title={t('patients.earlier')}>
              {counted > 0 && (
                <span className={clsx(typography.small, typography.muted, layout.end)}>{t('patients.kept', { kept, count: counted })}</span>
              )}
            </Section>
            <ul>
              {earlier.map((visit) => (
                <VisitLine key={visit.id} visit={visit} past />
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

function ProofHead({ visit, patientId }: { visit: Appointment; patientId: string }) {
  const { language } = useWords();
  const clinic = useClinic();
  return (
    <div className={clsx(layout.row, layout.wrap, styles.proofHead)}>
      <div className={layout.fill}>
        <b className={typography.strong}>
          {shortDate(dateOf(visit.start, clinic.timeZone), language)}, {timeOf(visit.start, clinic.timeZone)}
        </b>{' '}
        <span className={typography.muted}>{visit.healthcareService.name}</span>
        <div className={clsx(typography.small, typography.muted)}>{visit.practitioner.displayName}</div>
      </div>
      <span className={clsx(layout.row, layout.end)}>
        <VisitStatus visit={visit} bare={false} />
        {may(clinic, 'write-messages') && <ProofMenu appointmentId={visit.id} patientId={patientId} />}
      </span>
    </div>
  );
}

function VisitLine({ visit, past }: { visit: Appointment; past?: boolean }) {
  const { language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const date = dateOf(visit.start, clinic.timeZone);
  return (
    <li className={styles.visit}>
      <div className={clsx(layout.row, layout.wrap)}>
        <button type="button" className={styles.visitName} onClick={() => actions.show(visit.id)} data-testid={`appointment-${visit.id}`}>
          {past ? dayMonthYear(date, language) : `${shortDate(date, language)}, ${timeOf(visit.start, clinic.timeZone)}`}
        </button>
        <span className={layout.end}>
          <VisitStatus visit={visit} {...(past ? { bare: true } : {})} />
        </span>
      </div>
      <p className={clsx(typography.small, typography.muted)}>
        {visit.healthcareService.name}, {visit.practitioner.displayName}
      </p>
    </li>
  );
}

/** What the texts of each language tell people to write. */
const stopWord = { es: 'BAJA', en: 'STOP', 'pt-BR': 'SAIR' };

function Card({ patient }: { patient: Patient }) {
  const { t, language } = useWords();
  const languageName = useLanguageNames();
  const clinic = useClinic();
  const restricted = patient.restrictedAt !== null;
  const out = patient.messaging === 'opted-out' || restricted;
  return (
    <>
      <Section title={t('visit.phone')} />
      <div className={styles.phone} data-testid="patient-reach">
        {patient.phone ? (
          <a className={clsx(typography.strong, typography.nowrap)} href={`tel:${patient.phone}`}>
            <Icon of={IconPhone} small /> {phoneText(patient.phone)}
          </a>
        ) : (
          <span className={typography.muted}>{t('visit.noPhone')}</span>
        )}
        <span className={clsx(typography.small, typography.muted, styles.phoneUse)}>
          {t(!patient.phone ? 'patients.phoneMissing' : out ? 'patients.phoneQuiet' : 'patients.phoneUse')}
        </span>
      </div>
      <PhoneList patient={patient} />
      <div className={styles.section}>
        <Section title={t('patients.messaging')} />
        <div className={styles.consent}>
          <StatusLabel tone={out ? 'no' : patient.phone ? 'ok' : 'mute'} icon={out || !patient.phone ? IconBellOff : IconMessageCheck}>
            {t(!patient.phone ? 'patients.unreachable' : out ? 'patients.opted-out' : 'patients.allowed')}
          </StatusLabel>
          <p className={clsx(typography.small, typography.muted, typography.remark)}>
            {restricted
              ? t('privacy.restrictedHint')
              : out && patient.optedOutAt
                ? t('patients.optedOutAt', { date: dayMonthYear(dateOf(patient.optedOutAt, clinic.timeZone), language) })
                : t(out ? 'patients.optedOutHint' : patient.phone ? 'patients.allowedHint' : 'patients.phoneMissing', {
                    word: stopWord[patient.language],
                  })}
          </p>
          {patient.marketing === 'opted-out' && (
            <p className={clsx(typography.small, typography.muted, typography.remark)}>{t('patients.marketingStopped')}</p>
          )}
        </div>
      </div>
      <div className={styles.section}>
        <Section title={t('patients.details')} />
        <dl className={facts.facts}>
          <dt>{t('patients.birthDate')}</dt>
          <dd>{patient.birthDate ? dayMonthYear(patient.birthDate, language) : '—'}</dd>
          {patient.identifiers.map((paper) => (
            <Fragment key={paper.kind}>
              <dt>{t(`person.kind.${paper.kind}`)}</dt>
              <dd>{paper.formatted}</dd>
            </Fragment>
          ))}
          {patient.gender && (
            <>
              <dt>{t('person.gender')}</dt>
              <dd>{t(`person.gender-${patient.gender}`)}</dd>
            </>
          )}
          {patient.email && (
            <>
              <dt>{t('person.email')}</dt>
              <dd>
                <a href={`mailto:${patient.email}`}>{patient.email}</a>
              </dd>
            </>
          )}
          <CoverageFacts patient={patient} />
          <dt>{t('patients.language')}</dt>
          <dd>
            {languageNames[patient.language]}
            {patient.otherLanguages.length > 0 && (
              <span className={clsx(typography.small, typography.muted, typography.block)}>
                {t('details.alsoSpeaks')}: {patient.otherLanguages.map(languageName).join(', ')}
              </span>
            )}
          </dd>
          {patient.tags.length > 0 && (
            <>
              <dt>{t('person.tags')}</dt>
              <dd>{patient.tags.join(', ')}</dd>
            </>
          )}
          <CustomFacts subject="patient" values={patient.customFields} />
          {patient.notes && (
            <>
              <dt>{t('patients.notes')}</dt>
              <dd className={typography.preLine}>{patient.notes}</dd>
            </>
          )}
        </dl>
      </div>
      {may(clinic, 'edit-patients') && <Completion patient={patient} />}
      {!isSupport(clinic) && <Family patient={patient} />}
      {!isSupport(clinic) && <Files patient={patient} />}
      {may(clinic, 'merge-patients') && <Merges patient={patient} />}
      {may(clinic, 'note-privacy-requests') && <PatientPrivacy patient={patient} />}
      {may(clinic, 'edit-patients') && <Archiving patient={patient} />}
    </>
  );
}

/** Putting the record away, and taking it back. */
function Archiving({ patient }: { patient: Patient }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const archiving = useMutation({
    mutationFn: ({ seen, archived }: { seen: Patient; archived: boolean }) => {
      // What is written in the clinic's own fields stays, also where one is required by now.
      const { customFields: _, ...written } = inputOf(draftOf(seen, clinic.country));
      return updatePatient(clinic.id, seen, { ...written, messaging: seen.messaging, marketing: seen.marketing, archived });
    },
    onSuccess: (saved, { archived }) => {
      client.setQueryData(patientQuery(clinic.id, saved.id).queryKey, saved);
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'patients') });
      done(t(archived ? 'person.didArchive' : 'person.didRestore'), t('action.close'), {
        label: t('person.undo'),
        run: () => archiving.mutate({ seen: saved, archived: !archived }),
      });
    },
  });
  const archived = patient.archivedAt !== null;
  return (
    <div className={styles.section}>
      <p className={clsx(typography.small, typography.muted, styles.archiving)}>
        {patient.archivedAt
          ? t('person.archivedAt', { date: dayMonthYear(dateOf(patient.archivedAt, clinic.timeZone), language) })
          : t('person.archiveHint')}
      </p>
      <Button
        small
        disabled={archiving.isPending}
        onClick={() => archiving.mutate({ seen: patient, archived: !archived })}
        data-testid="patient-archive"
      >
        <Icon of={archived ? IconArchiveOff : IconArchive} small />
        {t(archived ? 'person.restore' : 'person.archive')}
      </Button>
      {archiving.error ? <FormError error={archiving.error} /> : null}
    </div>
  );
}
