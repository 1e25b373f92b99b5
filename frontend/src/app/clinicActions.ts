import { createContext, useContext } from 'react';
import type { Patient, WaitlistEntry } from '../api/types';

/** What a booking starts from: a click on the grid knows the time and the practitioner, a patient's page the patient. */
export interface BookingStart {
  date?: string;
  /** Wall-clock minutes since midnight in the clinic's zone. */
  minute?: number;
  practitionerId?: string;
  serviceId?: string;
  locationId?: string;
  roomId?: string;
  patient?: Patient;
  /** The patient's entry on the waitlist, which ends with the visit. */
  waitlistEntryId?: string;
}

/** What somebody who is put on the waitlist starts from; with an entry, it is changed. */
export interface WaitStart {
  patient?: Patient;
  serviceId?: string;
  practitionerId?: string;
  locationId?: string;
  entry?: WaitlistEntry;
}

interface ClinicActions {
  /** Null for people who may not book. */
  book: ((start?: BookingStart) => void) | null;
  /** Null for people who may not change the waitlist. */
  wait: ((start?: WaitStart) => void) | null;
  show: (appointmentId: string) => void;
}

export const ClinicActionsContext = createContext<ClinicActions | null>(null);
export function useClinicActions(): ClinicActions {
  const actions = useContext(ClinicActionsContext);
  if (!actions) throw new Error('There are actions only inside a clinic.');
  return actions;
}
