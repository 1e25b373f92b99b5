import type { CustomField, CustomValue } from '../src/api/types.ts';
import { type Area, found, ok, once, Refusal, seen } from './call.ts';
import { newId } from './made.ts';
import type { World } from './world.ts';

type Subject = CustomField['subject'];
const MOST = 50;

const of = (world: World, subject: Subject) =>
  world.customFields.filter((one) => one.subject === subject).sort((a, b) => a.position - b.position);

/** Whether there is room for one more, and the name is free. */
function check(world: World, label: unknown, subject: Subject, id: string | null, comesBack: boolean): void {
  if (comesBack && world.customFields.filter((one) => one.active).length >= MOST) throw new Refusal(409, 'too-many-custom-fields');
  const same = (one: CustomField) => one.label.toLowerCase() === String(label).toLowerCase();
  if (of(world, subject).some((one) => one.active && one.id !== id && same(one)))
    throw new Refusal(422, 'invalid-fields', [{ pointer: '/label', code: 'name-taken', detail: '' }]);
}

export const customFields: Area = (call, world, [id, what]) => {
  if (!id) {
    if (call.method === 'GET') return ok({ items: [...of(world, 'patient'), ...of(world, 'appointment')] });
    return once(call, world, () => {
      const subject = call.body.subject as Subject;
      if (of(world, subject).some((one) => one.key === call.body.key))
        throw new Refusal(422, 'invalid-fields', [{ pointer: '/key', code: 'name-taken', detail: '' }]);
      check(world, call.body.label, subject, null, true);
      const position = of(world, subject).length;
      const made = {
        id: newId(),
        active: true,
        version: 0,
        choices: [],
        required: false,
        ...call.body,
        position,
      } as unknown as CustomField;
      world.customFields.push(made);
      world.hint('organization', made.id);
      return { status: 201, body: made };
    });
  }
  const one = found(world.customFields.find((each) => each.id === id));
  if (call.method === 'GET') return ok(one);
  seen(call, one, world);
  if (what === 'move') {
    const others = of(world, one.subject).filter((each) => each !== one);
    others.splice(Math.min(Number(call.body.position), others.length), 0, one);
    others.forEach((each, at) => {
      each.position = at;
    });
  } else {
    check(world, call.body.label, one.subject, one.id, call.body.active === true && !one.active);
    Object.assign(one, call.body);
  }
  one.version += 1;
  world.hint('organization', one.id);
  return ok(one);
};

/** The real server checks every type; here numbers are, and what is required. */
export function checkedValues(sent: CustomValue[], before: CustomValue[], subject: Subject, world: World): CustomValue[] {
  const fields = of(world, subject);
  sent.forEach(({ key, value }, at) => {
    const field = fields.find((one) => one.key === key);
    const wrong = !field ? 'key' : field.type === 'number' && value && !/^-?\d+([.,]\d+)?$/.test(value) ? 'value' : null;
    if (wrong)
      throw new Refusal(422, 'invalid-fields', [
        { pointer: `/customFields/${at}/${wrong}`, code: wrong === 'key' ? 'unknown-value' : 'invalid-format', detail: '' },
      ]);
  });
  if (fields.some((field) => field.active && field.required && !sent.some((one) => one.key === field.key && one.value)))
    throw new Refusal(422, 'invalid-fields', [{ pointer: '/customFields', code: 'required', detail: '' }]);
  const kept = before.filter(({ key }) => !sent.some((one) => one.key === key) && fields.some((one) => one.key === key && !one.active));
  return [...sent.filter((one) => one.value), ...kept].sort((a, b) => a.key.localeCompare(b.key));
}

/** Some of each, a retired one, and somebody of whom two are known. */
export function fillCustomFields(world: World): void {
  const field = (subject: Subject, key: string, label: string, type: CustomField['type'], choices: string[] = []): CustomField => ({
    id: newId(),
    subject,
    key,
    label,
    type,
    choices,
    required: false,
    position: of(world, subject).length,
    active: true,
    version: 0,
  });
  const add = (one: CustomField) => world.customFields.push(one);
  add(field('patient', 'grupo-sanguineo', 'Grupo sanguíneo', 'choice', ['A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', '0+', '0-']));
  add(field('patient', 'peso', 'Peso (kg)', 'number'));
  add(field('patient', 'alergico', 'Alérgico', 'yes-no'));
  add({ ...field('patient', 'ficha-papel', 'Ficha en papel', 'text'), active: false });
  add(field('appointment', 'motivo', 'Motivo', 'choice', ['Control', 'Dolor', 'Urgencia']));
  add(field('appointment', 'orden-hasta', 'Orden válida hasta', 'date'));
  const rosa = world.patients.find((one) => one.displayName === 'Rosa Benítez');
  if (rosa)
    rosa.customFields = [
      { key: 'ficha-papel', value: 'B-112' },
      { key: 'grupo-sanguineo', value: '0+' },
    ];
  for (const visit of world.appointments.filter((one) => one.patient.id === rosa?.id)) {
    visit.customFields = [{ key: 'motivo', value: 'Control' }];
  }
}
