import type { ClinicOrder, ClinicOverview } from '../src/api/types.ts';
import { type Answer, type Call, fold, page } from './call.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

const plans = ['Clínica', 'Consultorio', null] as const;

function overviewOf(world: World, clinic: World['platform'][number], index: number): ClinicOverview {
  const { id, name, alias, country, timeZone, state, createdAt } = clinic;
  const lines = world.platformLines.filter((line) => line.organizationId === id);
  const plan = plans[index % plans.length] ?? null;
  const figures: ClinicOverview['figures'] =
    state === 'provisioning'
      ? null
      : {
          at: NOW,
          plan,
          planUsePercent: plan === null ? null : ([40, 100, 0, 85, 12, 0, 61][index % 7] ?? 0),
          members: index === 4 ? null : 3 + index,
          lines: lines.length,
          linesLinked: lines.filter((line) => line.state === 'linked').length,
          linesDown: lines.filter((line) => line.downSince !== null).length,
          messagesThisMonth: 1_412 - index * 173,
          storageMegabytes: 38 * (index + 1),
        };
  return { id, name, alias, country, timeZone, state, createdAt, figures };
}

const numberOf = (clinic: ClinicOverview, sort: ClinicOrder): number => {
  const { figures } = clinic;
  if (sort === 'created') return Date.parse(clinic.createdAt);
  if (!figures) return -1;
  if (sort === 'members') return figures.members ?? -1;
  if (sort === 'lines-down') return figures.linesDown;
  if (sort === 'messages') return figures.messagesThisMonth;
  if (sort === 'storage') return figures.storageMegabytes;
  return figures.planUsePercent ?? -1;
};

/** All clinics and what they use. */
export function overviews(call: Call, world: World): Answer {
  const sort = (call.query.get('sort') ?? 'name') as ClinicOrder;
  const wanted = fold(call.query.get('search') ?? '');
  const items = world.platform
    .map((clinic, index) => overviewOf(world, clinic, index))
    .filter((one) => fold(one.name).includes(wanted) || one.alias.startsWith(wanted))
    .sort((a, b) => (sort === 'name' ? a.name.localeCompare(b.name) : numberOf(b, sort) - numberOf(a, sort)));
  return page(items);
}
