import { useEffect, useMemo, useRef, useState } from 'react';
import { holdSlot, releaseSlot } from '../../api/actions';
import { Problem } from '../../api/problems';
import type { SlotHold, SlotHoldInput } from '../../api/types';
import { useClinic } from '../../app/clinic';

/** Whoever is still choosing has not chosen. */
const SETTLED = 400;
/** The server keeps a time for five minutes. */
const AGAIN = 2 * 60_000;
/** A form that nobody touches for this long lets its time run out. */
const IDLE = 5 * 60_000;

export interface HeldTime {
  /** What this form keeps; null while it keeps nothing. */
  hold: SlotHold | null;
  /** Why the time cannot be kept; null while it can. */
  refused: Problem | null;
}

/** Keeps the time of a form for as long as it is filled, and lets go of it with the form. Null: there is no time yet. */
export function useSlotHold(wanted: Omit<SlotHoldInput, 'form'> | null): HeldTime & { used: () => void } {
  const clinic = useClinic();
  const [told, setTold] = useState<HeldTime & { of: string }>({ of: '', hold: null, refused: null });
  const said = wanted ? JSON.stringify(wanted) : '';
  const keeper = useMemo(() => new Keeper(clinic.id), [clinic.id]);
  const touched = useRef(0);

  useEffect(() => {
    if (!said) {
      keeper.letGo();
      return;
    }
    let over = false;
    touched.current = performance.now();
    const touch = () => {
      touched.current = performance.now();
    };
    const ask = async () => {
      if (performance.now() - touched.current > IDLE) return;
      const next = await keeper.keep(JSON.parse(said));
      if (!over && next) setTold({ of: said, ...next });
    };
    const first = window.setTimeout(ask, SETTLED);
    const again = window.setInterval(ask, AGAIN);
    for (const kind of ['keydown', 'pointerdown'] as const) window.addEventListener(kind, touch);
    return () => {
      over = true;
      window.clearTimeout(first);
      window.clearInterval(again);
      for (const kind of ['keydown', 'pointerdown'] as const) window.removeEventListener(kind, touch);
    };
  }, [said, keeper]);

  useEffect(() => {
    const leave = () => keeper.letGo();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [keeper]);

  const used = () => keeper.used();
  return told.of === said ? { hold: told.hold, refused: told.refused, used } : { hold: null, refused: null, used };
}

/** One form's requests, one after the other: what is let go last stays so. */
class Keeper {
  private readonly clinic: string;
  private readonly form = crypto.randomUUID();
  private held: string | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(clinic: string) {
    this.clinic = clinic;
  }

  /** Null when nothing is known: holding is a courtesy, and booking works without it. */
  keep(wanted: Omit<SlotHoldInput, 'form'>): Promise<HeldTime | null> {
    return this.next(async () => {
      try {
        const hold = await holdSlot(this.clinic, { ...wanted, form: this.form });
        this.held = hold.id;
        return { hold, refused: null };
      } catch (error) {
        await this.release();
        return error instanceof Problem && error.code === 'slot-taken' ? { hold: null, refused: error } : null;
      }
    });
  }

  /** A booking used it up: there is nothing to let go of. */
  used(): void {
    this.held = null;
  }

  letGo(): void {
    void this.next(() => this.release());
  }

  private async release(): Promise<void> {
    const id = this.held;
    this.held = null;
    // One that ran out, or that a colleague took, is gone already.
    if (id) await releaseSlot(this.clinic, id).catch(() => {});
  }

  private next<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }
}
