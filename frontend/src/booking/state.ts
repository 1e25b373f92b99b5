import { alias, type Card, type CodeSent, call, type Form, type Held, Refused, type Slot, type Visit } from './api';
import { addDays, formats } from './format';
import { type Language, spoken, texts } from './texts';

type Step = 'loading' | 'service' | 'time' | 'details' | 'visit' | 'move' | 'gone' | 'closed' | 'failed' | 'form' | 'thanks';
type Field = 'phone' | 'givenName' | 'code' | 'identifier' | 'birthDate' | 'email' | 'data';

/** How many days one question asks for, and how often it goes on when nothing is free. */
const DAYS = 14;
const QUESTIONS = 4;

/** Everything the page knows. What is typed stays here until the visit is booked, whatever fails meanwhile. */
export const state = {
  language: 'es' as Language,
  step: 'loading' as Step,
  card: null as Card | null,
  serviceId: '',
  practitionerId: null as string | null,
  /** Null for wherever something is free. */
  locationId: null as string | null,
  slots: [] as Slot[],
  /** The day after the last that was asked for; empty before any was. */
  asked: '',
  part: 'all' as 'all' | 'morning' | 'afternoon',
  held: null as Held | null,
  /** One for each intention to hold a time: repeated until it is known what became of it. */
  key: '',
  keyOf: '',
  givenName: '',
  familyName: '',
  phone: '',
  note: '',
  code: '',
  sent: null as CodeSent | null,
  visit: null as Visit | null,
  /** Of a link by which a patient completes their card. */
  form: null as Form | null,
  formToken: '',
  answer: {
    birthDate: '',
    identifierKind: '',
    identifier: '',
    email: '',
    insuranceId: '',
    memberNumber: '',
    data: false,
    care: false,
    marketing: false,
  },
  justBooked: false,
  sureToCancel: false,
  notice: '',
  error: '',
  wrong: '' as Field | '',
  busy: false,
};

export const t = () => texts[state.language];
export const locations = () => state.card?.locations ?? [];
export const locationOf = (id: string | null | undefined) => locations().find((one) => one.id === id);
/** Days and hours are those of the place: of the visit's, of the chosen one, else of the clinic. */
export const timeZone = () =>
  ((state.step === 'visit' || state.step === 'move') && state.visit?.timeZone) ||
  (locationOf(state.locationId)?.timeZone ?? state.card?.timeZone ?? state.visit?.timeZone ?? 'UTC');
export const format = () => formats(state.language, timeZone());
/** Whether times of all places can stand in one list: not when their clocks differ. */
export const anywhere = () => new Set(locations().map((one) => one.timeZone)).size <= 1;
export const service = () => state.card?.services.find((one) => one.id === state.serviceId);
export const nameOf = (practitionerId: string) =>
  state.card?.practitioners.find((one) => one.id === practitionerId)?.displayName ?? state.visit?.practitionerName ?? '';

let draw: (focus: 'heading' | 'error' | 'code' | 'none') => void = () => {};

/** Says how the page is drawn after each change. */
export function drawnBy(painter: typeof draw): void {
  draw = painter;
}

export function redraw(focus: Parameters<typeof draw>[0] = 'none'): void {
  draw(focus);
}

export function go(step: Step): void {
  state.step = step;
  state.error = '';
  state.wrong = '';
  state.sureToCancel = false;
  if (step !== 'visit') state.notice = '';
  redraw('heading');
}

const wait = (seconds: number) =>
  seconds < 90
    ? t().seconds(Math.max(1, seconds))
    : seconds < 5400
      ? t().minutesLong(Math.ceil(seconds / 60))
      : t().hoursLong(Math.ceil(seconds / 3600));

/** What a refusal means to the person, and at which field. */
function explain(error: unknown): void {
  const refused = error instanceof Refused ? error : new Refused('unknown');
  const said = t().errors;
  const [pointer = '', code = ''] = refused.field.split(' ');
  state.wrong = '';
  if (refused.code === 'too-many-requests') state.error = said['too-many-requests'](wait(refused.wait));
  else if (pointer === '/phone') {
    state.wrong = 'phone';
    state.error = said.phone;
  } else if (pointer === '/code') {
    state.wrong = 'code';
    state.error = code === 'wrong-code' || code === 'code-expired' || code === 'no-tries-left' ? said[code] : said.code;
  } else if (pointer === '/givenName' || pointer === '/familyName') {
    state.wrong = 'givenName';
    state.error = said.givenName;
  } else if (pointer === '/identifier' || pointer === '/birthDate' || pointer === '/email' || pointer === '/data') {
    state.wrong = pointer.slice(1) as Field;
    state.error = t().form.errors[pointer.slice(1) as keyof ReturnType<typeof t>['form']['errors']];
  } else if (
    refused.code === 'offline' ||
    refused.code === 'slot-taken' ||
    refused.code === 'line-down' ||
    refused.code === 'appointment-not-in-that-state'
  )
    state.error = said[refused.code];
  else state.error = said.unknown;
}

/** Does one thing at a time; a second press while it is done is none. */
export async function act(work: () => Promise<void>, refused?: (error: unknown) => Promise<void> | undefined): Promise<void> {
  if (state.busy) return;
  state.busy = true;
  state.error = '';
  state.wrong = '';
  redraw();
  try {
    await work();
  } catch (error) {
    explain(error);
    await refused?.(error);
    redraw('error');
  } finally {
    state.busy = false;
    redraw();
  }
}

const isTaken = (error: unknown) => error instanceof Refused && error.code === 'slot-taken';
export const isGone = (error: unknown) => error instanceof Refused && error.code === 'not-found';

export async function start(): Promise<void> {
  state.language = spoken(navigator.languages, 'es');
  state.step = 'loading';
  redraw();
  const hash = new URLSearchParams(location.hash.slice(1));
  const token = hash.get('v') ?? hash.get('p');
  try {
    if (token && !hash.has('v')) {
      const form = await call<Form>('/preregistration', { token });
      state.form = form;
      state.formToken = token;
      state.language = spoken([], form.language);
      state.givenName = form.givenName ?? '';
      state.familyName = form.familyName ?? '';
      state.answer.identifierKind = form.identifierKind;
      go(form.completed ? 'thanks' : 'form');
    } else if (token) {
      state.visit = await call<Visit>('/visit', { token });
      state.card = state.visit.bookingOpen ? await call<Card>('') : null;
      go('visit');
    } else {
      state.card = await call<Card>('');
      state.language = spoken(navigator.languages, state.card.language);
      state.serviceId = state.card.services[0]?.id ?? '';
      state.locationId = anywhere() ? null : (locations()[0]?.id ?? null);
      go('service');
    }
  } catch (error) {
    if (isGone(error)) return go(token ? 'gone' : 'closed');
    explain(error);
    state.step = 'failed';
    redraw('heading');
  }
}

const today = () => format().date(new Date());

/** Asks for the days after those that are there, and goes on while nothing is free. */
async function ask(): Promise<void> {
  const last = state.card?.lastDay ?? addDays(today(), 60);
  const before = state.slots.length;
  for (let i = 0; i < QUESTIONS && state.slots.length === before && !askedAll(); i++) {
    const from = state.asked || today();
    const to = addDays(from, DAYS);
    const found =
      state.step === 'move' && state.visit
        ? await call<{ items: Slot[] }>(`/visit/slots?from=${from}&to=${to}`, { token: state.visit.token })
        : await call<{ items: Slot[] }>(
            `/slots?healthcareServiceId=${state.serviceId}${state.practitionerId ? `&practitionerId=${state.practitionerId}` : ''}${state.locationId ? `&locationId=${state.locationId}` : ''}&from=${from}&to=${to}`,
          );
    state.slots = [...state.slots, ...found.items];
    state.asked = to > last ? addDays(last, 1) : to;
  }
}

export const askedAll = () => state.asked !== '' && state.asked > (state.card?.lastDay ?? addDays(today(), 60));

export function seeTimes(step: 'time' | 'move' = 'time'): Promise<void> {
  state.slots = [];
  state.asked = '';
  go(step);
  return act(ask);
}

export const moreDays = (): Promise<void> => act(ask);

async function again(): Promise<void> {
  state.slots = [];
  state.asked = '';
  try {
    await ask();
  } catch {
    // The refusal before says what to do.
  }
}

/** Keeps a time while the form is filled; with a form already, for that form, so that nothing is typed twice. */
export function choose(slot: Slot): Promise<void> {
  const { start } = slot;
  if (state.step === 'move') return moveTo(start);
  // At a chosen place a time is that of who sees patients there.
  const practitionerId = state.practitionerId ?? (state.locationId ? slot.practitionerId : null);
  const intention = `${state.serviceId} ${practitionerId} ${start}`;
  if (state.keyOf !== intention) {
    state.keyOf = intention;
    state.key = crypto.randomUUID();
  }
  const body = { healthcareServiceId: state.serviceId, practitionerId, start };
  return act(
    async () => {
      state.held = state.held
        ? await call<Held>('/bookings', { method: 'PUT', token: state.held.token, body })
        : await call<Held>('/bookings', { method: 'POST', key: state.key, body });
      go('details');
    },
    async (error) => {
      state.keyOf = '';
      if (isTaken(error)) await again();
    },
  );
}

function moveTo(startAt: string): Promise<void> {
  return act(
    async () => {
      state.visit = await call<Visit>('/visit/move', { method: 'POST', token: state.visit?.token, body: { start: startAt } });
      state.justBooked = false;
      state.notice = t().moved;
      go('visit');
    },
    async (error) => {
      if (isTaken(error)) await again();
    },
  );
}

/** A time that somebody else was faster to take: back to the others, with everything that was typed. */
async function toOtherTimes(error: unknown): Promise<void> {
  if (!isTaken(error)) return;
  const said = state.error;
  state.step = 'time';
  await again();
  state.error = said;
}

export function sendCode(): Promise<void> {
  if (!state.givenName.trim()) return complain('givenName');
  if (!/\d.*\d.*\d/.test(state.phone)) return complain('phone');
  return act(async () => {
    state.sent = await call<CodeSent>('/bookings/code', {
      method: 'POST',
      token: state.held?.token,
      body: { phone: state.phone, language: state.language },
    });
    if (state.held) state.held = { ...state.held, expiresAt: state.sent.expiresAt };
    state.code = '';
    redraw('code');
  }, toOtherTimes);
}

export function complain(field: Field): Promise<void> {
  state.wrong = field;
  state.error = field in t().errors ? t().errors[field as 'phone'] : t().form.errors[field as 'identifier'];
  redraw('error');
  return Promise.resolve();
}

export function book(): Promise<void> {
  if (!/^\d{6}$/.test(state.code)) return complain('code');
  if (!state.givenName.trim()) return complain('givenName');
  return act(async () => {
    const visit = await call<Visit>('/bookings/confirm', {
      method: 'POST',
      token: state.held?.token,
      body: {
        code: state.code,
        givenName: state.givenName.trim(),
        familyName: state.familyName.trim() || null,
        note: state.note.trim() || null,
      },
    });
    state.visit = visit;
    state.justBooked = true;
    state.held = null;
    state.sent = null;
    state.code = '';
    state.keyOf = '';
    history.replaceState(null, '', `${location.pathname}#v=${visit.token}`);
    go('visit');
  }, toOtherTimes);
}

export function cancel(): Promise<void> {
  return act(async () => {
    state.visit = await call<Visit>('/visit/cancel', { method: 'POST', token: state.visit?.token });
    state.justBooked = false;
    state.notice = t().cancelled;
    go('visit');
  });
}

/** From a visit to another one; who they are stays typed. */
export function bookAnother(): void {
  history.replaceState(null, '', `/reservar/${encodeURIComponent(alias)}`);
  state.visit = null;
  state.justBooked = false;
  state.serviceId = state.card?.services[0]?.id ?? '';
  state.practitionerId = null;
  go('service');
}
