import { useEffect, useId, useSyncExternalStore } from 'react';

/** Which dialogs are open, the topmost last. Only that one listens to Escape. */
const open: string[] = [];
const listeners = new Set<() => void>();
const changed = () => {
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useTopmost(opened: boolean): boolean {
  const id = useId();
  useEffect(() => {
    if (!opened) return;
    open.push(id);
    changed();
    return () => {
      open.splice(open.indexOf(id), 1);
      changed();
    };
  }, [opened, id]);
  return useSyncExternalStore(subscribe, () => open.at(-1) === id);
}
