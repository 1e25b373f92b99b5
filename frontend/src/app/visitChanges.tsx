import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import * as actions from '../api/actions';
import { appointmentQuery } from '../api/agendaQueries';
import { keys } from '../api/keys';
import type { Step } from '../api/may';
import { hasCode, isStale, sentenceFor } from '../api/problems';
import { patchVisit } from '../api/queries';
import type { Appointment, DepositMark, NoShowReason, NotedAnswer, Practitioner, Reschedule } from '../api/types';
import { addMinutes, dateOf, instantNow, minutesBetween, timeOf } from '../time/clinicTime';
import { shortDate } from '../time/format';
import type { Difference } from '../ui/Conflict';
import { done, failed } from '../ui/notices';
import { visitSigns, visitState } from '../ui/Status';
import { useClinic, useWords } from './clinic';
import { later } from './later';

const Clash = later(
  async () => (await import('./Clash')).Clash,
  (props) => props.opened,
);

interface Change {
  /** The visit as it will look once the server has agreed. */
  after: Appointment;
  run: (seen: Appointment) => Promise<Appointment>;
  said: string;
  undo?: (now: Appointment) => Change;
  /** The same change on purpose, where it was refused for something that staff may want nevertheless. */
  anyway?: (onPurpose: OnPurpose) => Change;
}

interface VisitChanges {
  step: (visit: Appointment, step: Step | 'mark-no-show') => void;
  answer: (visit: Appointment, participation: NotedAnswer) => void;
  move: (visit: Appointment, target: MoveTarget) => Promise<unknown>;
  /** Takes a cancellation back. */
  reinstate: (visit: Appointment) => void;
  /** Writes down who pays; null for the patient. */
  payBy: (visit: Appointment, insurance: Appointment['insurance']) => void;
  /** Writes down why nobody came. */
  explainNoShow: (visit: Appointment, said: NoShowReason) => void;
  /** Says what became of its deposit. */
  deposit: (visit: Appointment, state: DepositMark) => void;
  /** Gives it another room; null for none. */
  takeRoom: (visit: Appointment, room: Appointment['room']) => void;
}
/** What staff know of a time and want nevertheless. */
export type OnPurpose = Pick<Reschedule, 'outsideHours' | 'overbook'>;
export interface MoveTarget {
  start: string;
  practitioner?: Pick<Practitioner, 'id' | 'displayName'>;
  /** Left out, the one it has where that is free. */
  room?: Appointment['room'];
  /** How long it lasts; left out, as long as before. */
  minutes?: number;
  onPurpose?: OnPurpose;
}

const Changes = createContext<VisitChanges | null>(null);
export function useVisitChanges(): VisitChanges {
  const changes = useContext(Changes);
  if (!changes) throw new Error('Visits change only inside a clinic.');
  return changes;
}

const statusAfter: Record<Step | 'mark-no-show', Appointment['status']> = {
  accept: 'booked',
  arrive: 'arrived',
  'check-in': 'checked-in',
  fulfill: 'fulfilled',
  'mark-no-show': 'noshow',
};

/** Changes to visits: shown at once, taken back when the server refuses, and laid side by side when someone was faster. */
export function VisitChangesProvider({ children }: { children: ReactNode }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [clash, setClash] = useState<{ change: Change; theirs: Appointment } | null>(null);
  const [busy, setBusy] = useState(false);

  const carryOut = useCallback(
    async (seen: Appointment, change: Change, offerUndo = true): Promise<unknown> => {
      const rollback = patchVisit(client, clinic.id, change.after);
      try {
        const now = await change.run(seen);
        patchVisit(client, clinic.id, now);
        void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
        void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'timeline', now.id) });
        const undo = offerUndo ? change.undo?.(now) : undefined;
        done(change.said, t('action.close'), undo && { label: t('action.undo'), run: () => void carryOut(now, undo, false) });
        return null;
      } catch (error) {
        rollback();
        if (isStale(error)) {
          const theirs = await client.fetchQuery({ ...appointmentQuery(clinic.id, seen.id), staleTime: 0 });
          patchVisit(client, clinic.id, theirs);
          setClash({ change, theirs });
        } else {
          const over = hasCode(error, 'slot-taken');
          const anyway = over
            ? change.anyway?.({ overbook: true })
            : hasCode(error, 'outside-hours')
              ? change.anyway?.({ outsideHours: true })
              : undefined;
          failed(
            sentenceFor(error, t),
            t('action.close'),
            anyway && { label: t(over ? 'rooms.moveOver' : 'book.moveAnyway'), run: () => void carryOut(seen, anyway, offerUndo) },
          );
          void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
        }
        return error;
      }
    },
    [client, clinic.id, t],
  );

  const changes = useMemo<VisitChanges>(() => {
    const movedTo = (visit: Appointment, target: MoveTarget): Change => {
      const practitioner = target.practitioner ?? visit.practitioner;
      const date = dateOf(target.start, clinic.timeZone);
      const time = timeOf(target.start, clinic.timeZone);
      const lasted = minutesBetween(visit.start, visit.end);
      const practitionerStays = practitioner.id === visit.practitioner.id;
      // Whoever comes at the same time to the same person knows all that changes.
      const endAlone = target.start === visit.start && practitionerStays && target.minutes !== undefined;
      const when = date === dateOf(visit.start, clinic.timeZone) ? time : `${shortDate(date, language)}, ${time}`;
      return {
        after: {
          ...visit,
          start: target.start,
          end: addMinutes(target.start, target.minutes ?? lasted),
          practitioner: { id: practitioner.id, displayName: practitioner.displayName },
          room: target.room === undefined ? visit.room : target.room,
          overbooked: target.onPurpose?.overbook === true,
          ...(endAlone ? {} : { participation: 'needs-action', participationText: null, participationSource: null }),
        },
        run: (seen) =>
          actions.rescheduleAppointment(clinic.id, seen, {
            start: target.start,
            practitionerId: practitioner.id,
            ...(target.room ? { roomId: target.room.id } : {}),
            ...(target.minutes === undefined ? {} : { durationMinutes: target.minutes }),
            ...target.onPurpose,
          }),
        said: endAlone
          ? t('details.endsAt', { time: timeOf(addMinutes(target.start, target.minutes ?? lasted), clinic.timeZone) })
          : t('visit.moved', { when }),
        undo: (now) =>
          movedTo(now, {
            start: visit.start,
            practitioner: visit.practitioner,
            room: visit.room,
            ...(target.minutes === undefined ? {} : { minutes: lasted }),
            onPurpose: { outsideHours: visit.outsideHours, overbook: visit.overbooked },
          }),
        anyway: (onPurpose) => movedTo(visit, { ...target, onPurpose: { ...target.onPurpose, ...onPurpose } }),
      };
    };
    const answered = (visit: Appointment, participation: NotedAnswer): Change => ({
      after: { ...visit, participation, participationSource: 'staff', participationText: null, participationAt: instantNow() },
      run: (seen) => actions.noteParticipation(clinic.id, seen, participation),
      said: t(`visit.noted.${participation}`, { name: visit.patient.displayName }),
      undo: (now) => answered(now, visit.participation === 'tentative' ? 'needs-action' : visit.participation),
    });
    const paidBy = (visit: Appointment, insurance: Appointment['insurance']): Change => ({
      after: { ...visit, insurance },
      run: (seen) => actions.setVisitInsurance(clinic.id, seen, insurance?.id ?? null),
      said: t('insurances.saved', { name: insurance?.name ?? t('insurances.none') }),
      undo: (now) => paidBy(now, visit.insurance),
    });
    const inRoom = (visit: Appointment, room: Appointment['room']): Change => ({
      after: { ...visit, room },
      run: (seen) => actions.setVisitRoom(clinic.id, seen, room?.id ?? null),
      said: t('rooms.saved', { name: room?.name ?? t('rooms.none') }),
      undo: (now) => inRoom(now, visit.room),
    });
    const explained = (visit: Appointment, said: NoShowReason): Change => ({
      after: { ...visit, noShowCode: said.code ?? null, noShowReason: said.reason ?? null },
      run: (seen) => actions.explainNoShow(clinic.id, seen, said),
      said: t('details.noShowSaved', { name: visit.patient.displayName }),
      undo: (now) => explained(now, { code: visit.noShowCode, reason: visit.noShowReason }),
    });
    const deposited = (visit: Appointment, state: DepositMark): Change => {
      const said = { paid: 'deposits.savedPaid', waived: 'deposits.savedWaived', due: 'deposits.savedDue' } as const;
      const before = visit.deposit?.state;
      return {
        after: { ...visit, deposit: visit.deposit && { ...visit.deposit, state } },
        run: (seen) => actions.markDeposit(clinic.id, seen, state),
        said: t(said[state], { name: visit.patient.displayName }),
        ...(before && before !== 'lapsed' ? { undo: (now) => deposited(now, before) } : {}),
      };
    };
    return {
      deposit: (visit, state) => void carryOut(visit, deposited(visit, state)),
      explainNoShow: (visit, said) => void carryOut(visit, explained(visit, said)),
      takeRoom: (visit, room) => void carryOut(visit, inRoom(visit, room)),
      payBy: (visit, insurance) => void carryOut(visit, paidBy(visit, insurance)),
      step: (visit, step) =>
        void carryOut(visit, {
          after: {
            ...visit,
            status: statusAfter[step],
            arrivedAt: step === 'arrive' ? instantNow() : visit.arrivedAt,
            checkedInAt: step === 'check-in' ? instantNow() : visit.checkedInAt,
          },
          run: (seen) => actions.takeStep(clinic.id, seen, step),
          said: t(`visit.did.${step}`, { name: visit.patient.displayName }),
        }),
      answer: (visit, participation) => void carryOut(visit, answered(visit, participation)),
      reinstate: (visit) =>
        void carryOut(visit, {
          after: {
            ...visit,
            status: visit.checkedInAt ? 'checked-in' : visit.arrivedAt ? 'arrived' : 'booked',
            cancellationCode: null,
            cancellationReason: null,
            reinstatableUntil: null,
          },
          run: (seen) => actions.reinstateAppointment(clinic.id, seen),
          said: t('undo.reinstated', { name: visit.patient.displayName }),
        }),
      move: (visit, target) => carryOut(visit, movedTo(visit, target)),
    };
  }, [carryOut, clinic, t, language]);

  const differences = (mine: Appointment, theirs: Appointment): Difference[] => {
    const rows = [
      {
        label: t('visit.when'),
        of: (a: Appointment) => `${shortDate(dateOf(a.start, clinic.timeZone), language)}, ${timeOf(a.start, clinic.timeZone)}`,
      },
      { label: t('visit.practitioner'), of: (a: Appointment) => a.practitioner.displayName },
      { label: t('visit.state'), of: (a: Appointment) => t(`status.${visitSigns[visitState(a)].word}`) },
    ];
    const all = rows.map((row) => ({ label: row.label, mine: row.of(mine), theirs: row.of(theirs) }));
    const unlike = all.filter((row) => row.mine !== row.theirs);
    return unlike.length > 0 ? unlike : all;
  };

  return (
    <Changes.Provider value={changes}>
      {children}
      <Clash
        opened={clash !== null}
        onClose={() => setClash(null)}
        name={clash?.theirs.patient.displayName ?? ''}
        differences={clash ? differences(clash.change.after, clash.theirs) : []}
        busy={busy}
        onKeepMine={() => {
          if (!clash) return;
          setBusy(true);
          void carryOut(clash.theirs, clash.change, false).finally(() => setBusy(false));
          setClash(null);
        }}
      />
    </Changes.Provider>
  );
}
