import type { MaintenanceNotice } from '../src/api/maintenance.ts';
import { type Answer, type Area, type Call, ok, once, Refusal } from './call.ts';
import { at, newId } from './made.ts';
import type { World } from './world.ts';

/** One night's work, which clinics are told of three days before. */
export const someMaintenance = (): MaintenanceNotice[] => [
  {
    id: newId(),
    beginsAt: at('2026-11-25', '02:00'),
    endsAt: at('2026-11-25', '02:20'),
    text: {
      es: 'Durante unos minutos los mensajes salen más tarde.',
      en: 'For some minutes messages leave later.',
      pt: 'Por alguns minutos as mensagens saem mais tarde.',
    },
  },
];

/** What a clinic reads. */
export const maintenanceNotices: Area = (_, world) => ok({ items: world.maintenance });

/** What those who run the platform write. */
export function announcedMaintenance(call: Call, world: World): Answer {
  if (call.method === 'GET') return ok({ items: world.maintenance });
  if (call.method === 'POST') {
    return once(call, world, () => {
      const { beginsAt, endsAt } = call.body as unknown as MaintenanceNotice;
      if (endsAt <= beginsAt) throw new Refusal(422, 'invalid-fields', [{ pointer: '/endsAt', code: 'out-of-range', detail: '' }]);
      const made = { ...call.body, id: newId() } as unknown as MaintenanceNotice;
      world.maintenance.push(made);
      return { status: 201, body: made };
    });
  }
  const index = world.maintenance.findIndex((one) => call.path.endsWith(one.id));
  if (index < 0) throw new Refusal(404, 'not-found');
  world.maintenance.splice(index, 1);
  return { status: 204 };
}
