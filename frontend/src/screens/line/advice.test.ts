import { expect, test } from 'vitest';
import { lineCauses, lineStates } from '../../api/states';
import en from '../../i18n/en/index';
import es from '../../i18n/es/index';
import ptBR from '../../i18n/pt-BR/index';
import { adviceFor } from './advice';

test.each([
  ['Spanish', es],
  ['English', en],
  ['Portuguese', ptBR],
])('%s says what to do in every state and for every cause', (_, texts) => {
  const advice: Record<string, string> = texts.do;
  const causes: Record<string, string> = texts.cause;
  const told = lineCauses.filter((cause) => cause !== 'none');
  expect([...lineStates, ...told].filter((key) => !advice[key])).toEqual([]);
  expect(told.filter((cause) => !causes[cause])).toEqual([]);
});

const name = (key: string) => key;
test('the cause decides what to do, unless the line works or is on its way', () => {
  expect(adviceFor({ state: 'halted', cause: 'banned', gatewayReachable: true }, name)).toBe('do.banned');
  expect(adviceFor({ state: 'pairing', cause: 'logged-out-on-phone', gatewayReachable: true }, name)).toBe('do.pairing');
  expect(adviceFor({ state: 'reconnecting', cause: 'none', gatewayReachable: true }, name)).toBe('do.reconnecting');
  expect(adviceFor({ state: 'linked', cause: 'none', gatewayReachable: false }, name)).toBe('do.gateway-away');
});
