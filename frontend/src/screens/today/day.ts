import type { Appointment, Practitioner } from '../../api/types';
import { type VisitState, visitState } from '../../ui/Status';

/** The day as the desk reads it. Cancelled visits are not part of it. */
export interface DayFigures {
  total: number;
  confirmed: number;
  waiting: Appointment[];
  /** Who still comes, could be asked and has not been. */
  unasked: number;
  /** Still to be seen today. */
  left: number;
  seen: number;
  inside: number;
  missed: number;
}

const arrivedOrSeen: ReadonlySet<VisitState> = new Set(['here', 'in', 'done']);

export function figuresOf(visits: readonly Appointment[], now: string): DayFigures {
  const states = visits.map((visit) => ({ visit, state: visitState(visit) })).filter(({ state }) => state !== 'cancelled');
  const of = (...wanted: VisitState[]) => states.filter(({ state }) => wanted.includes(state));
  return {
    total: states.length,
    confirmed: states.filter(({ state, visit }) => state === 'ok' || (arrivedOrSeen.has(state) && visit.participation !== 'declined'))
      .length,
    waiting: of('wait', 'unknown')
      .map(({ visit }) => visit)
      .filter((visit) => visit.end > now)
      .sort((a, b) => a.start.localeCompare(b.start)),
    unasked: of('booked').filter(({ visit }) => visit.end > now && visit.patient.phone !== null && visit.patient.messaging === 'allowed')
      .length,
    left: states.filter(
      ({ state, visit }) =>
        ['ok', 'booked', 'wait', 'unknown', 'here', 'in', 'pending'].includes(state) &&
        (visit.end > now || state === 'here' || state === 'in'),
    ).length,
    seen: of('done').length,
    inside: of('here', 'in').length,
    missed: of('noshow').length,
  };
}

export interface NextUp {
  practitioner: Practitioner;
  /** Who is with them now. */
  current: Appointment | null;
  next: Appointment | null;
}

/** For each practitioner with visits today, who is inside and who comes next. */
export function nextPer(practitioners: readonly Practitioner[], visits: readonly Appointment[], now: string): NextUp[] {
  return practitioners
    .map((practitioner) => {
      const theirs = visits.filter((visit) => visit.practitioner.id === practitioner.id);
      const waiting = theirs.filter((visit) => visit.status === 'arrived');
      const upcoming = theirs.filter((visit) => visit.status === 'booked' && visit.end > now && visit.participation !== 'declined');
      return {
        practitioner,
        current: theirs.find((visit) => visit.status === 'checked-in') ?? null,
        next: waiting[0] ?? upcoming[0] ?? null,
        any: theirs.length > 0,
      };
    })
    .filter((entry) => entry.any)
    .map(({ any: _, ...entry }) => entry);
}

/** Earlier visits that need nothing more; they fold away so that the present is on top. */
export const isOver = (visit: Appointment, now: string): boolean =>
  visit.end <= now && ['done', 'noshow', 'cancelled', 'no'].includes(visitState(visit));
