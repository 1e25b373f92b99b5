import type { components } from '../api/generated';

type Schemas = components['schemas'];
export type Card = Schemas['BookingCard'];
export type Service = Schemas['BookingService'];
export type Slot = Schemas['BookingSlot'];
export type Held = Schemas['BookingHeld'];
export type CodeSent = Schemas['BookingCodeSent'];
export type Visit = Schemas['BookedVisit'];
export type Form = Schemas['PreregistrationForm'];
export type FormAnswer = Schemas['PreregistrationAnswer'];

/** A request that was refused or never arrived (`offline`). */
export class Refused extends Error {
  readonly code: string;
  /** What is wrong with the first field that is wrong, as `pointer code`. */
  readonly field: string;
  /** Seconds to wait, when that is said. */
  readonly wait: number;

  constructor(code: string, field = '', wait = 0) {
    super(code);
    this.code = code;
    this.field = field;
    this.wait = wait;
  }
}

interface Request {
  method?: string;
  /** Of the form or of the visit; never part of an address, so that it stands in no log. */
  token?: string;
  key?: string;
  body?: unknown;
}

/** The clinic's short name, from this page's address `/reservar/{alias}`. */
export const alias = decodeURIComponent(location.pathname.split('/')[2] ?? '');

export async function call<T>(path: string, { method = 'GET', token, key, body }: Request = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/public/booking/${encodeURIComponent(alias)}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token ? { 'Booking-Token': token } : {}),
        ...(key ? { 'Idempotency-Key': key } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'omit',
    });
  } catch {
    throw new Refused('offline');
  }
  const text = await response.text();
  if (response.ok) return (text ? JSON.parse(text) : undefined) as T;
  let problem: Partial<Schemas['Problem']> = {};
  try {
    problem = JSON.parse(text) as Partial<Schemas['Problem']>;
  } catch {
    // Something in between answered; its status says enough.
  }
  const wrong = problem.errors?.[0];
  throw new Refused(
    problem.code ?? (response.status === 429 ? 'too-many-requests' : 'internal'),
    wrong ? `${wrong.pointer} ${wrong.code}` : '',
    Number(response.headers.get('Retry-After') ?? 0),
  );
}
