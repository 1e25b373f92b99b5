import { type RefObject, useEffect, useRef, useState } from 'react';
import { minuteAt } from '../../agenda/layout';
import type { Appointment } from '../../api/types';
import { type By, type Column, columnOf, spanOf } from './model';

export interface Target {
  column: string;
  /** Wall-clock minutes since midnight. */
  minute: number;
  /** How long it would last. */
  minutes: number;
}

/** A visit is moved as a whole, or its end alone. */
export type Grip = 'visit' | 'end';

interface Moving {
  visit: Appointment;
  grip: Grip;
  target: Target;
  keyboard: boolean;
}

export interface Lift {
  pointer: (event: React.PointerEvent, visit: Appointment, grip: Grip) => void;
  keyboard: (visit: Appointment, grip: Grip) => void;
}

/** A press becomes a drag only after this many pixels, so that a shaky click still opens the visit. */
const THRESHOLD = 5;
const STEP = 5;
const KEY_STEP = 15;
/** As the server has it. */
const SHORTEST = 5;
const LONGEST = 480;

const lasting = (minute: number, minutes: number): number => Math.min(24 * 60 - minute, LONGEST, Math.max(SHORTEST, minutes));

interface Options {
  grid: RefObject<HTMLDivElement | null>;
  columns: Column[];
  hourHeight: number;
  fromHour: number;
  zone: string;
  by: By;
  drop: (visit: Appointment, target: Target, grip: Grip) => void;
}

/**
 * Moving a visit or its end by pointer or by keyboard, to the same effect. The card stays where it is and a ghost moves: taking the
 * card along would lose the pointer's capture, so everything after the press is heard on the window.
 */
export function useMoving(options: Options): { state: Moving | null; lift: Lift } {
  const [state, setState] = useState<Moving | null>(null);
  const current = useRef(options);
  current.current = options;
  const moving = useRef<Moving | null>(null);
  moving.current = state;
  const letGo = useRef<(() => void) | null>(null);
  useEffect(() => () => letGo.current?.(), []);

  const standsAt = (visit: Appointment): Target => {
    const { zone, by } = current.current;
    const { start, end } = spanOf(visit, zone);
    return { column: columnOf(visit, zone, by), minute: start, minutes: end - start };
  };

  const pointer: Lift['pointer'] = (event, visit, grip) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const from = { x: event.clientX, y: event.clientY };
    const own = standsAt(visit);
    const held = event.clientY - (grip === 'end' ? endOf(own, event.currentTarget) : event.currentTarget.getBoundingClientRect().top);
    let dragging = false;
    const move = (at: PointerEvent) => {
      if (!dragging && Math.hypot(at.clientX - from.x, at.clientY - from.y) < THRESHOLD) return;
      dragging = true;
      at.preventDefault();
      const there = pointAt(grip === 'end' ? from.x : at.clientX, at.clientY - held);
      if (!there) return;
      const target = grip === 'end' ? { ...own, minutes: lasting(own.minute, there.minute - own.minute) } : { ...own, ...there };
      setState({ visit, grip, target, keyboard: false });
    };
    const up = () => {
      const was = moving.current;
      end();
      if (!dragging) return;
      // The click that ends a drag must not open the visit.
      window.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0);
      if (was) current.current.drop(visit, was.target, grip);
    };
    const key = (pressed: KeyboardEvent) => {
      if (pressed.key === 'Escape') {
        dragging = false;
        end();
      }
    };
    const end = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', key);
      letGo.current = null;
      setState(null);
    };
    letGo.current = end;
    window.addEventListener('pointermove', move, { passive: false });
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', key);
  };

  /** Where on the screen a visit ends: a short card under the pointer is taller than its visit is long. */
  function endOf({ minute, minutes }: Target, card: Element): number {
    const { hourHeight, fromHour } = current.current;
    const strip = card.closest('[data-column]')?.getBoundingClientRect();
    return (strip?.top ?? 0) + ((minute + minutes) / 60 - fromHour) * hourHeight;
  }

  function pointAt(x: number, y: number): Pick<Target, 'column' | 'minute'> | null {
    const { grid, columns, hourHeight, fromHour } = current.current;
    const strips = [...(grid.current?.querySelectorAll<HTMLElement>('[data-column]') ?? [])];
    const boxes = strips.map((strip) => strip.getBoundingClientRect());
    const index = Math.max(
      0,
      boxes.findIndex((box, at) => x < box.right || at === boxes.length - 1),
    );
    const box = boxes[index];
    const column = columns[index];
    if (!box || !column) return null;
    return { column: column.key, minute: minuteAt(y - box.top, hourHeight, fromHour, STEP) };
  }

  const keyboard: Lift['keyboard'] = (visit, grip) => {
    letGo.current?.();
    const start: Moving = { visit, grip, keyboard: true, target: standsAt(visit) };
    moving.current = start;
    setState(start);
    const key = (pressed: KeyboardEvent) => {
      const now = moving.current;
      if (!now) return;
      const { columns } = current.current;
      const at = columns.findIndex((column) => column.key === now.target.column);
      const step = pressed.shiftKey ? STEP : KEY_STEP;
      let target = now.target;
      const longer = { ArrowUp: -step, ArrowDown: step }[pressed.key];
      if (grip === 'end' && pressed.key.startsWith('Arrow'))
        target = { ...target, minutes: lasting(target.minute, target.minutes + (longer ?? 0)) };
      else if (pressed.key === 'ArrowUp') target = { ...target, minute: Math.max(0, target.minute - step) };
      else if (pressed.key === 'ArrowDown') target = { ...target, minute: Math.min(24 * 60 - step, target.minute + step) };
      else if (pressed.key === 'ArrowLeft') target = { ...target, column: columns[Math.max(0, at - 1)]?.key ?? target.column };
      else if (pressed.key === 'ArrowRight')
        target = { ...target, column: columns[Math.min(columns.length - 1, at + 1)]?.key ?? target.column };
      else if (pressed.key === 'Enter') {
        stop();
        current.current.drop(visit, now.target, grip);
        pressed.preventDefault();
        pressed.stopPropagation();
        return;
      } else if (pressed.key === 'Escape' || pressed.key === 'Tab') {
        stop();
        if (pressed.key === 'Escape') pressed.preventDefault();
        return;
      } else return;
      pressed.preventDefault();
      pressed.stopPropagation();
      moving.current = { ...now, target };
      setState(moving.current);
    };
    const stop = () => {
      window.removeEventListener('keydown', key, { capture: true });
      letGo.current = null;
      setState(null);
    };
    letGo.current = stop;
    window.addEventListener('keydown', key, { capture: true });
  };

  return { state, lift: { pointer, keyboard } };
}

function swallow(event: MouseEvent): void {
  event.stopPropagation();
  event.preventDefault();
}
