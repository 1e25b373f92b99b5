import type { LineCapabilities, LineCredentials, LineEngine, LineHistoryItem, WhatsAppLine, WritingLine } from '../src/api/types.ts';
import { at, newId } from './made.ts';
import { NOW } from './names.ts';
import type { Scenario, World } from './world.ts';

const capabilities: Record<LineEngine, LineCapabilities> = {
  'linked-device': { qr: true, pairingCode: true, templates: false, window24h: false, typing: true, buttons: false, voiceNotes: true },
  'cloud-api': { qr: false, pairingCode: false, templates: true, window24h: true, typing: true, buttons: true, voiceNotes: true },
  twilio: { qr: false, pairingCode: false, templates: true, window24h: true, typing: false, buttons: false, voiceNotes: false },
  evolution: { qr: true, pairingCode: true, templates: false, window24h: false, typing: false, buttons: false, voiceNotes: true },
};

/** A line as it is before anybody started it. */
export function lineNamed(name: string, given: Partial<WhatsAppLine> = {}): WhatsAppLine {
  return {
    id: newId(),
    name,
    engine: 'linked-device',
    capabilities: capabilities[given.engine ?? 'linked-device'],
    defaultLine: false,
    typing: true,
    state: 'stopped',
    cause: 'never-started',
    since: null,
    nextAttemptAt: null,
    phone: null,
    profileName: null,
    platform: null,
    otherPhone: null,
    gatewayReachable: true,
    qr: null,
    pairingCode: null,
    waitingMessages: 0,
    warmUp: null,
    version: 1,
    ...given,
  };
}

const linked = (name: string, phone: string, given: Partial<WhatsAppLine> = {}) =>
  lineNamed(name, {
    state: 'linked',
    cause: 'none',
    since: at('2026-11-20', '18:40'),
    phone,
    profileName: 'Odontología Arrayán',
    platform: 'smba',
    version: 4,
    ...given,
  });

export function linesOf(scenario: Scenario): WhatsAppLine[] {
  if (scenario === 'line-new' || scenario === 'new-clinic') return [];
  const since = at('2026-11-24', '10:19');
  const trouble: Partial<Record<Scenario, Partial<WhatsAppLine>>> = {
    'line-down': { state: 'needs-pairing', cause: 'logged-out-on-phone', since, waitingMessages: 4 },
    'pairing-typed': { state: 'pairing', cause: 'none', since, waitingMessages: 4 },
    'pairing-expired': { state: 'needs-pairing', cause: 'qr-expired', since, waitingMessages: 4 },
    'wrong-number': { state: 'needs-pairing', cause: 'wrong-number', since, waitingMessages: 4, otherPhone: '+5493515550177' },
    reconnecting: { state: 'reconnecting', cause: 'network', since, waitingMessages: 2, nextAttemptAt: at('2026-11-24', '10:43') },
    halted: { state: 'halted', cause: 'opened-elsewhere', since, waitingMessages: 6 },
    'gateway-down': { gatewayReachable: false, waitingMessages: 2 },
  };
  const first = linked('Recepción', '+5493515550148', {
    id: RECEPTION,
    defaultLine: true,
    ...trouble[scenario],
  });
  if (scenario === 'official' || scenario === 'official-new') return [first, official(scenario)];
  if (scenario !== 'several-lines') return [first];
  return [
    first,
    linked('Ortodoncia', '+5493515550163', {
      id: '0197a000-0000-7000-8000-00000000000b',
      state: 'needs-pairing',
      cause: 'device-removed',
      since,
      platform: 'iphone',
    }),
    linked('Guardia', '+5493515550171', {
      id: '0197a000-0000-7000-8000-00000000000c',
      state: 'reconnecting',
      cause: 'network',
      since: at('2026-11-24', '10:40'),
      nextAttemptAt: at('2026-11-24', '10:43'),
      typing: false,
      platform: 'android',
    }),
  ];
}

export const RECEPTION = '0197a000-0000-7000-8000-00000000000a';
export const OFFICIAL = '0197a000-0000-7000-8000-00000000000d';
const official = (scenario: Scenario) =>
  scenario === 'official'
    ? linked('Campañas', '+5493515550180', { id: OFFICIAL, engine: 'cloud-api', platform: null })
    : lineNamed('Campañas', {
        id: OFFICIAL,
        engine: 'cloud-api',
        state: 'halted',
        cause: 'not-configured',
        since: at('2026-11-24', '10:40'),
      });

export function fillHistory(world: World): void {
  const rows: [string, string, LineHistoryItem['state'], LineHistoryItem['cause']][] = [
    ['2026-11-24', '08:12', 'linked', 'none'],
    ['2026-11-24', '08:11', 'reconnecting', 'network'],
    ['2026-11-20', '18:40', 'linked', 'none'],
    ['2026-11-20', '18:38', 'pairing', 'none'],
    ['2026-11-20', '18:31', 'needs-pairing', 'logged-out-on-phone'],
    ['2026-11-18', '12:05', 'stopped', 'stopped-here'],
  ];
  for (const line of world.lines) {
    const history = line.phone ? rows.map(([date, time, state, cause]) => ({ at: at(date, time), state, cause })) : [];
    if (line.state !== 'linked') history.unshift({ at: line.since ?? NOW, state: line.state, cause: line.cause });
    world.lineHistory.set(line.id, history);
  }
}

export const credentialsAt = (lineId: string, last4: string, setAt: string): LineCredentials => ({
  set: true,
  last4,
  setAt,
  webhookUrl: `https://recado.example/webhooks/cloud-api/${lineId}`,
  fallbackUrl: null,
});

/** Nobody has written to the official line within 24 hours. */
/** @param hidden nobody knows their number: only the line they wrote to has an address of theirs */
export const writingLinesOf = (world: World, hidden = false): WritingLine[] =>
  world.lines.map(({ id, name, defaultLine, state, capabilities }) => ({
    lineId: id,
    name,
    defaultLine,
    suggested: defaultLine,
    state,
    window24h: capabilities.window24h,
    windowClosesAt: null,
    reachable: !hidden || defaultLine,
  }));
