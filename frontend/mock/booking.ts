import type { components } from '../src/api/generated.ts';
import { type Answer, type Area, ok, Refusal } from './call.ts';
import { publicPreregistration } from './preregistrations.ts';
import type { World } from './world.ts';

type Schemas = components['schemas'];
type Slot = Schemas['BookingSlot'];

/**
 * The public booking page's API. The clinic's short name chooses what happens: `cerrada` takes no bookings, `sin-horas` has
 * nothing free, `con-sena` asks for a deposit, `dos-sedes` has two places, `en-grupo` has places in a group, `ocupada` loses each first time to somebody faster, `limite` has sent too many codes, `sin-linea` can send
 * none. The code is always 417302.
 */
const CODE = '417302';
const DAY = 86_400_000;
const services: Schemas['BookingService'][] = [
  { id: '01937f3e-0000-7000-8000-000000000101', name: 'Limpieza dental', durationMinutes: 40, practitionerIds: ['a', 'b'].map(idOf) },
  { id: '01937f3e-0000-7000-8000-000000000102', name: 'Primera consulta', durationMinutes: 30, practitionerIds: ['a'].map(idOf) },
];
const practitioners: Schemas['BookingPractitioner'][] = [
  { id: idOf('a'), displayName: 'Dr. Martín Acosta', specialty: 'Odontología general' },
  { id: idOf('b'), displayName: 'Dra. Lucía Ferreyra', specialty: null },
];

const places: Schemas['BookingLocation'][] = [
  {
    id: '01937f3e-0000-7000-8000-000000000201',
    name: 'Odontología Arrayán',
    address: 'Av. Hipólito Yrigoyen 412, 2.º piso, Nueva Córdoba',
    latitude: -31.4279,
    longitude: -64.1855,
    timeZone: 'America/Argentina/Cordoba',
  },
  {
    id: '01937f3e-0000-7000-8000-000000000202',
    name: 'Sede Cerro',
    address: 'Rafael Núñez 4120, Cerro de las Rosas',
    latitude: null,
    longitude: null,
    timeZone: 'America/Argentina/Cordoba',
  },
];
const placeOf = (id: string | null) => places.find((one) => one.id === id) ?? (places[0] as Schemas['BookingLocation']);

function idOf(letter: string): string {
  return `01937f3e-0000-7000-8000-00000000000${letter}`;
}

interface Form {
  service: string;
  slot: Slot;
  tries: number;
}
const forms = new Map<string, Form>();
const visits = new Map<string, Schemas['BookedVisit']>();
let made = 0;

const dateOf = (millis: number) => new Date(millis).toISOString().slice(0, 10);
const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

function card(alias: string): Schemas['BookingCard'] {
  return {
    name: 'Odontología Arrayán',
    timeZone: 'America/Argentina/Cordoba',
    country: 'AR',
    language: 'es',
    phone: '+543515550148',
    address: 'Av. Hipólito Yrigoyen 412, 2.º piso, Nueva Córdoba',
    welcome: alias === 'con-texto' ? 'Traé tu carnet y llegá 10 minutos antes si es tu primera vez.' : null,
    byHand: alias === 'a-mano',
    changeNoticeMinutes: 1440,
    lastDay: dateOf(Date.now() + 60 * DAY),
    services,
    practitioners,
    locations: alias === 'dos-sedes' ? places : places.slice(0, 1),
    deposit: alias === 'con-sena' ? { amountMinor: 500_000, currency: 'ARS', hours: 12 } : null,
  };
}

/** Some hours of every working day; the first day is tomorrow, so that nothing depends on the hour of the test. */
function slots(alias: string, query: URLSearchParams): Slot[] {
  if (alias === 'sin-horas') return [];
  const found: Slot[] = [];
  const end = Date.parse(`${query.get('to')}T00:00:00Z`);
  for (let day = Date.parse(`${query.get('from')}T00:00:00Z`); day < end; day += DAY) {
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || day < Date.now() + DAY) continue;
    for (const time of weekday === 6 ? ['12:30'] : ['12:15', '13:45', '19:30']) {
      const start = `${dateOf(day)}T${time}:00Z`;
      found.push({
        practitionerId: query.get('practitionerId') ?? idOf('a'),
        locationId: placeOf(query.get('locationId') ?? (alias === 'dos-sedes' && time === '13:45' ? places[1]?.id : null) ?? null).id,
        start,
        end: new Date(Date.parse(start) + 40 * 60_000).toISOString().replace('.000', ''),
        placesLeft: alias === 'en-grupo' ? 3 : null,
      });
    }
  }
  return found;
}

function slotAt(body: Record<string, unknown>): Slot {
  const start = String(body.start);
  return {
    practitionerId: typeof body.practitionerId === 'string' ? body.practitionerId : idOf('a'),
    locationId: placeOf(null).id,
    start,
    end: new Date(Date.parse(start) + 40 * 60_000).toISOString().replace('.000', ''),
    placesLeft: null,
  };
}

interface PublicCall {
  method: string;
  alias: string;
  path: string;
  query: URLSearchParams;
  token: string;
  body: Record<string, unknown>;
}

const held = (token: string, form: Form): Schemas['BookingHeld'] => ({
  token,
  expiresAt: soon(10),
  practitionerId: form.slot.practitionerId,
  start: form.slot.start,
  end: form.slot.end,
});

function formOf(token: string): Form {
  const form = forms.get(token);
  if (!form) throw new Refusal(404, 'not-found');
  return form;
}

function visitOf(token: string): Schemas['BookedVisit'] {
  const visit = visits.get(token);
  if (!visit) throw new Refusal(404, 'not-found');
  return visit;
}

const beaten = new Set<string>();

export function publicBooking({ method, alias, path, query, token, body }: PublicCall): Answer {
  if (alias === 'cerrada') throw new Refusal(404, 'not-found');
  switch (`${method} ${path}`) {
    case 'GET ':
      return ok(card(alias));
    case 'GET /slots':
    case 'GET /visit/slots':
      return ok({ items: slots(alias, query) });
    case 'POST /bookings':
    case 'PUT /bookings': {
      const start = String(body.start);
      if (alias === 'ocupada' && !beaten.has(start) && beaten.size === 0) {
        beaten.add(start);
        throw new Refusal(409, 'slot-taken');
      }
      const name = token || `form-${++made}`;
      const form = { service: String(body.healthcareServiceId), slot: slotAt(body), tries: 0 };
      forms.set(name, form);
      return { status: method === 'POST' ? 201 : 200, body: held(name, form) };
    }
    case 'DELETE /bookings':
      return { status: 204, body: undefined };
    case 'POST /bookings/code': {
      formOf(token);
      if (alias === 'limite') throw new Refusal(429, 'too-many-requests');
      if (alias === 'sin-linea') throw new Refusal(503, 'line-down');
      return {
        status: 202,
        body: {
          phone: '+5493515550164',
          codeExpiresAt: soon(10),
          againAt: soon(1),
          expiresAt: soon(10),
        } satisfies Schemas['BookingCodeSent'],
      };
    }
    case 'POST /bookings/confirm': {
      const form = formOf(token);
      if (body.code !== CODE)
        throw new Refusal(422, 'invalid-fields', [{ pointer: '/code', code: 'wrong-code', detail: '4 tries are left' }]);
      const visit = `visit-${++made}`;
      visits.set(visit, {
        token: visit,
        status: alias === 'a-mano' ? 'pending' : 'booked',
        start: form.slot.start,
        end: form.slot.end,
        timeZone: 'America/Argentina/Cordoba',
        serviceName: services.find((one) => one.id === form.service)?.name ?? '',
        practitionerName: practitioners.find((one) => one.id === form.slot.practitionerId)?.displayName ?? '',
        mayChange: true,
        changeUntil: new Date(Date.parse(form.slot.start) - DAY).toISOString(),
        clinicName: 'Odontología Arrayán',
        phone: '+543515550148',
        address: placeOf(form.slot.locationId).address ?? null,
        location: placeOf(form.slot.locationId),
        deposit:
          alias === 'con-sena'
            ? {
                state: 'due',
                amountMinor: 500_000,
                currency: 'ARS',
                dueAt: soon(720),
                link: 'https://pagos.example/arrayan?ref=417302',
              }
            : null,
        bookingOpen: true,
      });
      return ok(visitOf(visit));
    }
    case 'GET /preregistration':
    case 'POST /preregistration':
      return publicPreregistration(method, token, body);
    case 'GET /visit':
      return ok(visitOf(token));
    case 'POST /visit/cancel':
      visits.set(token, { ...visitOf(token), status: 'cancelled', mayChange: false });
      return ok(visitOf(token));
    case 'POST /visit/move': {
      const { start, end } = slotAt(body);
      visits.set(token, { ...visitOf(token), start, end });
      return ok(visitOf(token));
    }
    default:
      throw new Refusal(404, 'not-found');
  }
}

const pages = new WeakMap<World, Schemas['BookingPage']>();

/** The clinic's settings of its page, as owners see them. */
export const bookingPage: Area = (call, world) => {
  const now: Schemas['BookingPage'] = pages.get(world) ?? {
    enabled: true,
    byHand: false,
    noticeMinutes: 120,
    horizonDays: 60,
    changeNoticeMinutes: 1440,
    welcome: null,
    phone: '+543515550148',
    address: 'Av. Hipólito Yrigoyen 412, 2.º piso',
    serviceIds: world.services.slice(0, 2).map((one) => one.id),
    deposit: null,
    codesPossible: true,
    version: 1,
  };
  if (call.method === 'GET') return ok(now);
  const input = call.body as unknown as Schemas['BookingPageInput'];
  if (call.ifMatch !== `"v${now.version}"`) throw new Refusal(412, 'stale');
  const saved = { ...now, ...input, version: now.version + 1 } as Schemas['BookingPage'];
  pages.set(world, saved);
  return ok(saved);
};
