import { IconStack2 } from '@tabler/icons-react';
import clsx from 'clsx';
import type { Appointment } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { timeOf } from '../../time/clinicTime';
import { HueDot } from '../../ui/Hue';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { type VisitState, visitSigns, visitState } from '../../ui/Status';
import styles from './Card.module.css';
import type { Lift } from './useMoving';

const looks: Record<VisitState, string | undefined> = {
  ok: styles.ok,
  booked: styles.booked,
  wait: styles.wait,
  no: styles.no,
  here: styles.here,
  in: styles.here,
  done: styles.done,
  noshow: styles.noShow,
  cancelled: styles.done,
  unknown: styles.unknown,
  pending: styles.done,
};

interface Props {
  visit: Appointment;
  top: number;
  height: number;
  lane: number;
  lanes: number;
  /** The service's place in the palette. */
  hue?: number | null;
  lifted?: boolean;
  /** The time a dragged copy stands at. */
  ghost?: string;
  onOpen?: () => void;
  onLift?: Lift | null;
  /** Its end may be moved; null while it may not. */
  onStretch?: Lift | null;
}

/** A visit on the grid: the time always, the state in words from two lines on, icon alone below that. */
export function Card({ visit, top, height, lane, lanes, hue, lifted, ghost, onOpen, onLift, onStretch }: Props) {
  const { t } = useWords();
  const clinic = useClinic();
  const state = visitState(visit);
  const sign = visitSigns[state];
  const two = height >= 34;
  const three = height >= 57;
  // Half an hour and more says its state in words even on one line; what is over needs only its icon.
  const spelled = Date.parse(visit.end) - Date.parse(visit.start) >= 30 * 60_000 && state !== 'done';
  const time = ghost ?? timeOf(visit.start, clinic.timeZone);
  const word = t(`status.${sign.word}`);
  const what = [visit.healthcareService.name, visit.room?.name].filter(Boolean).join(' · ');
  const style = {
    top,
    height,
    ...(lanes > 1 ? { left: `calc(${(lane / lanes) * 100}% + 3px)`, right: `calc(${((lanes - lane - 1) / lanes) * 100}% + 3px)` } : {}),
  };
  const inside = (
    <>
      <span className={styles.line}>
        <HueDot hue={hue} />
        <span className={styles.time}>{time}</span>
        <b>{visit.patient.displayName}</b>
        {visit.overbooked && (
          <span className={styles.over}>
            <Icon of={IconStack2} small />
            <span className={layout.visuallyHidden}>{t('rooms.overbooked')}</span>
          </span>
        )}
        {!two && (
          <span className={clsx(styles.state, layout.end)}>
            <Icon of={sign.icon} small />
            <span className={spelled ? styles.word : layout.visuallyHidden}>{word}</span>
          </span>
        )}
      </span>
      <span className={clsx(styles.line, styles.second, !two && styles.more)} data-fold={two ? undefined : true}>
        {/* On one line the state is told above already; this copy is for eyes, under the pointer or the focus. */}
        <span className={styles.state} aria-hidden={two ? undefined : true}>
          <Icon of={sign.icon} small />
          {word}
        </span>
        {!three && <span>{what}</span>}
      </span>
      {three && <span className={clsx(styles.line, styles.second)}>{what}</span>}
    </>
  );
  if (ghost) {
    return (
      <div className={clsx(styles.card, looks[state], styles.ghost)} style={style} aria-hidden="true" data-testid="moving-copy">
        {inside}
      </div>
    );
  }
  return (
    <button
      type="button"
      className={clsx(styles.card, looks[state], !two && styles.short, lifted && styles.lifted)}
      style={style}
      data-testid={`appointment-${visit.id}`}
      data-state={state}
      onClick={onOpen}
      onPointerDown={onLift ? (event) => onLift.pointer(event, visit, 'visit') : undefined}
      onKeyDown={(event) => {
        const key = event.key.toLowerCase();
        const lift = key === 'm' ? onLift : key === 'e' ? onStretch : null;
        if (!lift || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        event.stopPropagation();
        lift.keyboard(visit, key === 'm' ? 'visit' : 'end');
      }}
    >
      {inside}
      {onStretch && (
        <span
          className={styles.edge}
          aria-hidden="true"
          data-testid={`edge-${visit.id}`}
          onPointerDown={(event) => {
            event.stopPropagation();
            onStretch.pointer(event, visit, 'end');
          }}
        />
      )}
    </button>
  );
}
