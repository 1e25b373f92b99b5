import { createContext, useContext } from 'react';
import type { Patient } from '../api/types';

/** What a booking starts from: a click on the grid knows the time and the practitioner, a patient's page the patient. */
export interface BookingStart {
  date?: string;
  /** Wall-clock minutes since midnight in the clinic's zone. */
  minute?: number;
  practitionerId?: string;
  serviceId?: string;
  locationId?: string;
  patient?: Patient;
}

interface ClinicActions {
  /** Null for people who may not book. */
  book: ((start?: BookingStart) => void) | null;
  show: (appointmentId: string) => void;
}

export const ClinicActionsContext = createContext<ClinicActions | null>(null);
export function useClinicActions(): ClinicActions {
  const actions = useContext(ClinicActionsContext);
  if (!actions) throw new Error('There are actions only inside a clinic.');
  return actions;
}
