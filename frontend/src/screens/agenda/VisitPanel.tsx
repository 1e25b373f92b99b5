import {
  IconArrowBackUp,
  IconCalendarTime,
  IconCalendarX,
  IconCash,
  IconCircleCheck,
  IconCircleX,
  IconLock,
  IconPhone,
  IconUserX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useEffect, useRef, useState } from 'react';
import { appointmentQuery, practitionersQuery, servicesQuery } from '../../api/agendaQueries';
import { allows, isSupport, may, nextStep } from '../../api/may';
import type { Appointment } from '../../api/types';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { useMayStep } from '../../app/own';
import { to } from '../../app/paths';
import { useVisitChanges } from '../../app/visitChanges';
import { cityOf, dateOf, offsetLabel, timeOf } from '../../time/clinicTime';
import { longDate, shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import { SidePanel } from '../../ui/Dialog';
import facts from '../../ui/facts.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { moneyText } from '../../ui/money';
import { LoadError, Skeleton } from '../../ui/Page';
import { phoneText } from '../../ui/phone';
import { StatusLabel, VisitStatus, visitState } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { WhoAnswers } from '../patients/WhoAnswers';
import { WhyTold } from '../rules/WhyTold';
import { useLocations } from '../settings/LocationSelect';
import { WhoWaits } from '../waitlist/WhoWaits';
import { CancelForm } from './CancelForm';
import { InsuranceSelect } from './InsuranceSelect';
import { MoveForm } from './MoveForm';
import { NoShowForm } from './NoShowForm';
import { RoomSelect } from './RoomSelect';
import { Timeline } from './Timeline';
import { VisitFields, VisitFieldsForm } from './VisitFields';
import { VisitNote, VisitNoteForm } from './VisitNote';
import styles from './VisitPanel.module.css';

/** One visit: what it is, what can be done with it, and everything that was said about it, live. */
export function VisitPanel({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const visit = useQuery({ ...appointmentQuery(clinic.id, id ?? ''), enabled: id !== null });
  return (
    <SidePanel
      opened={id !== null}
      onClose={onClose}
      title={visit.data?.patient.displayName ?? t('visit.title')}
      under={visit.data?.healthcareService.name}
    >
      {visit.isLoadingError ? (
        <LoadError error={visit.error} title={t('visit.error')} retry={() => void visit.refetch()} />
      ) : visit.data ? (
        <Visit key={visit.data.id} visit={visit.data} />
      ) : (
        <Skeleton rows={6} />
      )}
    </SidePanel>
  );
}

type Form = 'move' | 'cancel' | 'fields' | 'note' | 'no-show';

/** What has the focus where a form opens. */
const firstIn: Record<Form, string> = {
  move: 'form input, form button',
  cancel: 'form input, form button',
  fields: 'form input, form select',
  note: 'form textarea',
  'no-show': 'form select',
};

function Visit({ visit }: { visit: Appointment }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const changes = useVisitChanges();
  const now = useNow();
  const practitioners = useQuery(practitionersQuery(clinic.id));
  const { several } = useLocations();
  const services = useQuery(servicesQuery(clinic.id));
  const link = services.data?.find((one) => one.id === visit.healthcareService.id)?.telehealthLink;
  const [form, setForm] = useState<Form | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const opened = useRef(form);
  // Where a form opens its first input has the focus, where it ends the button that opened it; a cancelled visit has its undo.
  useEffect(() => {
    const before = opened.current;
    opened.current = form;
    if (form === before) return;
    const wanted = form ? firstIn[form] : `[data-testid="visit-${before}"], [data-testid="visit-reinstate"]`;
    (body.current?.querySelector<HTMLElement>(wanted) ?? body.current)?.focus();
  }, [form]);
  const mayPay = may(clinic, 'move');
  const mayRoom = mayPay && ['pending', 'booked', 'arrived', 'checked-in'].includes(visit.status);
  const step = nextStep(visit);
  const mayStep = useMayStep();
  const declined = visitState(visit) === 'no';
  const noting = may(clinic, 'note-answer') && allows.noteAnswer(visit);
  const zone = clinic.timeZone;
  // Whoever said that they cannot come needs another time first; they may still turn up.
  const arriving = step && mayStep(visit, step) && (
    <Button kind={declined ? undefined : 'primary'} onClick={() => changes.step(visit, step)}>
      {t(`visit.step.${step}`)}
    </Button>
  );
  const moving = may(clinic, 'move') && allows.move(visit) && (
    <Button kind={declined ? 'primary' : undefined} onClick={() => setForm('move')} data-testid="visit-move">
      <Icon of={IconCalendarTime} />
      {t('visit.move')}
    </Button>
  );
  return (
    <div className={styles.visit} ref={body} tabIndex={-1}>
      <div className={clsx(layout.row, layout.wrap)}>
        <VisitStatus visit={visit} bare={false} />
        {visit.participationText && (
          <span className={clsx(typography.small, typography.muted)}>{t('visit.saidText', { text: visit.participationText })}</span>
        )}
        {(visit.cancellationCode || visit.cancellationReason) && (
          <span className={clsx(typography.small, typography.muted)}>
            {[visit.cancellationCode && t(`cancellation.${visit.cancellationCode}`), visit.cancellationReason].filter(Boolean).join('. ')}
          </span>
        )}
        {(visit.noShowCode || visit.noShowReason) && (
          <span className={clsx(typography.small, typography.muted)}>
            {[visit.noShowCode && t(`details.noShowCodes.${visit.noShowCode}`), visit.noShowReason].filter(Boolean).join('. ')}
          </span>
        )}
      </div>
      <dl className={facts.facts}>
        <dt>{t('visit.when')}</dt>
        <dd>
          <b className={typography.strong}>
            {longDate(dateOf(visit.start, zone), language)}, {timeOf(visit.start, zone)}–{timeOf(visit.end, zone)}
          </b>
          <span className={clsx(typography.small, typography.muted, typography.block)}>
            {cityOf(zone)} ({offsetLabel(visit.start, zone)}){visit.outsideHours && ` · ${t('visit.outsideHours')}`}
            {visit.overbooked && ` · ${t('rooms.overbooked')}`}
            {visit.source !== 'desk' && ` · ${t(`details.source.${visit.source}`)}`}
            {visit.seriesId && ` · ${t('series.part')}`}
          </span>
        </dd>
        {visit.location && several && (
          <>
            <dt>{t('locations.where')}</dt>
            <dd>
              {visit.location.name}
              {visit.timeZone !== zone && (
                <span className={clsx(typography.small, typography.muted, typography.block)}>
                  {timeOf(visit.start, visit.timeZone)} {cityOf(visit.timeZone)} ({offsetLabel(visit.start, visit.timeZone)})
                </span>
              )}
            </dd>
          </>
        )}
        <dt>{t('visit.practitioner')}</dt>
        <dd>{visit.practitioner.displayName}</dd>
        {visit.room && !mayRoom && (
          <>
            <dt>{t('rooms.onVisit')}</dt>
            <dd>{visit.room.name}</dd>
          </>
        )}
        {link && (
          <>
            <dt>{t('settings.videoCall')}</dt>
            <dd>
              <a href={link} target="_blank" rel="noreferrer">
                {link.replace('https://', '')}
              </a>
            </dd>
          </>
        )}
        {visit.deposit && (
          <>
            <dt>{t('deposits.title')}</dt>
            <dd data-testid="deposit">
              {t(`deposits.${visit.deposit.state}`, {
                amount: moneyText(visit.deposit, language),
                until: `${shortDate(dateOf(visit.deposit.dueAt, zone), language)}, ${timeOf(visit.deposit.dueAt, zone)}`,
              })}
            </dd>
          </>
        )}
        {visit.insurance && !mayPay && (
          <>
            <dt>{t('insurances.onVisit')}</dt>
            <dd>{visit.insurance.name}</dd>
          </>
        )}
        <dt>{t('visit.patient')}</dt>
        <dd>
          <Link {...to.patient(clinic.alias, visit.patient.id)}>{visit.patient.displayName}</Link>
          {visit.patient.restricted && (
            <span className={typography.block}>
              <StatusLabel tone="no" icon={IconLock}>
                {t('privacy.restricted')}
              </StatusLabel>
            </span>
          )}
          {visit.patient.messaging === 'opted-out' && (
            <span className={clsx(typography.small, typography.muted, typography.block)}>{t('patients.optedOutHint')}</span>
          )}
        </dd>
        <dt>{t('visit.phone')}</dt>
        <dd>
          {visit.patient.phone ? (
            <a href={`tel:${visit.patient.phone}`}>
              <Icon of={IconPhone} small /> {phoneText(visit.patient.phone)}
            </a>
          ) : (
            <span className={typography.muted}>{t('visit.noPhone')}</span>
          )}
          {!isSupport(clinic) && <WhoAnswers patientId={visit.patient.id} />}
        </dd>
      </dl>

      {mayRoom && form === null && (
        <RoomSelect
          booked
          serviceId={visit.healthcareService.id}
          locationId={visit.location?.id}
          value={visit.room?.id ?? ''}
          onChange={(id, name) => changes.takeRoom(visit, id ? { id, name } : null)}
        />
      )}
      {mayPay && form === null && (
        <InsuranceSelect
          practitionerId={visit.practitioner.id}
          serviceId={visit.healthcareService.id}
          value={visit.insurance?.id ?? ''}
          onChange={(id, name) => changes.payBy(visit, id ? { id, name } : null)}
        />
      )}
      {form === null && <VisitNote visit={visit} onWrite={() => setForm('note')} />}
      {form === null && <VisitFields visit={visit} onWrite={() => setForm('fields')} />}
      {form === 'move' ? (
        <MoveForm visit={visit} practitioners={practitioners.data ?? []} onClose={() => setForm(null)} />
      ) : form === 'cancel' ? (
        <CancelForm visit={visit} onClose={() => setForm(null)} />
      ) : form === 'fields' ? (
        <VisitFieldsForm visit={visit} onClose={() => setForm(null)} />
      ) : form === 'note' ? (
        <VisitNoteForm visit={visit} onClose={() => setForm(null)} />
      ) : form === 'no-show' ? (
        <NoShowForm visit={visit} onClose={() => setForm(null)} />
      ) : (
        <div className={clsx(layout.row, layout.wrap, styles.actions)} data-testid="visit-actions">
          {declined ? moving : arriving}
          {noting && visit.participation !== 'accepted' && (
            <Button onClick={() => changes.answer(visit, 'accepted')}>
              <Icon of={IconCircleCheck} />
              {t('visit.confirmedBtn')}
            </Button>
          )}
          {noting && visit.participation !== 'declined' && (
            <Button onClick={() => changes.answer(visit, 'declined')}>
              <Icon of={IconCircleX} />
              {t('visit.notComing')}
            </Button>
          )}
          {mayPay && visit.deposit?.state === 'due' && visit.status !== 'cancelled' && (
            <>
              <Button onClick={() => changes.deposit(visit, 'paid')} data-testid="deposit-paid">
                <Icon of={IconCash} />
                {t('deposits.markPaid')}
              </Button>
              <Button onClick={() => changes.deposit(visit, 'waived')}>{t('deposits.waive')}</Button>
            </>
          )}
          {!declined && moving}
          {may(clinic, 'mark-no-show') && allows.markNoShow(visit, Date.parse(now)) && (
            <Button onClick={() => changes.step(visit, 'mark-no-show')}>
              <Icon of={IconUserX} />
              {t('visit.markNoShow')}
            </Button>
          )}
          {may(clinic, 'arrive') && allows.correctNoShow(visit) && (
            <Button onClick={() => changes.step(visit, 'arrive')}>{t('visit.step.arrive')}</Button>
          )}
          {may(clinic, 'mark-no-show') && visit.status === 'noshow' && (
            <Button onClick={() => setForm('no-show')} data-testid="visit-no-show">
              {t('details.noShow')}
            </Button>
          )}
          {declined && arriving}
          {may(clinic, 'cancel') && allows.reinstate(visit, Date.parse(now)) && (
            <Button onClick={() => changes.reinstate(visit)} data-testid="visit-reinstate">
              <Icon of={IconArrowBackUp} />
              {t('undo.reinstate')}
            </Button>
          )}
          {visit.status === 'cancelled' && visit.start > now && may(clinic, 'book') && <WhoWaits visit={visit} />}
          {may(clinic, 'cancel') && allows.cancel(visit) && (
            <Button kind="danger" onClick={() => setForm('cancel')} data-testid="visit-cancel">
              <Icon of={IconCalendarX} />
              {t('visit.cancel')}
            </Button>
          )}
        </div>
      )}
      <h3 className={styles.heading}>{t('visit.timeline')}</h3>
      <Timeline visit={visit} />
      <WhyTold appointmentId={visit.id} />
    </div>
  );
}
