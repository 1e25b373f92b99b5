import { useEffect, useState } from 'react';
import type { PairingCredential } from '../../api/types';

/**
 * How long codes live, in seconds: the longest, beyond which this computer's clock must be wrong, and what is then taken
 * for granted. QR codes live a minute or twenty seconds; a typed code as long as six of them together.
 */
export const lives = { qr: { longest: 65, usual: 20 }, typed: { longest: 180, usual: 60 } } as const;
type Life = (typeof lives)[keyof typeof lives];

/** How long a code lasts, in seconds by the computer's own clock, from the moment it was first seen. */
export function lifeOf(code: PairingCredential, now: number, life: Life): number {
  const seconds = Math.ceil((Date.parse(code.expiresAt) - now) / 1000);
  return seconds > 0 && seconds <= life.longest ? seconds : life.usual;
}

/** `K7MR4TWP` in the two groups it is typed in. */
export const groupsOf = (code: string): string[] => code.match(/.{1,4}/g) ?? [];

/** What is left of a code, counted down once a second. A code seen again later does not get its time back. */
export function useCountdown(code: PairingCredential | null, life: Life): { seconds: number; of: number } {
  const [seen, setSeen] = useState<{ value: string; deadline: number; of: number } | null>(null);
  const [now, setNow] = useState(() => Date.now());
  if (code && seen?.value !== code.value) {
    const of = lifeOf(code, Date.now(), life);
    setSeen({ value: code.value, deadline: Date.now() + of * 1000, of });
    setNow(Date.now());
  }
  const value = code?.value;
  useEffect(() => {
    if (!value) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [value]);
  if (!code || seen?.value !== code.value) return { seconds: 0, of: 1 };
  return { seconds: Math.max(0, Math.ceil((seen.deadline - now) / 1000)), of: seen.of };
}
