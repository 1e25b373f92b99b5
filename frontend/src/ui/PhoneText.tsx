import { useEffect, useState } from 'react';
import { whenIdle } from '../app/later';

let write: ((e164: string) => string) | null = null;

/** A phone as people write it, for places that are painted before the numbering plans of all countries have come. */
export function PhoneText({ of }: { of: string }) {
  const [, here] = useState(write !== null);
  useEffect(() => {
    if (write) return;
    let gone = false;
    whenIdle(() =>
      import('./phone').then(({ phoneText }) => {
        write = phoneText;
        if (!gone) here(true);
      }),
    );
    return () => {
      gone = true;
    };
  }, []);
  return write ? write(of) : of;
}
