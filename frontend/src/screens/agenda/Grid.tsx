import clsx from 'clsx';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { hourNeeded, hoursShown, layOut, roomBelow } from '../../agenda/layout';
import { allows, may } from '../../api/may';
import type { Appointment, OpeningHoursOfDay, SlotHold } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { useVisitChanges } from '../../app/visitChanges';
import { dateOf, hhmm, instantAt, minuteOf, offsetLabel, resolve, timeOf } from '../../time/clinicTime';
import { weekdayShort } from '../../time/format';
import avatars from '../../ui/avatars.module.css';
import { hueStyle } from '../../ui/Hue';
import layout from '../../ui/layout.module.css';
import { failed } from '../../ui/notices';
import typography from '../../ui/typography.module.css';
import { Card } from './Card';
import styles from './Grid.module.css';
import { GroupCard } from './GroupCard';
import {
  type Buffers,
  type By,
  buffersOf,
  type Column,
  closedIn,
  columnOf,
  heldIn,
  holidayOf,
  isShared,
  isTaken,
  spanOf,
  standingTogether,
} from './model';
import { type Grip, type Target, useMoving } from './useMoving';

/** No card is lower than this, except where visits follow each other in less than a quarter of an hour. */
const TARGET = 24;
/** Half of the badge of the present and half of an hour's label, one above the other. */
const BADGE = 16;
/** Air between two cards. */
const GAP = 2;
/** Pixels an hour needs so that a quarter of an hour is a target. */
const ROOMY = (TARGET + GAP) * 4;
const SMALLEST = 52;

interface Props {
  columns: Column[];
  by: By;
  /** What is shown; `all` also counts what a filter hides, for telling whether a time is free. */
  visits: Appointment[];
  all: Appointment[];
  /** What is kept while somebody fills a form. */
  holds: SlotHold[];
  /** The colours of services, by their ids. */
  hues: ReadonlyMap<string, number | null>;
  /** What services keep free around visits, by their ids. */
  buffers: Buffers;
  /** When the columns are open; empty while it is on its way. */
  opening: OpeningHoursOfDay[];
  roomy: boolean;
  phone: boolean;
  now: string;
  byDay: boolean;
  /** The visits are still on their way: the grid stands, and says so. */
  busy: boolean;
  dayLabel: (date: string) => string;
}

export function Grid({ columns, by, visits, all, holds, hues, buffers, opening, roomy, phone, now, byDay, busy, dayLabel }: Props) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const changes = useVisitChanges();
  const zone = clinic.timeZone;
  const grid = useRef<HTMLDivElement>(null);
  const byColumn = useMemo(() => {
    const map = new Map<string, Appointment[]>();
    for (const visit of visits) {
      const key = columnOf(visit, zone, by);
      map.set(key, [...(map.get(key) ?? []), visit]);
    }
    return map;
  }, [visits, zone, by]);
  const together = (column: string) => standingTogether(byColumn.get(column) ?? []);
  const closed = new Map(columns.map((column) => [column.key, closedIn(column, opening, zone)]));
  const hours = hoursShown([
    ...opened(closed),
    ...all.filter((visit) => columns.some((column) => column.key === columnOf(visit, zone, by))).map((visit) => spanOf(visit, zone)),
  ]);
  const spans = new Map(
    columns.map((column) => [
      column.key,
      all.filter((visit) => columnOf(visit, zone, by) === column.key).map((visit) => spanOf(visit, zone)),
    ]),
  );
  const needed = Math.min(ROOMY, hourNeeded([...spans.values()], TARGET + GAP));
  const hourHeight = useHourHeight(grid, hours.to - hours.from, roomy, phone, needed);
  const mayMove = (visit: Appointment) => may(clinic, 'move') && allows.move(visit);

  const mayStretch = (visit: Appointment) => may(clinic, 'move') && allows.stretch(visit);

  const drop = (visit: Appointment, target: Target, grip: Grip) => {
    if (grip === 'end') {
      const { start, end } = spanOf(visit, zone);
      if (target.minutes !== end - start) void changes.move(visit, { start: visit.start, minutes: target.minutes });
      return;
    }
    const column = columns.find((one) => one.key === target.column);
    if (!column) return;
    const wall = resolve(column.date, hhmm(target.minute), zone);
    if (wall.kind === 'skipped') {
      failed(t('agenda.skipped', { time: hhmm(target.minute), before: wall.before, after: wall.after }), t('action.close'));
      return;
    }
    const start = wall.kind === 'exact' ? wall.instant : wall.earlier;
    if (start === visit.start && target.column === columnOf(visit, zone, by)) return;
    if (column.practitioner) void changes.move(visit, { start, practitioner: column.practitioner });
    // Another room at the same time is nothing that the patient has to hear of.
    else if (start === visit.start) changes.takeRoom(visit, column.room);
    else void changes.move(visit, { start, ...(column.room ? { room: column.room } : {}) });
  };
  const moving = useMoving({ grid, columns, hourHeight, fromHour: hours.from, zone, by, drop });
  const taken = moving.state ? isTaken(all, moving.state.visit, moving.state.target, zone, by) : false;
  const nowMinute = minuteOf(now, zone);
  const nowDate = dateOf(now, zone);
  const nowShown = columns.some((column) => column.date === nowDate) && nowMinute >= hours.from * 60 && nowMinute <= hours.to * 60;
  const top = (minute: number) => ((minute - hours.from * 60) / 60) * hourHeight;
  const cardHeight = (minutes: number) => (minutes / 60) * hourHeight - GAP;
  const stretched = moving.state?.grip === 'end';

  return (
    <>
      <p className={layout.visuallyHidden} role="status">
        {busy ? t('state.loading') : ''}
      </p>
      <p className={layout.visuallyHidden} role="status" aria-live="assertive">
        {moving.state?.keyboard &&
          t(stretched ? (taken ? 'details.sayTaken' : 'details.sayFree') : taken ? 'agenda.sayTaken' : 'agenda.sayFree', {
            time: hhmm(moving.state.target.minute + (stretched ? moving.state.target.minutes : 0)),
            who: columns.find((column) => column.key === moving.state?.target.column)?.name,
            minutes: moving.state.target.minutes,
          })}
      </p>
      <div
        className={clsx(styles.grid, busy && styles.busy)}
        aria-busy={busy}
        data-testid="agenda-grid"
        ref={grid}
        style={{ '--hh': `${hourHeight}px`, '--hours': hours.to - hours.from, '--cols': columns.length } as React.CSSProperties}
      >
        <div className={clsx(styles.head, styles.zone)}>
          {offsetLabel(columns[0] ? instantAt(columns[0].date, 12 * 60, zone) : now, zone)}
        </div>
        {columns.map((column, index) => (
          <div className={styles.head} key={column.key} style={{ gridColumn: index + 2 }}>
            {byDay ? (
              <div className={clsx(styles.day, column.date === nowDate && styles.today)}>
                <b className={typography.strong}>{weekdayShort(column.date, language)}</b>
                <span className={clsx(typography.tiny, typography.muted)}>
                  {dayLabel(column.date)} · {byColumn.get(column.key)?.length ?? 0}
                </span>
              </div>
            ) : (
              <>
                <span className={clsx(avatars.avatar, styles.hued)} style={hueStyle(column.hue)} aria-hidden="true">
                  {initials(column.name)}
                </span>
                <div className={layout.fill}>
                  <b className={clsx(typography.strong, typography.ellipsis, typography.block)}>{column.name}</b>
                  <span className={clsx(typography.tiny, typography.muted, typography.ellipsis, typography.block)}>
                    {column.under && `${column.under} · `}
                    {t('agenda.count', { count: byColumn.get(column.key)?.length ?? 0 })}
                  </span>
                </div>
              </>
            )}
          </div>
        ))}
        <div className={styles.hours} data-hours aria-hidden="true">
          {Array.from({ length: hours.to - hours.from }, (_, index) => hours.from + index).map((hour) => (
            // The badge of the present stands where the hour would.
            <span
              key={hour}
              hidden={nowShown && Math.abs(top(nowMinute) - top(hour * 60)) < BADGE}
              style={{ top: (hour - hours.from) * hourHeight }}
            >
              {hhmm(hour * 60)}
            </span>
          ))}
        </div>
        {columns.map((column, index) => (
          <DayColumn
            key={column.key}
            place={index + 2}
            label={byDay ? dayLabel(column.date) : column.name}
            onBook={
              actions.book
                ? (minute) =>
                    actions.book?.({ date: column.date, minute, practitionerId: column.practitioner?.id, roomId: column.room?.id })
                : null
            }
            hourHeight={hourHeight}
            fromHour={hours.from}
          >
            {closed
              .get(column.key)
              ?.filter((part) => part.until > hours.from * 60 && part.from < hours.to * 60)
              .map((part) => (
                <span
                  key={part.from}
                  aria-hidden="true"
                  className={styles.closed}
                  style={{
                    top: top(Math.max(part.from, hours.from * 60)),
                    height: top(Math.min(part.until, hours.to * 60)) - top(Math.max(part.from, hours.from * 60)),
                  }}
                />
              ))}
            {buffersOf(byColumn.get(column.key) ?? [], buffers, zone)
              .filter((part) => part.end > hours.from * 60 && part.start < hours.to * 60)
              .map((part) => (
                <span
                  key={part.key}
                  aria-hidden="true"
                  className={styles.buffer}
                  data-testid="buffer"
                  style={{
                    top: top(Math.max(part.start, hours.from * 60)),
                    height: top(Math.min(part.end, hours.to * 60)) - top(Math.max(part.start, hours.from * 60)),
                  }}
                />
              ))}
            {heldIn(column, holds, now, zone, by).map(({ hold, start, end }) => (
              <span
                key={hold.id}
                className={styles.hold}
                data-testid={`hold-${hold.id}`}
                style={{ top: top(start) + 1, height: Math.max(((end - start) / 60) * hourHeight - GAP, TARGET) }}
              >
                {hhmm(start)}{' '}
                {t(hold.source === 'desk' ? 'holds.deskShort' : 'holds.onlineShort', {
                  name: hold.heldBy ?? t('holds.somebody'),
                  until: timeOf(hold.expiresAt, zone),
                })}
              </span>
            ))}
            {holidayOf(column, opening) && <span className={styles.holiday}>{holidayOf(column, opening)}</span>}
            {layOut(together(column.key).map(([first]) => spanOf(first as Appointment, zone))).map((span) => {
              const group = together(column.key).find(([first]) => first?.id === span.id) ?? [];
              const visit = group[0] as Appointment;
              const room = roomBelow(spans.get(column.key) ?? [], span);
              const place = {
                top: top(span.start) + 1,
                height: Math.max(cardHeight(span.end - span.start), Math.min(TARGET, room === null ? TARGET : cardHeight(room))),
                lane: span.lane,
                lanes: span.lanes,
                hue: hues.get(visit.healthcareService.id),
              };
              if (isShared(visit)) return <GroupCard key={visit.id} visits={group} {...place} />;
              return (
                <Card
                  key={visit.id}
                  visit={visit}
                  {...place}
                  lifted={moving.state?.visit.id === visit.id}
                  onOpen={() => actions.show(visit.id)}
                  onLift={mayMove(visit) ? moving.lift : null}
                  onStretch={mayStretch(visit) ? moving.lift : null}
                />
              );
            })}
            {moving.state?.target.column === column.key && (
              <>
                <Card
                  visit={moving.state.visit}
                  top={top(moving.state.target.minute) + 1}
                  height={Math.max(cardHeight(moving.state.target.minutes), TARGET)}
                  lane={0}
                  lanes={1}
                  ghost={hhmm(moving.state.target.minute)}
                />
                <span
                  className={styles.tip}
                  style={{ top: top(moving.state.target.minute) + Math.max(cardHeight(moving.state.target.minutes), TARGET) + 5 }}
                >
                  {stretched
                    ? t(taken ? 'details.tipTaken' : 'details.tipFree', {
                        to: hhmm(moving.state.target.minute + moving.state.target.minutes),
                        minutes: moving.state.target.minutes,
                      })
                    : t(taken ? 'agenda.tipTaken' : 'agenda.tipFree', {
                        from: hhmm(minuteOf(moving.state.visit.start, zone)),
                        to: hhmm(moving.state.target.minute),
                      })}
                </span>
              </>
            )}
          </DayColumn>
        ))}
        {nowShown && (
          <div className={styles.now} style={{ top: top(nowMinute) }}>
            <b>
              <span className={layout.visuallyHidden}>{t('today.now')} </span>
              {hhmm(nowMinute)}
            </b>
          </div>
        )}
      </div>
    </>
  );
}

/** From the first opening to the last closing, so that the whole working day is shown. */
function opened(closed: Map<string, { from: number; until: number }[]>): { id: string; start: number; end: number }[] {
  return [...closed].flatMap(([id, parts]) => {
    if (parts.length < 2) return [];
    const start = parts[0]?.from === 0 ? (parts[0]?.until ?? 0) : 0;
    const last = parts.at(-1);
    const end = last?.until === 24 * 60 ? last.from : 24 * 60;
    return end > start ? [{ id, start, end }] : [];
  });
}

/** An empty place in a column books: the pointer chooses the quarter of an hour; the keyboard has the button above. */
function DayColumn(props: {
  label: string;
  place: number;
  onBook: ((minute: number) => void) | null;
  hourHeight: number;
  fromHour: number;
  children: React.ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard books with N or the button of the page
    <section
      className={clsx(styles.column, props.onBook && styles.bookable)}
      data-column
      aria-label={props.label}
      style={{ gridColumn: props.place }}
      onClick={(event) => {
        if (event.target !== event.currentTarget || !props.onBook) return;
        const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
        props.onBook(props.fromHour * 60 + Math.floor(((y / props.hourHeight) * 60) / 15) * 15);
      }}
    >
      {props.children}
    </section>
  );
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .filter((word) => !word.endsWith('.'))
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');

/** Compact fits the whole working day into the window, as far as its cards allow; roomy gives every quarter of an hour a full target. */
function useHourHeight(
  grid: React.RefObject<HTMLDivElement | null>,
  hours: number,
  roomy: boolean,
  phone: boolean,
  needed: number,
): number {
  const [height, setHeight] = useState(60);
  useLayoutEffect(() => {
    const measure = () => {
      if (phone) return setHeight(Math.max(80, needed));
      if (roomy) return setHeight(ROOMY);
      const body = grid.current?.querySelector('[data-hours]');
      if (!body) return;
      const room = window.innerHeight - (body.getBoundingClientRect().top + window.scrollY) - 10;
      setHeight(Math.max(SMALLEST, needed, Math.min(ROOMY, Math.floor((room / hours) * 2) / 2)));
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [grid, hours, roomy, phone, needed]);
  return height;
}
