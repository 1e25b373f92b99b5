import { type RefObject, useEffect, useRef, useState } from 'react';
import { minuteAt } from '../../agenda/layout';
import type { Appointment } from '../../api/types';
import { minuteOf } from '../../time/clinicTime';
import { type By, type Column, columnOf } from './model';

export interface Target {
  column: string;
  /** Wall-clock minutes since midnight. */
  minute: number;
}

interface Moving {
  visit: Appointment;
  target: Target;
  height: number;
  keyboard: boolean;
}

export interface Lift {
  pointer: (event: React.PointerEvent, visit: Appointment, height: number) => void;
  keyboard: (visit: Appointment, height: number) => void;
}

/** A press becomes a drag only after this many pixels, so that a shaky click still opens the visit. */
const THRESHOLD = 5;
const STEP = 5;
const KEY_STEP = 15;

interface Options {
  grid: RefObject<HTMLDivElement | null>;
  columns: Column[];
  hourHeight: number;
  fromHour: number;
  zone: string;
  by: By;
  drop: (visit: Appointment, target: Target) => void;
}

/**
 * Moving a visit by pointer or by keyboard, to the same end. The card stays where it is and a ghost moves: taking the
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

  const pointer: Lift['pointer'] = (event, visit, height) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const from = { x: event.clientX, y: event.clientY };
    const grip = event.clientY - event.currentTarget.getBoundingClientRect().top;
    let dragging = false;
    const move = (at: PointerEvent) => {
      if (!dragging && Math.hypot(at.clientX - from.x, at.clientY - from.y) < THRESHOLD) return;
      dragging = true;
      at.preventDefault();
      const target = targetAt(at.clientX, at.clientY - grip);
      if (target) setState({ visit, target, height, keyboard: false });
    };
    const up = () => {
      const was = moving.current;
      end();
      if (!dragging) return;
      // The click that ends a drag must not open the visit.
      window.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0);
      if (was) current.current.drop(visit, was.target);
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

  function targetAt(x: number, y: number): Target | null {
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

  const keyboard: Lift['keyboard'] = (visit, height) => {
    letGo.current?.();
    const { zone, by } = current.current;
    const start: Moving = {
      visit,
      height,
      keyboard: true,
      target: { column: columnOf(visit, zone, by), minute: minuteOf(visit.start, zone) },
    };
    moving.current = start;
    setState(start);
    const key = (pressed: KeyboardEvent) => {
      const now = moving.current;
      if (!now) return;
      const { columns } = current.current;
      const at = columns.findIndex((column) => column.key === now.target.column);
      const step = pressed.shiftKey ? STEP : KEY_STEP;
      let target = now.target;
      if (pressed.key === 'ArrowUp') target = { ...target, minute: Math.max(0, target.minute - step) };
      else if (pressed.key === 'ArrowDown') target = { ...target, minute: Math.min(24 * 60 - step, target.minute + step) };
      else if (pressed.key === 'ArrowLeft') target = { ...target, column: columns[Math.max(0, at - 1)]?.key ?? target.column };
      else if (pressed.key === 'ArrowRight')
        target = { ...target, column: columns[Math.min(columns.length - 1, at + 1)]?.key ?? target.column };
      else if (pressed.key === 'Enter') {
        stop();
        current.current.drop(visit, now.target);
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
