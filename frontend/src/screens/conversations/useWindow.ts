import { type RefObject, useCallback, useLayoutEffect, useMemo, useState } from 'react';

/** Where each row begins, and how long all of them are. */
export function placesOf(heights: readonly number[]): { tops: number[]; total: number } {
  const tops: number[] = [];
  let total = 0;
  for (const height of heights) {
    tops.push(total);
    total += height;
  }
  return { tops, total };
}

/** The rows that touch a stretch of the list: from the first to the one after the last. */
export function rowsWithin(tops: readonly number[], total: number, from: number, to: number): [number, number] {
  let first = 0;
  while (first + 1 < tops.length && (tops[first + 1] as number) <= from) first += 1;
  let end = first;
  while (end < tops.length && (tops[end] as number) < Math.min(to, total)) end += 1;
  return [first, end];
}

const AROUND = 400;

/** Of a list with rows of known heights, those on screen and some around them: ten thousand rows cost what twenty do. */
export function useWindow(scroller: RefObject<HTMLElement | null>, heights: readonly number[]) {
  const [seen, setSeen] = useState({ top: 0, height: 800 });
  const { tops, total } = useMemo(() => placesOf(heights), [heights]);
  const look = useCallback(() => {
    const pane = scroller.current;
    if (pane) setSeen({ top: pane.scrollTop, height: pane.clientHeight });
  }, [scroller]);
  useLayoutEffect(() => {
    look();
    const pane = scroller.current;
    if (!pane) return;
    const watched = new ResizeObserver(look);
    watched.observe(pane);
    return () => watched.disconnect();
  }, [look, scroller]);
  const [first, end] = rowsWithin(tops, total, seen.top - AROUND, seen.top + seen.height + AROUND);
  return { tops, total, first, end, look };
}
