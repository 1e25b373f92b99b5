import { type ComponentType, createElement, lazy, Suspense, useRef } from 'react';

const waiting: (() => Promise<unknown>)[] = [];

/**
 * A dialog whose code comes when the page has nothing else to do, or at once when it is opened before that. `isOpen` tells
 * from the props whether it is shown; once it was, it stays, so that it can close as it should.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>, isOpen: (props: Props) => boolean) {
  let loading: Promise<{ default: ComponentType<Props> }> | null = null;
  const once = () => {
    loading ??= load().then((component) => ({ default: component }));
    // A failure, such as a lost connection, is tried again when it is opened.
    loading.catch(() => {
      loading = null;
    });
    return loading;
  };
  waiting.push(once);
  const Lazy = lazy(once);
  return function Later(props: Props) {
    const wanted = useRef(false);
    if (isOpen(props)) wanted.current = true;
    return wanted.current ? <Suspense fallback={null}>{createElement(Lazy as ComponentType<Props>, props)}</Suspense> : null;
  };
}

/** Fetches what was put off. Everything is there before it is needed, also when the connection goes meanwhile. */
export function fetchTheRest(): void {
  whenIdle(() => {
    for (const load of waiting) void load().catch(() => {});
  });
}

/** What the first screen asks for goes first, on the wire as well. */
const SETTLED = 2_500;
export function whenIdle(run: () => unknown): void {
  const idle = window.requestIdleCallback ?? ((now: () => void) => window.setTimeout(now, 1));
  window.setTimeout(() => idle(run), SETTLED);
}
