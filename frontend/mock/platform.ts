import { lineStates } from '../src/api/states.ts';
import type { LineCause, LineEngine, LineState, PlatformHealth, SuspensionReason } from '../src/api/types.ts';
import { type Answer, type Call, found, ok, once, Refusal } from './call.ts';
import { at, newId, plus } from './made.ts';
import { CLINIC, NOW, SECOND } from './names.ts';
import type { World } from './world.ts';

type Line = [state: LineState, cause: LineCause, minutes: number, engine?: LineEngine];
const clinics: [name: string, alias: string, country: string, zone: string, lines: Line[]][] = [
  ['Odontología Arrayán', CLINIC.alias, 'AR', CLINIC.zone, [['linked', 'none', 5_282]]],
  [
    'Clínica Los Almendros',
    SECOND.alias,
    'CO',
    SECOND.zone,
    [
      ['linked', 'none', 9_002],
      ['needs-pairing', 'device-removed', 61],
    ],
  ],
  ['Centro Óptico Mirada', 'optico-mirada', 'AR', 'America/Argentina/Buenos_Aires', [['needs-pairing', 'logged-out-on-phone', 196]]],
  ['Clínica Bem-Estar', 'bem-estar', 'BR', 'America/Sao_Paulo', [['reconnecting', 'network', 3]]],
  ['Kinesiología del Sur', 'kinesiologia-del-sur', 'AR', 'America/Argentina/Ushuaia', [['halted', 'opened-elsewhere', 1_451]]],
  ['Dermatología Ceibo', 'dermatologia-ceibo', 'UY', 'America/Montevideo', [['linked', 'none', 43_900, 'cloud-api']]],
  ['Pediatría Jacarandá', 'pediatria-jacaranda', 'UY', 'America/Montevideo', []],
];

export function fillPlatform(world: World): void {
  clinics.forEach(([name, alias, country, timeZone, lines], index) => {
    const id = alias === CLINIC.alias ? CLINIC.id : newId();
    world.platform.push({
      id,
      name,
      alias,
      country,
      timeZone,
      locale: country === 'BR' ? 'pt-BR' : 'es',
      visitWord: 'turno',
      declineAction: 'ask-staff',
      quietHours: null,
      state: lines.length === 0 ? 'provisioning' : 'active',
      suspension: null,
      version: 1,
      createdAt: at(`2026-1${index % 2}-0${index + 1}`, '10:00'),
    });
    lines.forEach(([state, cause, minutes, engine], place) => {
      const since = plus(NOW, -minutes);
      world.platformLines.push({
        organizationId: id,
        organizationName: name,
        id: newId(),
        defaultLine: place === 0,
        engine: engine ?? 'linked-device',
        state,
        cause,
        since,
        downSince: state === 'linked' ? null : since,
      });
    });
  });
  fillRepairs(world);
}

function fillRepairs(world: World): void {
  const [first, second] = world.platform;
  if (!first || !second) return;
  const shared = { attempts: 5, lineId: newId() };
  world.setAside.push(
    {
      ...shared,
      id: newId(),
      organizationId: first.id,
      source: 'cloud-api',
      type: 'message',
      cause: 'java.lang.IllegalStateException',
      setAsideAt: plus(NOW, -42),
    },
    {
      ...shared,
      id: newId(),
      organizationId: second.id,
      source: 'gateway',
      type: 'message.inbound',
      cause: 'org.springframework.dao.DataIntegrityViolationException',
      setAsideAt: plus(NOW, -190),
    },
  );
  world.deadJobs.push({
    id: newId(),
    organizationId: second.id,
    kind: 'media-fetch',
    attempts: 12,
    cause: 'provider-unreachable',
    failedAt: plus(NOW, -700),
  });
}

/** What the platform does with a clinic. */
export function standing(call: Call, world: World): Answer {
  const clinic = found(world.platform.find((one) => call.path.includes(one.id)));
  return once(call, world, () => {
    const ends = call.path.endsWith('/reactivate');
    clinic.state = ends ? 'active' : 'suspended';
    clinic.suspension = ends ? null : { reason: call.body.reason as SuspensionReason, since: NOW, deletionDueAt: null };
    return ok(clinic);
  });
}

/** What was given up. The second event still cannot be stored. */
export function repairs(call: Call, world: World): Answer {
  const list = call.path.includes('/dead-jobs') ? world.deadJobs : world.setAside;
  if (call.method === 'GET') return ok({ items: list });
  const index = list.findIndex((one) => call.path.includes(one.id));
  if (index < 0) throw new Refusal(404, 'not-found');
  if (call.path.includes('/replay') && world.setAside[index]?.source === 'gateway') throw new Refusal(409, 'conflict');
  list.splice(index, 1);
  return { status: 204 };
}

export function healthOf(world: World): PlatformHealth {
  const empty = world.platform.length === 0;
  const down = world.scenario === 'platform-late';
  return {
    at: NOW,
    startedAt: plus(NOW, -4_380),
    gatewayReachable: !down,
    gateway: down ? null : { startedAt: plus(NOW, -3_010), queueDepth: 3, eventsWaiting: 0, oldestEventAt: null },
    pairings: empty ? { count: 0, medianSeconds: null } : { count: 5, medianSeconds: 31 },
    outbox: empty
      ? { depth: 0, oldestDueAt: null }
      : down
        ? { depth: 214, oldestDueAt: plus(NOW, -23) }
        : { depth: 12, oldestDueAt: plus(NOW, -1) },
    lines: lineStates.map((state) => ({ state, count: world.platformLines.filter((line) => line.state === state).length })),
    reconnects: empty
      ? []
      : [
          { cause: 'network', count: 14 },
          { cause: 'server-restart', count: 6 },
          { cause: 'timed-out', count: 2 },
        ],
    messages: empty
      ? []
      : [
          { state: 'sent', count: 1_284 },
          { state: 'delivered', count: 1_251 },
          { state: 'read', count: 987 },
          { state: 'failed', count: 9 },
          { state: 'unknown', count: 2 },
          { state: 'superseded', count: 31 },
          { state: 'suppressed', count: 4 },
        ],
    inbound: empty ? 0 : 612,
    jobs: { waiting: empty ? 0 : 48, failing: 0, oldestDueAt: null, dead: world.deadJobs.length },
    setAsideEvents: world.setAside.length,
  };
}
