import { useBlocker } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';

interface Options {
  opened: boolean;
  /** Whether this is the dialog on top, which alone hears of the back button. */
  topmost: boolean;
  onClose: () => void;
  /** Nothing that is typed in it is worth asking about. */
  fleeting?: boolean;
  /** The address says that it is open, so going back closes it by itself. */
  inAddress?: boolean;
}

/**
 * Typed data is not thrown away by an Escape, a click beside the dialog or the browser's back button: the person is asked
 * first. What was typed into inputs that have gone since, with a form that was saved or left, is no longer asked about.
 */
export function useCare({ opened, topmost, onClose, fleeting, inAddress }: Options) {
  const typed = useRef(new Set<EventTarget>());
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (opened) return;
    typed.current.clear();
    setAsking(false);
  }, [opened]);
  const holds = () => !fleeting && [...typed.current].some((input) => input instanceof Node && input.isConnected);
  const close = () => {
    typed.current.clear();
    onClose();
  };
  const leave = () => {
    if (asking) setAsking(false);
    else if (holds()) setAsking(true);
    else close();
  };
  useBlocker({
    disabled: !opened,
    enableBeforeUnload: () => opened && holds(),
    shouldBlockFn: ({ action }) => {
      if (!topmost || !['BACK', 'FORWARD', 'GO'].includes(action) || (inAddress && !holds())) return false;
      leave();
      return true;
    },
  });
  return {
    asking,
    stay: () => setAsking(false),
    close,
    /** What Escape, a click beside and the cross do. */
    leave,
    onInput: (event: FormEvent) => void typed.current.add(event.target),
  };
}
