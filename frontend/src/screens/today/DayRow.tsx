import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { allows, may, nextStep } from '../../api/may';
import type { Appointment } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { useMayStep } from '../../app/own';
import { to } from '../../app/paths';
import { useVisitChanges } from '../../app/visitChanges';
import { timeOf } from '../../time/clinicTime';
import { moment, relative } from '../../time/format';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { VisitStatus, visitState } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './DayRow.module.css';

/** One visit of the day with its next step as one button. */
export function DayRow({ visit, now, children }: { visit: Appointment; now: string; children?: ReactNode }) {
  const { t } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const changes = useVisitChanges();
  const step = nextStep(visit);
  const mayStep = useMayStep();
  const past = visitState(visit) === 'done' || visitState(visit) === 'cancelled';
  return (
    <li>
      {children}
      <div className={clsx(styles.row, past && styles.past)}>
        <span className={styles.time}>{timeOf(visit.start, clinic.timeZone)}</span>
        <span className={styles.who}>
          <button
            type="button"
            className={clsx(styles.name, typography.ellipsis)}
            onClick={() => actions.show(visit.id)}
            data-testid={`appointment-${visit.id}`}
          >
            {visit.patient.displayName}
          </button>
          <span className={clsx(styles.service, typography.small, typography.muted, typography.ellipsis)}>
            {visit.healthcareService.name} <span className={layout.notOnPhone}>· {visit.practitioner.displayName}</span>
            {visit.deposit?.state === 'due' && ` · ${t('deposits.dueShort')}`}
          </span>
        </span>
        <span className={styles.state}>
          <VisitStatus visit={visit} />
        </span>
        <span className={clsx(styles.lastWord, typography.small, typography.muted, typography.ellipsis)}>
          <LastWord visit={visit} now={now} />
        </span>
        <span className={styles.next}>
          {step && mayStep(visit, step) && visitState(visit) !== 'no' && (
            <Button
              small
              aria-label={t(`visit.stepFor.${step}`, { name: visit.patient.displayName })}
              onClick={() => changes.step(visit, step)}
            >
              {t(`visit.step.${step}`)}
            </Button>
          )}
        </span>
        <RowMenu visit={visit} now={now} />
      </div>
    </li>
  );
}

/** What was heard last about a visit: the patient's answer, the wait, or the message on its way. */
export function LastWord({ visit, now }: { visit: Appointment; now: string }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  if (visit.status === 'arrived' && visit.arrivedAt) return relative(visit.arrivedAt, now, language);
  if (visit.status === 'checked-in' && visit.checkedInAt) return relative(visit.checkedInAt, now, language);
  if (visit.status !== 'booked') return null;
  if (visit.participationText) return t('visit.saidText', { text: visit.participationText });
  if (visit.participationSource === 'staff' && visit.participation !== 'needs-action') return t('visit.byPhone');
  if (!visit.messages) return visit.patient.phone ? null : t('visit.noPhone');
  return t(`visit.heard.${visit.messages.state}`, { when: moment(visit.messages.at, clinic.timeZone, language) });
}

export function RowMenu({ visit, now, quiet }: { visit: Appointment; now: string; quiet?: boolean }) {
  const { t } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const changes = useVisitChanges();
  const noting = may(clinic, 'note-answer') && allows.noteAnswer(visit);
  return (
    <Menu position="bottom-end" width={230} withinPortal>
      <Menu.Target>
        <Button
          kind="quiet"
          small
          iconOnly
          className={quiet ? undefined : styles.more}
          aria-label={t('visit.actionsFor', { name: visit.patient.displayName })}
        >
          <Icon of={IconDots} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => actions.show(visit.id)}>{t('visit.open')}</Menu.Item>
        <Menu.Item component={Link} {...(to.patient(clinic.alias, visit.patient.id) as object)}>
          {t('visit.patientPage')}
        </Menu.Item>
        {noting && visit.participation !== 'accepted' && (
          <Menu.Item onClick={() => changes.answer(visit, 'accepted')}>{t('visit.noteAccepted')}</Menu.Item>
        )}
        {noting && visit.participation !== 'declined' && (
          <Menu.Item onClick={() => changes.answer(visit, 'declined')}>{t('visit.noteDeclined')}</Menu.Item>
        )}
        {may(clinic, 'mark-no-show') && allows.markNoShow(visit, Date.parse(now)) && (
          <Menu.Item onClick={() => changes.step(visit, 'mark-no-show')}>{t('visit.markNoShow')}</Menu.Item>
        )}
        {may(clinic, 'arrive') && allows.correctNoShow(visit) && (
          <Menu.Item onClick={() => changes.step(visit, 'arrive')}>{t('visit.step.arrive')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

export function NowLine({ now }: { now: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  return (
    <div className={styles.now}>
      <b>
        <span className={layout.visuallyHidden}>{t('today.now')} </span>
        {timeOf(now, clinic.timeZone)}
      </b>
    </div>
  );
}
