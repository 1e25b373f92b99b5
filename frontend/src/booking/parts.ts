import type { Slot } from './api';
import css from './Booking.module.css';
import { h, icon } from './dom';
import { askedAll, choose, format, locationOf, locations, moreDays, nameOf, redraw, state, t } from './state';
import timesCss from './Times.module.css';

export const heading = (text: string, aside = '') =>
  h('div', { class: css.head }, h('h1', { tabindex: -1, id: 'heading' }, text), aside !== '' && h('p', { class: css.muted }, aside));

/** What went wrong, told at once and again by the keyboard. */
export const error = () =>
  state.error === '' ? null : h('p', { class: css.error, role: 'alert', tabindex: -1, id: 'error' }, state.error);

export const button = (text: string, onclick: () => void, main = true) =>
  h('button', { type: 'button', class: main ? css.primary : css.button, onclick, 'aria-disabled': state.busy ? 'true' : null }, text);

/** A finished step, as one line. */
export const picked = (title: string, detail: string, onclick: () => void) =>
  h(
    'li',
    {},
    h('span', { class: css.done }, icon('check')),
    h('div', {}, h('b', {}, title), h('p', { class: css.small }, detail)),
    h('button', { type: 'button', class: css.link, onclick }, t().change, h('span', { class: css.hidden }, ` ${title}`)),
  );

const isMorning = (start: string) => format().hour(start) < 13;

function partOfDay() {
  const parts = [
    ['all', t().all],
    ['morning', t().morning],
    ['afternoon', t().afternoon],
  ] as const;
  return h(
    'div',
    { class: timesCss.segments, role: 'group', 'aria-label': t().partOfDay },
    ...parts.map(([part, text]) =>
      h(
        'button',
        {
          type: 'button',
          'aria-pressed': String(state.part === part),
          onclick: () => {
            state.part = part;
            redraw();
          },
        },
        text,
      ),
    ),
  );
}

/** Where a time is, while that is not chosen and there are several places. */
const placeOf = (slot: Slot) =>
  state.step !== 'move' && !state.locationId && locations().length > 1 ? (locationOf(slot.locationId)?.name ?? '') : '';

const extras = (slot: Slot): string[] =>
  [placeOf(slot), slot.placesLeft === null ? '' : t().placesLeft(slot.placesLeft)].filter((text) => text !== '');

/** Free times by day: the soonest in one tap, then all. */
export function times() {
  const f = format();
  const shown = state.slots.filter((slot) => state.part === 'all' || isMorning(slot.start) === (state.part === 'morning'));
  const days = new Map<string, typeof shown>();
  for (const slot of shown) {
    const date = f.date(slot.start);
    days.set(date, [...(days.get(date) ?? []), slot]);
  }
  const first = shown[0];
  const searching = state.busy && state.slots.length === 0;
  return h(
    'div',
    {},
    h('div', { class: timesCss.row }, h('h2', {}, t().when), partOfDay()),
    error(),
    h('p', { class: css.hidden, role: 'status' }, searching ? t().loading : ''),
    searching && h('div', { class: css.skeleton, 'aria-hidden': 'true' }, ...Array.from({ length: 6 }, () => h('span'))),
    first
      ? h(
          'button',
          { type: 'button', class: timesCss.soonest, onclick: () => choose(first) },
          h(
            'span',
            {},
            h('b', {}, t().soonest(`${f.weekday(first.start)} ${f.time(first.start)}`)),
            h(
              'span',
              { class: css.small },
              [t().withWhom(f.day(first.start), nameOf(first.practitionerId)), placeOf(first)].filter(Boolean).join(' · '),
            ),
          ),
          icon('chevron'),
        )
      : null,
    h(
      'div',
      { class: timesCss.days },
      ...[...days.values()].map((slots) => {
        const start = slots[0]?.start ?? '';
        return h(
          'section',
          { class: timesCss.day, 'aria-label': f.day(start) },
          h('h3', {}, `${f.weekday(start)} `, h('span', {}, f.shortDay(start))),
          h(
            'div',
            { class: timesCss.slots },
            ...slots.map((slot) =>
              h(
                'button',
                {
                  type: 'button',
                  class: timesCss.slot,
                  // What is seen stands in the name as it is.
                  'aria-label': [`${f.day(slot.start)}, ${f.time(slot.start)}`, ...extras(slot)].join(' '),
                  onclick: () => choose(slot),
                },
                f.time(slot.start),
                ...extras(slot).flatMap((text) => [' ', h('span', { class: timesCss.left }, text)]),
              ),
            ),
          ),
        );
      }),
    ),
    !searching && !first && h('p', { class: css.empty }, state.slots.length === 0 && askedAll() ? t().noneAtAll : t().noneThen),
    h(
      'div',
      { class: timesCss.row },
      !askedAll() && !searching && button(t().moreDays, moreDays, false),
      h('span', { class: css.small }, t().zone(f.zone())),
    ),
  );
}

interface Field {
  id: string;
  label: string;
  value: string;
  wrong?: boolean;
  hint?: string;
  attributes?: Record<string, string>;
  oninput: (value: string) => void;
}

export function field({ id, label, value, wrong = false, hint, attributes = {}, oninput }: Field) {
  const described = [wrong && 'error', hint && `${id}-hint`].filter(Boolean).join(' ');
  return h(
    'div',
    { class: css.field },
    h('label', { for: id }, label),
    h('input', {
      id,
      value,
      'aria-invalid': wrong ? 'true' : null,
      'aria-describedby': described || null,
      ...attributes,
      oninput: (event) => oninput((event.target as HTMLInputElement).value),
    }),
    hint ? h('p', { class: css.hint, id: `${id}-hint` }, hint) : null,
  );
}

interface Choice {
  id: string;
  label: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  onchange: (value: string) => void;
}

export function select({ id, label, value, options, onchange }: Choice) {
  return h(
    'div',
    { class: css.field },
    h('label', { for: id }, label),
    h(
      'select',
      { id, onchange: (event) => onchange((event.target as HTMLSelectElement).value) },
      ...options.map(([each, text]) => h('option', { value: each, selected: each === value }, text)),
    ),
  );
}

/** What a patient is called, in every form that asks for it. */
export const names = () =>
  h(
    'div',
    { class: css.fields },
    field({
      id: 'given-name',
      label: t().givenName,
      value: state.givenName,
      wrong: state.wrong === 'givenName',
      attributes: { autocomplete: 'given-name', maxlength: '100' },
      oninput: (value) => {
        state.givenName = value;
      },
    }),
    field({
      id: 'family-name',
      label: t().familyName,
      value: state.familyName,
      attributes: { autocomplete: 'family-name', maxlength: '100' },
      oninput: (value) => {
        state.familyName = value;
      },
    }),
  );
