/** A visit on one day's column, in wall-clock minutes since midnight. `end` is after `start`. */
export interface Span {
  id: string;
  start: number;
  end: number;
}

export interface Placed extends Span {
  /** Which of the side-by-side lanes the card stands in, from 0. */
  lane: number;
  /** How many lanes its group of overlapping cards needs. */
  lanes: number;
}

/**
 * Puts overlapping visits side by side: each takes the first free lane, and every card of a group that overlaps,
 * directly or through others, is as wide as the group's lanes allow. Back-to-back visits do not overlap.
 */
export function layOut(spans: readonly Span[]): Placed[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end || a.id.localeCompare(b.id));
  const placed: Placed[] = [];
  let group: Placed[] = [];
  let laneEnds: number[] = [];
  let groupEnd = Number.NEGATIVE_INFINITY;
  const closeGroup = () => {
    for (const card of group) card.lanes = laneEnds.length;
    placed.push(...group);
    group = [];
    laneEnds = [];
  };
  for (const span of sorted) {
    if (span.start >= groupEnd) closeGroup();
    const free = laneEnds.findIndex((end) => end <= span.start);
    const lane = free === -1 ? laneEnds.length : free;
    laneEnds[lane] = span.end;
    groupEnd = group.length === 0 ? span.end : Math.max(groupEnd, span.end);
    group.push({ ...span, lane, lanes: 1 });
  }
  closeGroup();
  return placed;
}

/**
 * How soon after a span's start the next one that does not overlap it begins, in minutes; null when none does. That is all
 * the room a card has below its upper edge.
 */
export function roomBelow(spans: readonly Span[], span: Span): number | null {
  const starts = spans.filter((other) => other.start >= span.end).map((other) => other.start);
  return starts.length > 0 ? Math.min(...starts) - span.start : null;
}

/** The height an hour needs so that every card of a column gets its target, however close the next one follows. */
export function hourNeeded(columns: readonly (readonly Span[])[], target: number): number {
  const rooms = columns.flatMap((spans) => spans.map((span) => roomBelow(spans, span) ?? Number.POSITIVE_INFINITY));
  return rooms.length > 0 ? Math.ceil((target * 60) / Math.min(...rooms)) : 0;
}

/** The hours the grid shows: the usual working day, stretched to whole hours so that no visit is hidden. */
export function hoursShown(
  spans: readonly Span[],
  usual: { from: number; to: number } = { from: 8, to: 18 },
): { from: number; to: number } {
  let { from, to } = usual;
  for (const span of spans) {
    from = Math.min(from, Math.floor(span.start / 60));
    to = Math.max(to, Math.ceil(span.end / 60));
  }
  return { from: Math.max(0, from), to: Math.min(24, to) };
}

/** The nearest step of the grid at or below a height, kept inside the day. */
export function minuteAt(pixels: number, hourHeight: number, fromHour: number, step = 5): number {
  const minute = fromHour * 60 + (pixels / hourHeight) * 60;
  return Math.min(24 * 60 - step, Math.max(0, Math.round(minute / step) * step));
}

/** Whether a span would stand on a visit of the same column, leaving itself out. */
export const collides = (spans: readonly Span[], moved: Span): boolean =>
  spans.some((span) => span.id !== moved.id && span.start < moved.end && moved.start < span.end);
