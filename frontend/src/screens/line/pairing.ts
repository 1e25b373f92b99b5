import { useEffect, useState } from 'react';

interface Code {
  value: string;
  expiresAt: string;
}

/** Codes live a minute or twenty seconds; anything else means that this computer's clock is wrong. */
const LONGEST = 65;
const USUAL = 20;

/** How long a code lasts, in seconds by the computer's own clock, from the moment it was first seen. */
export function lifeOf(code: Code, now: number): number {
  const seconds = Math.ceil((Date.parse(code.expiresAt) - now) / 1000);
  return seconds > 0 && seconds <= LONGEST ? seconds : USUAL;
}

/** What is left of a code, counted down once a second. A code seen again later does not get its time back. */
export function useCountdown(code: Code | null): { seconds: number; of: number } {
  const [seen, setSeen] = useState<{ value: string; deadline: number; of: number } | null>(null);
  const [now, setNow] = useState(() => Date.now());
  if (code && seen?.value !== code.value) {
    const of = lifeOf(code, Date.now());
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
