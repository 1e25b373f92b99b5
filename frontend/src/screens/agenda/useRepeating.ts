import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { seriesPreviewQuery } from '../../api/agendaQueries';
import type { NewSeries, SeriesOccurrence } from '../../api/types';
import { useClinic } from '../../app/clinic';

/** How visits repeat, in the words of the form. */
export const everies = ['day', 'week', 'fortnight', 'month-day', 'month-weekday'] as const;
export type Every = (typeof everies)[number];

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** The rule as RFC 5545 writes it; the first day decides which weekday of a month is meant. */
export function recurrenceOf(every: Every, count: number, start: string): string {
  const date = start.slice(0, 10);
  const day = Number(date.slice(8));
  const weekday = weekdays[new Date(`${date}T12:00:00Z`).getUTCDay()];
  const rules: Record<Every, string> = {
    day: 'FREQ=DAILY',
    week: 'FREQ=WEEKLY',
    fortnight: 'FREQ=WEEKLY;INTERVAL=2',
    'month-day': 'FREQ=MONTHLY',
    // A fifth one is not in every month: the last is meant.
    'month-weekday': `FREQ=MONTHLY;BYDAY=${day > 28 ? -1 : Math.ceil(day / 7)}${weekday}`,
  };
  return `${rules[every]};COUNT=${count}`;
}

export const MOST_VISITS = 52;

/** What is asked for whichever way it repeats; null while something is missing. */
export type SeriesPlan = Omit<NewSeries, 'recurrence'> | null;

export interface Repeating {
  every: Every | '';
  setEvery: (every: Every | '') => void;
  /** What is typed. */
  count: string;
  setCount: (count: string) => void;
  occurrences: readonly SeriesOccurrence[];
  error: unknown;
  /** Whether an occurrence is to be booked: what is free unless somebody says otherwise, what is taken never. */
  isChosen: (one: SeriesOccurrence) => boolean;
  turn: (one: SeriesOccurrence, on: boolean) => void;
  /** What to book; null while the visit does not repeat, or while the days are not known. */
  series: NewSeries | null;
  chosen: number;
}

/** A visit that repeats, while it is being planned: asks the server which days have a place. */
export function useRepeating(plan: SeriesPlan): Repeating {
  const clinic = useClinic();
  const [every, setEvery] = useState<Every | ''>('');
  const [count, setCount] = useState('10');
  const [turned, setTurned] = useState<Record<string, boolean>>({});
  const visits = Number(count);
  const counts = Number.isInteger(visits) && visits >= 2 && visits <= MOST_VISITS;
  const wanted = plan && every && counts ? { ...plan, recurrence: recurrenceOf(every, visits, plan.start) } : null;
  const preview = useQuery({ ...seriesPreviewQuery(clinic.id, wanted), placeholderData: keepPreviousData });
  const occurrences = wanted && preview.data ? preview.data.occurrences : [];
  const isChosen = (one: SeriesOccurrence) => one.fitting !== 'taken' && (turned[one.local] ?? one.fitting === 'free');
  const booked = occurrences.filter(isChosen);
  return {
    every,
    setEvery,
    count,
    setCount,
    occurrences,
    error: wanted ? preview.error : null,
    isChosen,
    turn: (one, on) => setTurned((before) => ({ ...before, [one.local]: on })),
    series:
      wanted && booked.length > 0 && !preview.isPlaceholderData
        ? {
            ...wanted,
            withoutDays: occurrences.filter((one) => !isChosen(one)).map((one) => one.local.slice(0, 10)),
            outsideHours: booked.some((one) => one.fitting === 'outside-hours'),
          }
        : null,
    chosen: booked.length,
  };
}
