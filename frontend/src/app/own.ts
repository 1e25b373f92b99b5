import { useQuery } from '@tanstack/react-query';
import { practitionersQuery } from '../api/agendaQueries';
import { may, type Step } from '../api/may';
import type { Appointment, Practitioner } from '../api/types';
import { useClinic } from './clinic';

/** The practitioner as whom somebody signs in who does nothing else here; undefined for the desk, and while nobody said. */
export function useOwnPractitioner(): Practitioner | undefined {
  const clinic = useClinic();
  const practitioners = useQuery(practitionersQuery(clinic.id));
  return clinic.roles.every((role) => role === 'practitioner') ? practitioners.data?.find((one) => one.you) : undefined;
}

/** Whether the next step of a visit is theirs to take: the desk takes all, a practitioner those of their own visits. */
export function useMayStep(): (visit: Appointment, step: Step) => boolean {
  const clinic = useClinic();
  const own = useOwnPractitioner();
  return (visit, step) => may(clinic, step) && (!own || own.id === visit.practitioner.id);
}
