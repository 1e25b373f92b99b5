import type { CalendarFeed } from '../src/api/types.ts';
import { type Area, found, ok, once } from './call.ts';
import { newId } from './made.ts';
import { CLINIC, NOW } from './names.ts';

/** Addresses for calendar programs; nothing reads them here. */
export const calendarFeeds: Area = (call, world, [id]) => {
  if (call.method === 'DELETE') {
    const gone = found(world.calendarFeeds.find((one) => one.id === id));
    world.calendarFeeds = world.calendarFeeds.filter((one) => one !== gone);
    return { status: 204 };
  }
  if (call.method === 'POST') {
    return once(call, world, () => {
      const made: CalendarFeed = {
        id: newId(),
        practitionerId: String(call.body.practitionerId),
        patientNames: call.body.patientNames === true,
        path: `/api/v1/public/calendar-feeds/${CLINIC.id}/${newId().replaceAll('-', '')}.ics`,
        createdAt: NOW,
        readAt: null,
      };
      world.calendarFeeds.push(made);
      return { status: 201, body: made };
    });
  }
  return ok({ items: world.calendarFeeds });
};
