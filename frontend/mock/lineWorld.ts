import type { LineHistoryItem, PlatformOrganization, WhatsAppLine } from '../src/api/types.ts';
import { CLINIC, NOW, SECOND } from './names.ts';
import { at, newId, type Scenario, type World } from './world.ts';

export function lineOf(scenario: Scenario): WhatsAppLine | null {
  if (scenario === 'line-new') return null;
  const line: WhatsAppLine = {
    id: '0197a000-0000-7000-8000-00000000000a',
    name: 'Recepción',
    state: 'linked',
    cause: 'none',
    since: at('2026-11-20', '18:40'),
    nextAttemptAt: null,
    phone: '+5493515550148',
    profileName: 'Odontología Arrayán',
    gatewayReachable: true,
    qr: null,
    waitingMessages: 0,
    version: 4,
  };
  const since = at('2026-11-24', '10:19');
  if (scenario === 'line-down') return { ...line, state: 'needs-pairing', cause: 'logged-out-on-phone', since, waitingMessages: 4 };
  if (scenario === 'pairing') return { ...line, state: 'pairing', cause: 'none', since, waitingMessages: 4 };
  if (scenario === 'pairing-expired') return { ...line, state: 'needs-pairing', cause: 'qr-expired', since, waitingMessages: 4 };
  if (scenario === 'reconnecting')
    return { ...line, state: 'reconnecting', cause: 'network', since, waitingMessages: 2, nextAttemptAt: at('2026-11-24', '10:43') };
  if (scenario === 'halted') return { ...line, state: 'halted', cause: 'opened-elsewhere', since, waitingMessages: 6 };
  if (scenario === 'gateway-down') return { ...line, gatewayReachable: false, waitingMessages: 2 };
  return line;
}

export function fillHistory(world: World): void {
  const rows: [string, string, LineHistoryItem['state'], LineHistoryItem['cause']][] = [
    ['2026-11-24', '08:12', 'linked', 'none'],
    ['2026-11-24', '08:11', 'reconnecting', 'network'],
    ['2026-11-20', '18:40', 'linked', 'none'],
    ['2026-11-20', '18:38', 'pairing', 'none'],
    ['2026-11-20', '18:31', 'needs-pairing', 'logged-out-on-phone'],
    ['2026-11-18', '12:05', 'stopped', 'stopped-here'],
  ];
  world.lineHistory = rows.map(([date, time, state, cause]) => ({ at: at(date, time), state, cause }));
  if (world.line && world.line.state !== 'linked')
    world.lineHistory.unshift({ at: world.line.since ?? NOW, state: world.line.state, cause: world.line.cause });
}

export function fillPlatform(world: World): void {
  const rows: [string, string, string, string, PlatformOrganization['state'], WhatsAppLine['state'] | null][] = [
    ['Odontología Arrayán', 'odontologia-arrayan', 'AR', CLINIC.zone, 'active', 'linked'],
    ['Clínica Los Almendros', 'los-almendros', 'CO', SECOND.zone, 'active', 'linked'],
    ['Centro Óptico Mirada', 'optico-mirada', 'AR', 'America/Argentina/Buenos_Aires', 'active', 'needs-pairing'],
    ['Clínica Bem-Estar', 'bem-estar', 'BR', 'America/Sao_Paulo', 'active', 'reconnecting'],
    ['Kinesiología del Sur', 'kinesiologia-del-sur', 'AR', 'America/Argentina/Ushuaia', 'active', 'halted'],
    ['Pediatría Jacarandá', 'pediatria-jacaranda', 'UY', 'America/Montevideo', 'provisioning', null],
  ];
  world.platform = rows.map(([name, alias, country, timeZone, state, line], index) => ({
    id: newId(),
    name,
    alias,
    country,
    timeZone,
    locale: country === 'BR' ? 'pt-BR' : 'es',
    state,
    createdAt: at(`2026-1${index % 2}-0${index + 1}`, '10:00'),
    line: line ? { state: line } : null,
  }));
}
