import type { components } from '../src/api/generated.ts';
import type { Coverage, Patient, Preregistration } from '../src/api/types.ts';
import { type Answer, type Area, type Call, found, ok, once, Refusal, seen } from './call.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

type Schemas = components['schemas'];

const known = new WeakMap<World, Preregistration[]>();
const coverages = new WeakMap<World, Map<string, Coverage>>();
const later = (days: number) => new Date(Date.parse(NOW) + days * 86_400_000).toISOString();

const missingOf = (patient: Patient): Preregistration['missing'] => [
  ...(patient.familyName ? [] : (['family-name'] as const)),
  ...(patient.birthDate ? [] : (['birth-date'] as const)),
  ...(patient.identifiers.length > 0 ? [] : (['identifier'] as const)),
  ...(patient.email ? [] : (['email'] as const)),
];

/** Ema Quiroga has answered, and says some things otherwise than her card. */
function listOf(world: World): Preregistration[] {
  let list = known.get(world);
  if (!list) {
    const ema = world.patients.find((one) => one.displayName === 'Ema Quiroga');
    list = ema
      ? [
          {
            ...made(ema),
            state: 'completed',
            link: null,
            sentAt: later(-2),
            sent: 1,
            openedAt: later(-1),
            completedAt: later(-1),
            differing: [
              { detail: 'family-name', written: 'Quiroga', said: 'Quiroga Paz' },
              { detail: 'insurance', written: 'OSDE 210', said: 'Swiss Medical 800 123' },
              { detail: 'messaging', written: null, said: 'true' },
            ],
            consents: [
              { purpose: 'data', given: true, text: 'Acepto que Odontología Arrayán guarde estos datos.', at: later(-1) },
              { purpose: 'care', given: true, text: 'Quiero que me escriban por WhatsApp sobre mis visitas.', at: later(-1) },
              { purpose: 'marketing', given: false, text: 'Quiero recibir también novedades.', at: later(-1) },
            ],
          },
        ]
      : [];
    known.set(world, list);
  }
  return list;
}

const made = (patient: Patient): Preregistration => ({
  id: newId(),
  patientId: patient.id,
  state: 'open',
  link: 'https://recado.example/reservar/arrayan#p=3vT9kQ',
  expiresAt: later(7),
  sentAt: null,
  sent: 0,
  openedAt: null,
  completedAt: null,
  missing: missingOf(patient),
  differing: [],
  identifierTaken: false,
  consents: [],
  createdAt: NOW,
  version: 0,
});

export const preregistrations: Area = (call, world, [id, what]) => {
  const list = listOf(world);
  if (!id && call.method === 'GET') return ok({ items: list.filter((one) => one.patientId === call.query.get('patientId')) });
  if (!id) {
    return once(call, world, () => {
      const patient = found(world.patients.find((one) => one.id === call.body.patientId));
      for (const one of list)
        if (one.patientId === patient.id && one.state === 'open') Object.assign(one, { state: 'revoked', link: null });
      const one = { ...made(patient), ...(call.body.send ? { sentAt: NOW, sent: 1 } : {}) };
      list.unshift(one);
      world.hint('patient', patient.id);
      return { status: 201, body: one };
    });
  }
  const one = found(list.find((each) => each.id === id));
  if (what === 'send') Object.assign(one, { sentAt: NOW, sent: one.sent + 1, version: one.version + 1 });
  if (what === 'revoke' || what === 'resolve') {
    seen(call, one, world);
    const patient = found(world.patients.find((each) => each.id === one.patientId));
    const said = one.differing.find((each) => each.detail === 'family-name')?.said;
    if (what === 'resolve' && said && (call.body.accept as string[]).includes('family-name'))
      Object.assign(patient, { familyName: said, displayName: `${patient.givenName} ${said}`, version: patient.version + 1 });
    Object.assign(one, what === 'revoke' ? { state: 'revoked', link: null } : { differing: [] }, { version: one.version + 1 });
  }
  if (what) world.hint('patient', one.patientId);
  return ok(one);
};

/** Who pays for a patient's visits. */
export function coverageOf(call: Call, world: World, patient: Patient): Answer {
  const all = coverages.get(world) ?? new Map<string, Coverage>();
  coverages.set(world, all);
  const now = all.get(patient.id) ?? { insuranceId: null, insurance: null, memberNumber: null, version: 0 };
  if (call.method === 'GET') return ok(now);
  seen(call, now, world);
  const insurance = world.insurances.find((one) => one.id === call.body.insuranceId);
  const saved: Coverage = {
    insuranceId: insurance?.id ?? null,
    insurance: insurance?.name ?? null,
    memberNumber: (call.body.memberNumber as string | null | undefined) ?? null,
    version: now.version + 1,
  };
  all.set(patient.id, saved);
  return ok(saved);
}

const used = new Set<string>();

/** Behind a link: `vencido` counts no more, `DNI 1` cannot be; everything else is taken once. */
export function publicPreregistration(method: string, token: string, body: Record<string, unknown>): Answer {
  if (token === 'vencido') throw new Refusal(404, 'not-found');
  if (method === 'POST') {
    if (body.identifier === '1')
      throw new Refusal(422, 'invalid-fields', [{ pointer: '/identifier', code: 'wrong-length', detail: 'Six to eight digits' }]);
    used.add(token);
  }
  const completed = used.has(token);
  const consent = (language: 'es' | 'en' | 'pt-BR', data: string, care: string, marketing: string) => ({ language, data, care, marketing });
  return ok({
    clinicName: 'Odontología Arrayán',
    country: 'AR',
    language: 'es',
    phone: '+543515550148',
    address: 'Av. Hipólito Yrigoyen 412, 2.º piso, Nueva Córdoba',
    completed,
    givenName: completed ? null : 'Julieta',
    familyName: null,
    identifierKind: 'ar-dni',
    insurances: [
      { id: '01937f3e-0000-7000-8000-000000000201', name: 'OSDE 210' },
      { id: '01937f3e-0000-7000-8000-000000000202', name: 'Swiss Medical' },
    ],
    consents: [
      consent(
        'es',
        'Acepto que Odontología Arrayán guarde estos datos para atenderme. Puedo pedir verlos, corregirlos o borrarlos.',
        'Quiero que Odontología Arrayán me escriba por WhatsApp sobre mis visitas: confirmaciones, recordatorios y cambios.',
        'Quiero recibir también novedades y promociones de Odontología Arrayán por WhatsApp.',
      ),
      consent('en', 'I agree that Odontología Arrayán keeps these data.', 'I want messages about my visits.', 'I also want news.'),
      consent('pt-BR', 'Aceito que guardem estes dados.', 'Quero mensagens sobre as minhas consultas.', 'Quero receber novidades.'),
    ],
    expiresAt: '2031-01-01T12:00:00Z',
  } satisfies Schemas['PreregistrationForm']);
}
