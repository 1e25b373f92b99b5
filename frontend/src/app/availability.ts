import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { sayPresence } from '../api/conversations';

/** The server forgets it after three minutes. */
const SAY_AGAIN = 60_000;
const CHANGED = 'recado-availability';
const keyOf = (clinicId: string) => `recado-available-${clinicId}`;

/** Whether this person takes conversations, as they said in this browser. */
export function useAvailability(clinicId: string): [boolean, (available: boolean) => void] {
  const subscribe = useCallback((changed: () => void) => {
    window.addEventListener(CHANGED, changed);
    window.addEventListener('storage', changed);
    return () => {
      window.removeEventListener(CHANGED, changed);
      window.removeEventListener('storage', changed);
    };
  }, []);
  const available = useSyncExternalStore(subscribe, () => window.localStorage.getItem(keyOf(clinicId)) === 'yes');
  const say = useCallback(
    (next: boolean) => {
      window.localStorage.setItem(keyOf(clinicId), next ? 'yes' : 'no');
      window.dispatchEvent(new Event(CHANGED));
      if (!next) void sayPresence(clinicId, false).catch(() => {});
    },
    [clinicId],
  );
  return [available, say];
}

/** Says so every minute for as long as the console is open. */
export function AvailabilityBeat({ clinicId }: { clinicId: string }) {
  const [available] = useAvailability(clinicId);
  useEffect(() => {
    if (!available) return;
    const say = () => void sayPresence(clinicId, true).catch(() => {});
    say();
    const timer = window.setInterval(say, SAY_AGAIN);
    return () => window.clearInterval(timer);
  }, [available, clinicId]);
  return null;
}
