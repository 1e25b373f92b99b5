import type { Setup } from '../src/api/types.ts';
import { type Area, ok } from './call.ts';

/** What the clinic lacks, found in what this world has of it. A clinic in full swing is one whose place has an address. */
export const setup: Area = (_, world) => {
  const fresh = world.scenario === 'empty' || world.scenario === 'line-new' || world.scenario === 'new-clinic';
  const steps: Setup['steps'] = [
    { kind: 'clinic', done: true },
    { kind: 'location', done: !fresh || world.locations.some((one) => one.active && one.address !== null) },
    { kind: 'practitioners', done: world.practitioners.some((one) => one.active) },
    { kind: 'services', done: world.services.some((one) => one.active) },
    { kind: 'hours', done: !fresh || world.schedules.some((one) => one.hours.length > 0) },
    { kind: 'line', done: world.lines.some((one) => one.state === 'linked' || one.phone !== null) },
    { kind: 'first-message', done: !fresh || world.tests.size > 0 },
  ];
  return ok({ steps, complete: steps.every((step) => step.done) } satisfies Setup);
};
