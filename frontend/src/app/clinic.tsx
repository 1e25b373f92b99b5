import { createContext, type ReactNode, useCallback, useContext, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me, Membership } from '../api/types';
import { instantNow } from '../time/clinicTime';

/** The clinic being worked in; everything below the clinic routes has one. */
const Clinic = createContext<Membership | null>(null);
export const ClinicProvider = ({ clinic, children }: { clinic: Membership; children: ReactNode }) => (
  <Clinic.Provider value={clinic}>{children}</Clinic.Provider>
);
export function useClinic(): Membership {
  const clinic = useContext(Clinic);
  if (!clinic) throw new Error('This part of the console needs a clinic around it.');
  return clinic;
}

const Person = createContext<Me | null>(null);
export const PersonProvider = ({ me, children }: { me: Me; children: ReactNode }) => (
  <Person.Provider value={me}>{children}</Person.Provider>
);
export function usePerson(): Me {
  const me = useContext(Person);
  if (!me) throw new Error('Nobody is signed in here.');
  return me;
}

export type Translate = (key: string, values?: Record<string, unknown>) => string;

/** Texts in the person's language and the clinic's word for a visit (turno or cita), which Spanish inflects around. */
export function useWords(): { t: Translate; language: string } {
  const clinic = useContext(Clinic);
  const { t, i18n } = useTranslation();
  const context = clinic?.visitWord === 'cita' ? 'cita' : undefined;
  const say = useCallback<Translate>((key, values) => t(key, { context, ...values }) as string, [t, context]);
  return { t: say, language: i18n.resolvedLanguage ?? 'es' };
}

/** The title of the page, kept in step with the route. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Recado` : 'Recado';
  }, [title]);
}

const HALF_A_MINUTE = 30_000;
const tick = {
  now: instantNow(),
  listeners: new Set<() => void>(),
  timer: 0,
};
function subscribe(listener: () => void): () => void {
  tick.listeners.add(listener);
  if (tick.listeners.size === 1) {
    tick.now = instantNow();
    tick.timer = window.setInterval(() => {
      tick.now = instantNow();
      for (const each of tick.listeners) each();
    }, HALF_A_MINUTE);
  }
  return () => {
    tick.listeners.delete(listener);
    if (tick.listeners.size === 0) window.clearInterval(tick.timer);
  };
}
/** The present instant, for the now-line and relative times; it moves every half minute. */
export const useNow = (): string => useSyncExternalStore(subscribe, () => tick.now);
