import css from './Booking.module.css';
import { h, icon } from './dom';
import { button, error, field, heading, names, picked, times } from './parts';
import { anywhere, book, format, go, locationOf, locations, nameOf, redraw, seeTimes, sendCode, service, state, t } from './state';
import { headingOf } from './texts';

const title = () => headingOf(t(), state.card?.country ?? '');

const option = (group: string, checked: boolean, name: string, detail: string, onchange: () => void) =>
  h(
    'label',
    { class: css.option },
    h('input', { type: 'radio', name: group, checked, onchange }),
    h('span', {}, h('b', {}, name), detail !== '' && h('span', { class: css.small }, detail)),
  );

export function serviceStep(): Node[] {
  const card = state.card;
  if (!card || card.services.length === 0) return [heading(title()), h('p', { class: css.empty }, t().nothingOffered)];
  const who = card.practitioners.filter((one) => service()?.practitionerIds.includes(one.id));
  const surnames = who.map((one) => one.displayName).join(', ');
  return [
    heading(title(), t().step(1)),
    ...(card.welcome ? [h('p', { class: css.welcome }, card.welcome)] : []),
    h(
      'fieldset',
      { class: css.options },
      h('legend', {}, t().what),
      ...card.services.map((one) =>
        option('service', one.id === state.serviceId, one.name, t().minutes(one.durationMinutes), () => {
          state.serviceId = one.id;
          if (state.practitionerId && !one.practitionerIds.includes(state.practitionerId)) state.practitionerId = null;
          redraw();
        }),
      ),
    ),
    h(
      'fieldset',
      { class: css.options },
      h('legend', {}, t().who),
      who.length !== 1 &&
        option('who', state.practitionerId === null, t().anybody, surnames, () => {
          state.practitionerId = null;
        }),
      ...who.map((one) =>
        option('who', who.length === 1 || state.practitionerId === one.id, one.displayName, one.specialty ?? '', () => {
          state.practitionerId = one.id;
        }),
      ),
    ),
    locations().length > 1 &&
      h(
        'fieldset',
        { class: css.options },
        h('legend', {}, t().wherePlace),
        anywhere() &&
          option('place', state.locationId === null, t().anyPlace, '', () => {
            state.locationId = null;
          }),
        ...locations().map((one) =>
          option('place', state.locationId === one.id, one.name, one.address ?? '', () => {
            state.locationId = one.id;
          }),
        ),
      ),
    button(t().seeTimes, () => void seeTimes()),
  ].filter((node) => node !== false);
}

const pickedService = () => {
  const chosen = service();
  return picked(chosen?.name ?? '', t().minutes(chosen?.durationMinutes ?? 0), () => go('service'));
};

export function timeStep(): Node[] {
  const who = state.practitionerId ? nameOf(state.practitionerId) : t().anybody;
  const chosen = locations().length > 1 ? locationOf(state.locationId) : undefined;
  const everybody =
    state.card?.practitioners.filter((one) => service()?.practitionerIds.includes(one.id)).map((one) => one.displayName) ?? [];
  return [
    heading(title(), t().step(2)),
    h(
      'ol',
      { class: css.picked },
      pickedService(),
      picked(who, state.practitionerId ? '' : everybody.join(', '), () => go('service')),
      ...(chosen ? [picked(chosen.name, chosen.address ?? '', () => go('service'))] : []),
    ),
    times(),
  ];
}

let ticking: ReturnType<typeof setInterval> | undefined;

/** Says how long the time is kept and when another code may be asked for, every second and without a redraw. */
function countdown(held: HTMLElement, again: HTMLElement | null): void {
  clearInterval(ticking);
  const tick = () => {
    const until = Date.parse(state.held?.expiresAt ?? '');
    const kept = until > Date.now();
    const text = kept ? t().held(format().time(state.held?.expiresAt ?? '')) : t().heldNoMore;
    if (held.textContent !== text) held.textContent = text;
    if (again && state.sent) {
      const left = Math.ceil((Date.parse(state.sent.againAt) - Date.now()) / 1000);
      const ready = left <= 0;
      if (ready && again.firstElementChild?.tagName !== 'BUTTON')
        again.replaceChildren(h('button', { type: 'button', class: css.link, onclick: () => void sendCode() }, t().sendAgain));
      else if (!ready) again.textContent = t().again(left);
    }
    if (!held.isConnected) clearInterval(ticking);
  };
  tick();
  ticking = setInterval(tick, 1000);
}

export function detailsStep(): Node[] {
  const f = format();
  const start = state.held?.start ?? '';
  const held = h('span', {});
  const again = state.sent ? h('p', { class: css.hint }) : null;
  const form = h(
    'form',
    {
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        void (state.sent ? book() : sendCode());
      },
    },
    h('h2', {}, t().name),
    names(),
    ...(state.sent ? proof(again) : []),
    state.sent === null &&
      field({
        id: 'phone',
        label: t().phone,
        value: state.phone,
        wrong: state.wrong === 'phone',
        hint: t().phoneHint,
        attributes: { type: 'tel', autocomplete: 'tel', inputmode: 'tel', maxlength: '60' },
        oninput: (value) => {
          state.phone = value;
        },
      }),
    field({
      id: 'note',
      label: t().note,
      value: state.note,
      attributes: { maxlength: '300', autocomplete: 'off' },
      oninput: (value) => {
        state.note = value;
      },
    }),
    error(),
    h(
      'button',
      { type: 'submit', class: css.primary, 'aria-disabled': state.busy ? 'true' : null },
      state.sent ? (state.card?.byHand ? t().request : t().book) : t().sendCode,
    ),
    state.card?.deposit &&
      h(
        'p',
        { class: css.hint },
        t().depositAsked(f.money(state.card.deposit.amountMinor, state.card.deposit.currency), state.card.deposit.hours),
      ),
    h('p', { class: css.hint }, t().changeUntil(Math.round((state.card?.changeNoticeMinutes ?? 0) / 60))),
  );
  const nodes = [
    heading(title(), t().step(3)),
    h(
      'ol',
      { class: css.picked },
      pickedService(),
      picked(`${f.dayCapital(start)}, ${f.time(start)}`, nameOf(state.held?.practitionerId ?? ''), () => void seeTimes()),
    ),
    h('p', { class: css.held }, icon('clock'), held),
    form,
  ];
  queueMicrotask(() => countdown(held, again));
  return nodes;
}

function proof(again: HTMLElement | null): Node[] {
  return [
    h(
      'div',
      { class: css.sent },
      h('div', {}, h('b', {}, state.sent?.phone ?? ''), h('p', { class: css.small }, t().sentTo)),
      h(
        'button',
        {
          type: 'button',
          class: css.link,
          onclick: () => {
            state.sent = null;
            redraw();
          },
        },
        t().change,
      ),
    ),
    h(
      'div',
      { class: css.code },
      field({
        id: 'code',
        label: t().code,
        value: state.code,
        wrong: state.wrong === 'code',
        attributes: { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '6', pattern: '[0-9]*' },
        oninput: (value) => {
          state.code = value.replace(/\D/g, '');
        },
      }),
      ...(again ? [again] : []),
    ),
  ];
}
