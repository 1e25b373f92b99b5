import { alias, type Visit } from './api';
import css from './Booking.module.css';
import { h, icon } from './dom';
import { calendarFile } from './format';
import { button, error, heading, times } from './parts';
import { bookAnother, cancel, format, go, redraw, seeTimes, state, t } from './state';

const linkOf = (visit: Visit) => `${location.origin}/reservar/${encodeURIComponent(alias)}#v=${visit.token}`;

function download(visit: Visit): void {
  const file = calendarFile({
    start: visit.start,
    end: visit.end,
    title: `${visit.serviceName}, ${visit.clinicName}`,
    place: whereOf(visit),
    url: linkOf(visit),
    now: new Date(),
  });
  const address = URL.createObjectURL(new Blob([file], { type: 'text/calendar' }));
  h('a', { href: address, download: `${alias}.ics` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The place by its name and address; the only one needs no name. */
const whereOf = (visit: Visit) =>
  [visit.location && visit.location.name !== visit.clinicName && visit.location.name, visit.address].filter(Boolean).join(', ') || null;

const statusOf = (visit: Visit) =>
  visit.status === 'pending' || visit.status === 'booked' || visit.status === 'cancelled' ? t().status[visit.status] : t().status.other;

const line = (term: string, text: string | null) => (text ? [h('dt', {}, term), h('dd', {}, text)] : []);

function stub(visit: Visit) {
  const f = format();
  const name = state.justBooked ? [state.givenName, state.familyName].filter(Boolean).join(' ') : null;
  return h(
    'div',
    { class: css.stub },
    h('p', { class: css.small }, visit.clinicName),
    h('p', { class: css.moment }, f.dayCapital(visit.start), h('br'), f.time(visit.start)),
    h('p', { class: visit.status === 'cancelled' ? css.off : css.small }, statusOf(visit)),
    h(
      'dl',
      {},
      ...line(t().for, name),
      ...line(t().whatFor, visit.serviceName),
      ...line(t().with, visit.practitionerName),
      ...line(t().where, whereOf(visit)),
      ...line(t().zoneLabel, f.zone()),
    ),
  );
}

function changes(visit: Visit): Node[] {
  if (state.sureToCancel)
    return [
      h('p', { class: css.ask, role: 'alert' }, t().cancelAsk),
      h(
        'div',
        { class: css.two },
        button(t().cancelSure, () => void cancel()),
        button(
          t().keep,
          () => {
            state.sureToCancel = false;
            redraw('heading');
          },
          false,
        ),
      ),
    ];
  if (!visit.mayChange) {
    const f = format();
    const awaited = visit.status === 'booked' || visit.status === 'pending';
    return awaited ? [h('p', { class: css.hint }, t().tooLate(`${f.day(visit.changeUntil)}, ${f.time(visit.changeUntil)}`))] : [];
  }
  return [
    h(
      'div',
      { class: css.two },
      button(t().move, () => void seeTimes('move'), false),
      button(
        t().cancel,
        () => {
          state.sureToCancel = true;
          redraw();
        },
        false,
      ),
    ),
  ];
}

/** What is asked for with the visit, and where to pay it. */
function deposit(visit: Visit): Node[] {
  const asked = visit.deposit;
  if (!asked || asked.state === 'waived' || asked.state === 'lapsed') return [];
  const f = format();
  const amount = f.money(asked.amountMinor, asked.currency);
  if (asked.state === 'paid') return [h('p', { class: css.notice }, t().depositPaid(amount))];
  return [
    h('p', { class: css.notice }, t().depositDue(amount, `${f.day(asked.dueAt)}, ${f.time(asked.dueAt)}`)),
    h('a', { class: css.primary, href: asked.link, rel: 'noreferrer noopener', target: '_blank' }, t().payDeposit(amount)),
  ];
}

export function visitStep(): Node[] {
  const visit = state.visit;
  if (!visit) return [];
  const on = visit.status === 'booked' || visit.status === 'pending';
  const title = state.justBooked ? (visit.status === 'pending' ? t().asked : t().done) : t().yourVisit;
  const place = visit.location;
  const point = place && place.latitude !== null && place.longitude !== null ? `${place.latitude},${place.longitude}` : null;
  const map = `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(point ?? `${visit.address ?? ''} ${visit.clinicName}`)}`;
  return [
    heading(title),
    ...(state.notice ? [h('p', { class: css.notice, role: 'status' }, state.notice)] : []),
    stub(visit),
    ...(on ? deposit(visit) : []),
    ...[error()].filter((node) => node !== null),
    ...(on
      ? [
          h('button', { type: 'button', class: css.primary, onclick: () => download(visit) }, icon('calendar'), t().calendar),
          ...(visit.address || point
            ? [h('a', { class: css.button, href: map, rel: 'noreferrer noopener', target: '_blank' }, icon('pin'), t().directions)]
            : []),
        ]
      : []),
    ...changes(visit),
    ...(state.justBooked ? [h('p', { class: css.hint }, visit.status === 'pending' ? t().askedText : t().doneText)] : []),
    ...(visit.bookingOpen && state.card ? [button(t().bookAnother, bookAnother, false)] : []),
  ];
}

export function moveStep(): Node[] {
  return [heading(t().move), ...(state.visit ? [stub(state.visit)] : []), times(), button(t().back, () => go('visit'), false)];
}
