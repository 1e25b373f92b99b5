import type { Appointment } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { timeOf } from '../../time/clinicTime';
import { Icon } from '../../ui/Icon';
import { type VisitState, visitSigns, visitState } from '../../ui/Status';
import type { Lift } from './useMoving';

const looks: Record<VisitState, string> = {
  ok: 'a-ok',
  booked: 'a-booked',
  wait: 'a-wait',
  no: 'a-no',
  here: 'a-here',
  in: 'a-here',
  done: 'a-done',
  noshow: 'a-ns',
  cancelled: 'a-done',
  unknown: 'a-unk',
  pending: 'a-done',
};

interface Props {
  visit: Appointment;
  top: number;
  height: number;
  lane: number;
  lanes: number;
  lifted?: boolean;
  /** The time a dragged copy stands at. */
  ghost?: string;
  onOpen?: () => void;
  onLift?: Lift | null;
}

/** A visit on the grid: the time always, the state in words from two lines on, icon alone below that. */
export function Card({ visit, top, height, lane, lanes, lifted, ghost, onOpen, onLift }: Props) {
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
  const style = {
    top,
    height,
    ...(lanes > 1 ? { left: `calc(${(lane / lanes) * 100}% + 3px)`, right: `calc(${((lanes - lane - 1) / lanes) * 100}% + 3px)` } : {}),
  };
  const inside = (
    <>
      <span className="l">
        <span className="h">{time}</span>
        <b>{visit.patient.displayName}</b>
        {!two && (
          <span className="w sp">
            <Icon of={sign.icon} small />
            <span className={spelled ? 'wd' : 'sr'}>{word}</span>
          </span>
        )}
      </span>
      <span className={`l l2${two ? '' : ' more'}`}>
        <span className="w">
          <Icon of={sign.icon} small />
          {word}
        </span>
        {!three && <span>{visit.healthcareService.name}</span>}
      </span>
      {three && <span className="l l2">{visit.healthcareService.name}</span>}
    </>
  );
  if (ghost) {
    return (
      <div className={`ap ${looks[state]} ghost`} style={style} aria-hidden="true">
        {inside}
      </div>
    );
  }
  return (
    <button
      type="button"
      className={`ap ${looks[state]}${two ? '' : ' short'}${lifted ? ' lifted' : ''}${onLift ? ' movable' : ''}`}
      style={style}
      data-testid={`appointment-${visit.id}`}
      onClick={onOpen}
      onPointerDown={onLift ? (event) => onLift.pointer(event, visit, height) : undefined}
      onKeyDown={
        onLift
          ? (event) => {
              if (event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.metaKey) {
                event.preventDefault();
                event.stopPropagation();
                onLift.keyboard(visit, height);
              }
            }
          : undefined
      }
    >
      {inside}
    </button>
  );
}
