import { IconUsersGroup } from '@tabler/icons-react';
import clsx from 'clsx';
import { useState } from 'react';
import type { Appointment } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { dateOf, minuteOf, timeOf } from '../../time/clinicTime';
import { shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import forms from '../../ui/forms.module.css';
import { HueDot } from '../../ui/Hue';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { visitSigns, visitState } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './Card.module.css';
import group from './GroupCard.module.css';

interface Props {
  /** Of one service, practitioner and time; at least one. */
  visits: Appointment[];
  top: number;
  height: number;
  lane: number;
  lanes: number;
  hue?: number | null;
}

/** Visits that share a time: what it is, how many of how many, and who. */
export function GroupCard({ visits, top, height, lane, lanes, hue }: Props) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const [opened, setOpened] = useState(false);
  const first = visits[0] as Appointment;
  const capacity = first.capacity ?? visits.length;
  const places = t('groups.places', { taken: visits.length, capacity });
  const start = minuteOf(first.start, clinic.timeZone);
  const title = `${first.healthcareService.name}, ${shortDate(dateOf(first.start, clinic.timeZone), language)}, ${timeOf(first.start, clinic.timeZone)}`;
  return (
    <>
      <button
        type="button"
        className={clsx(styles.card, styles.ok, height < 34 && styles.short)}
        style={{
          top,
          height,
          ...(lanes > 1
            ? { left: `calc(${(lane / lanes) * 100}% + 3px)`, right: `calc(${((lanes - lane - 1) / lanes) * 100}% + 3px)` }
            : {}),
        }}
        data-testid={`group-${first.healthcareService.id}`}
        onClick={() => setOpened(true)}
      >
        <span className={styles.line}>
          <HueDot hue={hue} />
          <span className={styles.time}>{timeOf(first.start, clinic.timeZone)}</span>
          <b>{first.healthcareService.name}</b>
          <span className={clsx(styles.state, layout.end)}>
            <Icon of={IconUsersGroup} small />
            <span>{places}</span>
          </span>
        </span>
        {height >= 34 && (
          <span className={clsx(styles.line, styles.second)}>
            <span>{visits.map((visit) => visit.patient.displayName).join(', ')}</span>
          </span>
        )}
      </button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={title} fleeting>
        <div className={forms.form}>
          <p className={clsx(typography.small, typography.muted)}>
            {first.practitioner.displayName}
            {first.room && ` · ${first.room.name}`} · {places}
          </p>
          <ul className={clsx(lists.ruled, lists.lined)} aria-label={t('groups.who')}>
            {visits.map((visit) => {
              const sign = visitSigns[visitState(visit)];
              return (
                <li key={visit.id}>
                  <button
                    type="button"
                    className={group.visit}
                    onClick={() => {
                      setOpened(false);
                      actions.show(visit.id);
                    }}
                  >
                    <b>{visit.patient.displayName}</b>
                    <span className={clsx(typography.small, typography.muted, layout.end)}>
                      <Icon of={sign.icon} small /> {t(`status.${sign.word}`)}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
          {actions.book && visits.length < capacity && (
            <div className={layout.row}>
              <Button
                kind="primary"
                data-testid="join-group"
                onClick={() => {
                  setOpened(false);
                  actions.book?.({
                    date: dateOf(first.start, clinic.timeZone),
                    minute: start,
                    practitionerId: first.practitioner.id,
                    serviceId: first.healthcareService.id,
                  });
                }}
              >
                {t('groups.join')}
              </Button>
            </div>
          )}
        </div>
      </Dialog>
    </>
  );
}
