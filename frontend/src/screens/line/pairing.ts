import { useEffect, useState } from 'react';

/** Whole seconds until an instant, at least 0; it moves once a second while there is something to count. */
export function useSecondsUntil(instant: string | null): number {
  const left = () => (instant ? Math.max(0, Math.ceil((Date.parse(instant) - Date.now()) / 1000)) : 0);
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` reads the instant and the clock
  useEffect(() => {
    setSeconds(left());
    if (!instant) return;
    const timer = setInterval(() => setSeconds(left()), 1000);
    return () => clearInterval(timer);
  }, [instant]);
  return seconds;
}
