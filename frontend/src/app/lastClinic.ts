import { isSupport } from '../api/may';
import type { Me, Membership } from '../api/types';

const STORED = 'recado.clinic';

/** The clinic opened last on this device: its alias, nothing else. */
export function rememberClinic(alias: string): void {
  try {
    localStorage.setItem(STORED, alias);
  } catch {
    // Without storage the first clinic is opened, which is only a click further away.
  }
}

/** The clinic to open: the one opened last here, then the first one that is the person's own, then the first in which they work. */
export function homeClinic(me: Me): Membership | null {
  let last: string | null = null;
  try {
    last = localStorage.getItem(STORED);
  } catch {
    last = null;
  }
  return (
    me.organizations.find((clinic) => clinic.alias === last && !isSupport(clinic)) ??
    me.organizations.find((clinic) => clinic.roles.includes('owner')) ??
    me.organizations.find((clinic) => !isSupport(clinic)) ??
    null
  );
}
