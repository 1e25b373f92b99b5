import css from './Booking.module.css';
import { h, icon, mark } from './dom';
import { formStep, thanksStep } from './form';
import { button, error, heading } from './parts';
import { drawnBy, redraw, start, state, t } from './state';
import { detailsStep, serviceStep, timeStep } from './steps';
import { headingOf, languages } from './texts';
import { moveStep, visitStep } from './visit';

const clinicName = () => state.card?.name ?? state.visit?.clinicName ?? state.form?.clinicName ?? '';
const phone = () => state.card?.phone ?? state.visit?.phone ?? state.form?.phone ?? null;
const address = () => state.card?.address ?? state.visit?.address ?? state.form?.address ?? null;

const initials = () =>
  clinicName()
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word))
    .slice(0, 2)
    .map((word) => word.charAt(0).toLocaleUpperCase())
    .join('');

function footer() {
  return h(
    'div',
    { class: css.by },
    h('span', {}, t().bookingsBy),
    mark(),
    h('b', {}, 'Recado'),
    h(
      'span',
      { class: css.languages, role: 'group', 'aria-label': t().language },
      ...languages.map((language) =>
        h(
          'button',
          {
            type: 'button',
            class: css.link,
            lang: language,
            'aria-pressed': String(language === state.language),
            onclick: () => {
              state.language = language;
              redraw();
            },
          },
          language.slice(0, 2).toUpperCase(),
        ),
      ),
    ),
  );
}

function header() {
  const number = phone();
  const place = address();
  const map = `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(`${place ?? ''} ${clinicName()}`)}`;
  return h(
    'header',
    { class: css.clinic },
    h('div', { class: css.seal, 'aria-hidden': 'true' }, initials()),
    h('p', { class: css.name }, clinicName()),
    h(
      'ul',
      { class: css.facts },
      place &&
        h(
          'li',
          {},
          icon('pin'),
          h('span', {}, place, h('br'), h('a', { href: map, rel: 'noreferrer noopener', target: '_blank' }, t().map)),
        ),
      number && h('li', {}, icon('phone'), h('a', { href: `tel:${number}` }, number)),
    ),
  );
}

function step(): Node[] {
  switch (state.step) {
    case 'service':
      return serviceStep();
    case 'time':
      return timeStep();
    case 'details':
      return detailsStep();
    case 'visit':
      return visitStep();
    case 'move':
      return moveStep();
    case 'form':
      return formStep();
    case 'thanks':
      return thanksStep();
    case 'closed':
      return [heading(t().notHere), h('p', { class: css.empty }, t().notHereText)];
    case 'gone':
      return [heading(t().linkGone), h('p', { class: css.empty }, t().linkGoneText)];
    case 'failed':
      return [heading(t().title), ...[error()].filter((node) => node !== null), button(t().retry, () => void start())];
    case 'loading':
      return [
        h('p', { class: css.hidden, role: 'status' }, '…'),
        h('div', { class: css.skeleton, 'aria-hidden': 'true' }, h('span'), h('span')),
      ];
  }
}

/** Draws everything anew; the keyboard stays where it was unless the step or a refusal wants it elsewhere. */
function paint(focus: 'heading' | 'error' | 'code' | 'none'): void {
  const page = document.getElementById('page');
  if (!page) return;
  const before = document.activeElement;
  const field = before instanceof HTMLInputElement && before.id ? { id: before.id, at: before.selectionStart } : null;
  const pressed = before instanceof HTMLButtonElement ? (before.getAttribute('aria-label') ?? before.textContent) : null;
  const radio = before instanceof HTMLInputElement && before.type === 'radio' ? before.name : null;
  document.documentElement.lang = state.language;
  document.title = clinicName()
    ? `${state.form ? t().form.title : headingOf(t(), state.card?.country ?? '')} · ${clinicName()}`
    : t().title;
  const call = phone();
  page.className = css.page ?? '';
  page.replaceChildren(
    h('a', { class: css.skip, href: '#main' }, t().skip),
    header(),
    h(
      'main',
      { class: css.sheet, id: 'main', 'aria-busy': state.busy ? 'true' : 'false' },
      ...step(),
      call && state.error !== '' ? h('p', { class: css.call }, h('a', { href: `tel:${call}` }, t().call(call))) : '',
      footer(),
    ),
  );
  const target =
    focus === 'heading'
      ? document.getElementById('heading')
      : focus === 'code'
        ? document.getElementById('code')
        : focus === 'error'
          ? (document.getElementById(state.wrong === 'givenName' ? 'given-name' : state.wrong) ?? document.getElementById('error'))
          : field
            ? document.getElementById(field.id)
            : radio
              ? page.querySelector<HTMLInputElement>(`input[name="${radio}"]:checked`)
              : pressed
                ? [...page.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === pressed)
                : null;
  target?.focus({ preventScroll: focus === 'none' });
  if (field && target instanceof HTMLInputElement && focus === 'none') {
    try {
      target.setSelectionRange(field.at, field.at);
    } catch {
      // Fields of this kind have no cursor.
    }
  }
  if (focus === 'heading') scrollTo(0, 0);
}

drawnBy(paint);
addEventListener('hashchange', () => {
  if (/^#[vp]=/.test(location.hash)) void start();
});
void start();
