import type { Page } from '@playwright/test';
import { HELD_DAY } from '../../mock/holds.ts';
import { SECOND } from '../../mock/names.ts';
import { INVITATION, type Scenario } from '../../mock/world.ts';
import { still } from '../support/console.ts';

/** Every screen of the console in every state it can be in: what axe reads and what the pictures show. */
export interface Screen {
  name: string;
  path: string;
  scenario?: Scenario;
  /** What to do once the page is there, such as opening a dialog. */
  act?: (page: Page) => Promise<void>;
}

const click =
  (testId: string, opens: 'dialog' | 'menu' = 'dialog') =>
  async (page: Page) => {
    await page.getByTestId(testId).first().click();
    await page.getByRole(opens).first().waitFor();
    await still(page);
  };
const openVisit = (name: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('dialog').waitFor();
  await still(page);
};

const chooseCode = async (page: Page) => {
  await click('start-line')(page);
  await page.getByRole('button', { name: 'Código de 8 letras' }).click();
  await page.getByTestId('pairing-phone').waitFor();
};
const askForCode = async (page: Page) => {
  await chooseCode(page);
  await page.getByTestId('pairing-phone').fill('351 555 0148');
  await page.getByTestId('pairing-ask').click();
  await page.getByTestId('pairing-code').or(page.getByTestId('pairing-again')).waitFor();
  await still(page);
};

const official = '/line?line=0197a000-0000-7000-8000-00000000000d';
const sendTest = async (page: Page) => {
  await click('test-line')(page);
  await page.getByTestId('test-phone').fill('351 555 0190');
  await page.getByTestId('test-send').click();
};

const conversation = (who: string) => async (page: Page) => {
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: who })
    .click();
  await page.getByTestId('reply-text').waitFor();
};
const writeTo = async (page: Page) => {
  await page.getByText('Bruno Maidana').first().click();
  await click('write')(page);
};

const places: [name: string, path: string][] = [
  ['today', '/today'],
  ['agenda', '/agenda'],
  ['patients', '/patients'],
  ['waitlist', '/waitlist'],
  ['messages', '/messages'],
  ['conversations', '/conversations'],
  ['templates', '/templates'],
  ['rules', '/rules'],
  ['line', '/line'],
  ['reports', '/reports'],
  ['settings', '/settings'],
  ['platform', '/platform'],
  ['platform-lines', '/platform/lines'],
  ['platform-health', '/platform/health'],
  ['platform-prices', '/platform/prices'],
];
const inEveryState: Screen[] = places.flatMap(([name, path]) => [
  { name, path, ...(name.startsWith('platform') ? { scenario: 'platform' as const } : {}) },
  { name: `${name}-empty`, path, scenario: name === 'line' ? 'line-new' : 'empty' },
  { name: `${name}-loading`, path, scenario: 'loading' },
  { name: `${name}-error`, path, scenario: name === 'line' ? 'line-error' : 'error' },
  ...(['today', 'agenda', 'messages', 'conversations', 'line'].includes(name)
    ? [{ name: `${name}-line-down`, path, scenario: 'line-down' as const }]
    : []),
]);

export const screens: Screen[] = [
  ...inEveryState,
  { name: 'agenda-week', path: '/agenda?view=week' },
  { name: 'agenda-holiday', path: '/agenda?date=2026-12-08' },
  { name: 'agenda-holds', path: `/agenda?date=${HELD_DAY}` },
  {
    name: 'agenda-group',
    path: `/agenda?date=${HELD_DAY}`,
    act: async (page) => {
      await page.getByTestId(/^group-/).click();
      await page.getByRole('dialog').waitFor();
      await still(page);
    },
  },
  { name: 'agenda-month', path: '/agenda?view=month' },
  { name: 'agenda-roomy', path: '/agenda?zoom=roomy' },
  { name: 'booking', path: '/agenda', act: click('new-appointment') },
  {
    name: 'booking-taken',
    path: '/agenda',
    act: async (page) => {
      await page.getByTestId('new-appointment').click();
      await page.getByTestId('patient-search').fill('rosa');
      await page.getByTestId('patient-option').first().click();
      await page.getByTestId('book-service').selectOption({ index: 1 });
      await page.getByTestId('book-practitioner').selectOption({ index: 1 });
      await page.getByTestId('book-time').fill('14:00');
      await page.getByTestId('book-submit').click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'booking-repeated',
    path: '/agenda',
    act: async (page) => {
      await page.getByTestId('new-appointment').click();
      await page.getByTestId('patient-search').fill('rosa');
      await page.getByTestId('patient-option').first().click();
      await page.getByTestId('book-service').selectOption({ index: 1 });
      await page.getByTestId('book-practitioner').selectOption({ index: 1 });
      await page.getByTestId('book-time').fill('14:00');
      await page.getByTestId('repeat').selectOption('week');
      await page.getByTestId('repeat-chosen').waitFor();
    },
  },
  {
    name: 'booking-new-patient',
    path: '/agenda',
    act: async (page) => {
      await page.getByTestId('new-appointment').click();
      await page.getByTestId('patient-search').fill('Zoe Quintana');
      await page.getByTestId('patient-new').click();
      await page.getByTestId('patient-phone').fill('351 555');
      await page.getByTestId('patient-save').click();
    },
  },
  { name: 'rules-forecast', path: '/rules?outlook=no-phone' },
  { name: 'rule-add', path: '/rules', act: click('rule-add') },
  { name: 'waitlist-add', path: '/waitlist', act: click('wait-add') },
  { name: 'waitlist-withdrawn', path: '/waitlist?state=withdrawn' },
  {
    name: 'waitlist-hour',
    path: '/agenda',
    act: async (page) => {
      await openVisit(/Julián Ledesma/)(page);
      await page.getByTestId('visit-cancel').click();
      await page.getByTestId('cancel-submit').click();
      await page.getByTestId('who-waits').click();
      await page.getByTestId('waitlist-hour').waitFor();
      await still(page);
    },
  },
  { name: 'visit', path: '/today', act: openVisit(/^Rosa Benítez/) },
  {
    name: 'visit-fields',
    path: '/today',
    act: async (page) => {
      await openVisit(/^Rosa Benítez/)(page);
      await page.getByTestId('visit-fields').click();
      await page.getByTestId('visit-fields-form').waitFor();
      await still(page);
    },
  },
  {
    name: 'visit-move',
    path: '/agenda',
    act: async (page) => {
      await openVisit(/Emilia Toranzo/)(page);
      await page.getByTestId('visit-move').click();
    },
  },
  {
    name: 'visit-conflict',
    path: '/today',
    scenario: 'stale',
    act: async (page) => {
      await page.getByRole('button', { name: 'Confirmó' }).first().click();
      await page.getByRole('dialog').waitFor();
      await still(page);
    },
  },
  { name: 'conversation', path: '/conversations', act: conversation('Rosa Benítez') },
  { name: 'conversation-who-wrote', path: '/conversations', scenario: 'who-wrote', act: conversation('Carla') },
  { name: 'conversation-typing', path: '/conversations', scenario: 'colleague-writes', act: conversation('Bruno Maidana') },
  { name: 'conversation-hand-over', path: '/conversations', scenario: 'hand-over', act: conversation('Bruno Maidana') },
  { name: 'hand-over-settings', path: '/conversations', act: click('hand-over-settings') },
  {
    name: 'conversation-ticket',
    path: '/conversations',
    act: async (page) => {
      await conversation('Rosa Benítez')(page);
      await page.getByTestId('more').click();
      await page.getByTestId('open-ticket').click();
      await page.getByTestId('ticket-bar').waitFor();
    },
  },
  { name: 'tickets-none', path: '/conversations/tickets' },
  {
    name: 'tickets',
    path: '/conversations',
    act: async (page) => {
      await conversation('Rosa Benítez')(page);
      await page.getByTestId('more').click();
      await page.getByTestId('open-ticket').click();
      await page.getByTestId('ticket-bar').waitFor();
      await page.getByTestId('tickets-link').click();
      await page.getByTestId('ticket-figures').waitFor();
    },
  },
  { name: 'ticket-settings', path: '/conversations/tickets', act: click('ticket-settings') },
  { name: 'conversation-voice', path: '/conversations', scenario: 'voice-note', act: conversation('Bruno Maidana') },
  { name: 'conversations-run-out', path: '/conversations', scenario: 'runs-out' },
  { name: 'canned-replies', path: '/conversations', act: click('canned-replies') },
  {
    name: 'canned-reply-new',
    path: '/conversations',
    act: async (page) => {
      await page.getByTestId('canned-replies').click();
      await page.getByTestId('canned-new').click();
      await page.getByTestId('canned-text').waitFor();
    },
  },
  {
    name: 'conversation-quoting',
    path: '/conversations',
    act: async (page) => {
      await conversation('Bruno Maidana')(page);
      await page.getByTestId('quote').last().click();
      await page.getByTestId('quoting').waitFor();
    },
  },
  {
    name: 'conversation-reacting',
    path: '/conversations',
    act: async (page) => {
      await conversation('Bruno Maidana')(page);
      await page.getByTestId('react').last().click();
      await page.getByRole('button', { name: '👍' }).waitFor();
    },
  },
  {
    name: 'conversation-note',
    path: '/conversations',
    act: async (page) => {
      await conversation('Bruno Maidana')(page);
      await page.getByTestId('tab-note').click();
      await page.getByTestId('reply-text').fill('Acosta lo ve hoy. @Mar');
      await page.getByTestId('suggestions').waitFor();
    },
  },
  {
    name: 'conversation-canned',
    path: '/conversations',
    act: async (page) => {
      await conversation('Bruno Maidana')(page);
      await page.getByTestId('reply-text').fill('/hor');
      await page.getByTestId('suggestions').waitFor();
    },
  },
  {
    name: 'conversations-found',
    path: '/conversations',
    act: async (page) => {
      await page.getByTestId('inbox-search').fill('hija');
      await page.getByTestId('found').getByRole('listitem').first().waitFor();
    },
  },
  { name: 'write', path: '/patients', act: writeTo },
  {
    name: 'write-place',
    path: '/patients',
    act: async (page) => {
      await writeTo(page);
      await page.getByRole('button', { name: 'Lugar' }).click();
      await page.getByTestId('write-place').fill('-31.4201, -64.1888');
    },
  },
  {
    name: 'write-contact',
    path: '/patients',
    act: async (page) => {
      await writeTo(page);
      await page.getByRole('button', { name: 'Contacto' }).click();
    },
  },
  {
    name: 'write-window-closed',
    path: '/patients',
    scenario: 'official',
    act: async (page) => {
      await writeTo(page);
      await page.getByTestId('write-line').selectOption('Campañas');
    },
  },
  {
    name: 'patient',
    path: '/patients',
    act: async (page) => {
      await page.getByText('Rosa Benítez').click();
      await page.getByText('Constancia de aviso').waitFor();
      await still(page);
    },
  },
  { name: 'patient-new', path: '/patients', act: click('new-patient') },
  {
    name: 'patient-phones',
    path: '/patients',
    act: async (page) => {
      await page.getByText('Rosa Benítez').click();
      await page.getByRole('button', { name: 'Editar' }).first().click();
      await page.getByTestId('patient-phone-owner').selectOption('self');
      await page.getByTestId('patient-add-phone').click();
      await page.getByTestId('patient-other-phone-0').fill('351 555 0177');
      await page.getByTestId('patient-other-phone-0-owner').selectOption('mother');
      await page.getByTestId('patient-other-phone-0-owner-name').fill('Marta');
    },
  },
  {
    name: 'patient-phones-said',
    path: '/patients',
    act: async (page) => {
      await page.getByText('Rosa Benítez').click();
      await page.getByRole('button', { name: 'Editar' }).first().click();
      await page.getByTestId('patient-add-phone').click();
      await page.getByTestId('patient-other-phone-0').fill('351 555 0177');
      await page.getByTestId('patient-other-phone-0-owner').selectOption('mother');
      await page.getByTestId('patient-save').click();
      await page.getByTestId('patient-phones').waitFor();
      await still(page);
    },
  },
  {
    name: 'patient-family',
    path: '/patients',
    act: async (page) => {
      await page.getByText('Rosa Benítez').click();
      await click('family-new')(page);
    },
  },
  {
    name: 'patient-family-said',
    path: '/patients',
    act: async (page) => {
      await page.getByText('Rosa Benítez').click();
      await click('family-new')(page);
      await page.getByTestId('family-given-name').fill('Marta');
      await page.getByRole('button', { name: 'Guardar' }).click();
      await page.getByTestId('family-edit').waitFor();
      await still(page);
    },
  },
  { name: 'patient-pairs', path: '/patients/duplicates' },
  { name: 'patient-pairs-none', path: '/patients/duplicates', scenario: 'empty' },
  {
    name: 'patient-compare',
    path: '/patients/duplicates',
    act: async (page) => {
      await page.getByTestId('pair-compare').click();
      await page.getByTestId('merge-cards').waitFor();
    },
  },
  {
    name: 'patient-merged',
    path: '/patients/duplicates',
    act: async (page) => {
      await page.getByTestId('pair-compare').click();
      await page.getByTestId('merge').click();
      await page.getByTestId('patient-merges').waitFor();
      await still(page);
    },
  },
  { name: 'patient-reads', path: '/patients/reads' },
  { name: 'patient-reads-none', path: '/patients/reads?from=2026-01-01&to=2026-01-02' },
  { name: 'patient-reads-error', path: '/patients/reads', scenario: 'error' },
  { name: 'audit', path: '/audit' },
  { name: 'audit-none', path: '/audit?from=2026-01-01&to=2026-01-02' },
  { name: 'audit-error', path: '/audit', scenario: 'error' },
  { name: 'privacy-requests', path: '/patients/requests' },
  { name: 'privacy-requests-closed', path: '/patients/requests?show=closed' },
  { name: 'privacy-requests-none', path: '/patients/requests', scenario: 'empty' },
  { name: 'privacy-answer', path: '/patients/requests', act: click('answer-request') },
  {
    name: 'privacy-note',
    path: '/patients',
    act: async (page) => {
      await page.getByText('Rosa Benítez').click();
      await click('request-note')(page);
    },
  },
  { name: 'settings-custom', path: '/settings?tab=custom' },
  { name: 'settings-custom-none', path: '/settings?tab=custom', scenario: 'empty' },
  {
    name: 'settings-custom-new',
    path: '/settings?tab=custom',
    act: async (page) => {
      await click('new-custom-field-patient')(page);
      await page.getByTestId('custom-type').selectOption('choice');
    },
  },
  {
    name: 'clinical-notes',
    path: '/patients',
    scenario: 'practitioner',
    act: async (page) => {
      await page.getByText('Rosa Benítez').click();
      await page.getByTestId('notes-open').click();
      await page.getByTestId('note-former').click();
      await page.getByText('Alergia a la amoxicilina.').waitFor();
    },
  },
  {
    name: 'privacy-restricted',
    path: '/patients',
    act: async (page) => {
      await page.getByText('Julián Ledesma').first().click();
      await click('patient-restrict')(page);
      await page.getByTestId('restrict-reason').fill('Discute la exactitud de sus datos');
      await page.getByRole('button', { name: 'Bloquear', exact: true }).click();
      await page.getByTestId('patient-restricted').waitFor();
    },
  },
  {
    name: 'privacy-erase',
    path: '/patients',
    act: async (page) => {
      await page.getByText('Rosa Benítez').first().click();
      await click('patient-erase')(page);
      await page.getByTestId('patient-erase-name').fill('Rosa Benítez');
      await page.getByTestId('patient-erase-sure').click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'patient-completion',
    path: '/patients',
    act: async (page) => {
      await page.getByText('Rosa Benítez').click();
      await page.getByTestId('prereg-new').click();
      await page.getByTestId('prereg-revoke').waitFor();
      await still(page);
    },
  },
  {
    name: 'patient-completion-differs',
    path: '/patients',
    act: async (page) => {
      await page.getByTestId('patients-filter').fill('ema quiroga');
      await page.getByText('Ema Quiroga').first().click();
      await page.getByTestId('prereg-differences').waitFor();
      await still(page);
    },
  },
  { name: 'import', path: '/patients/import' },
  { name: 'import-columns', path: '/patients/import?id=0197a200-0000-7000-8000-000000000001' },
  { name: 'import-checking', path: '/patients/import?id=0197a200-0000-7000-8000-000000000002' },
  { name: 'import-plan', path: '/patients/import?id=0197a200-0000-7000-8000-000000000003' },
  { name: 'import-running', path: '/patients/import?id=0197a200-0000-7000-8000-000000000004' },
  {
    name: 'import-done',
    path: '/patients/import?id=0197a200-0000-7000-8000-000000000005',
    act: (page) => page.getByTestId('import-undo').click(),
  },
  { name: 'import-visits', path: '/patients/import?kind=appointments' },
  { name: 'import-visits-plan', path: '/patients/import?kind=appointments&id=0197a300-0000-7000-8000-000000000001' },
  {
    name: 'import-visits-columns',
    path: '/patients/import?kind=appointments&id=0197a300-0000-7000-8000-000000000001',
    act: (page) => page.getByRole('button', { name: 'Volver a las columnas' }).click(),
  },
  { name: 'import-failed', path: '/patients/import?id=0197a200-0000-7000-8000-000000000006' },
  {
    name: 'patient-maybe-there',
    path: '/patients',
    act: async (page) => {
      await click('new-patient')(page);
      await page.getByTestId('patient-given-name').fill('Rosa');
      await page.getByTestId('patient-family-name').fill('Benitez');
      await page.getByTestId('patient-candidates').waitFor();
    },
  },
  {
    name: 'patient-paper-taken',
    path: '/patients',
    act: async (page) => {
      await click('new-patient')(page);
      await page.getByTestId('patient-given-name').fill('Zoe');
      await page.getByTestId('patient-paper-0').fill('28.114.207');
      await page.getByTestId('patient-save').click();
      await page.getByTestId('patient-holder').waitFor();
    },
  },
  {
    name: 'message',
    path: '/messages?state=unknown',
    act: async (page) => {
      await page
        .getByTestId(/^message-/)
        .first()
        .click();
      await page.getByText('Paso a paso').waitFor();
    },
  },
  { name: 'conversations-resolved', path: '/conversations?state=resolved' },
  {
    name: 'template-unknown-field',
    path: '/templates',
    act: async (page) => {
      await page.getByRole('textbox').fill('Hola, {nombre}. Traé el {carnet}.');
    },
  },
  {
    name: 'template-own-draft',
    path: '/templates?own=0197a000-0000-7000-8000-00000000a001',
    act: async (page) => {
      await page.getByRole('textbox').fill('Hola, {nombre}.{si dirección} Estamos en *{dirección}.{fin dirección}');
      await page.getByTestId('template-save').click();
      await page.getByTestId('template-versions').click();
      await page.getByText('Versión 1', { exact: true }).waitFor();
    },
  },
  { name: 'flows', path: '/flows' },
  { name: 'flows-empty', path: '/flows', scenario: 'empty' },
  { name: 'flow-new', path: '/flows', act: click('flow-new') },
  { name: 'flow-import', path: '/flows', scenario: 'empty', act: click('flow-import') },
  { name: 'flow', path: '/flows/0197a000-0000-7000-8000-00000000f001' },
  {
    name: 'flow-list',
    path: '/flows/0197a000-0000-7000-8000-00000000f001',
    act: async (page) => {
      await page.getByRole('button', { name: 'Lista' }).click();
      await page.getByTestId('flow-versions').locator('summary').click();
      await page.getByTestId('compare-11').click();
      await page.getByTestId('differences').waitFor();
      await still(page);
    },
  },
  {
    name: 'flow-tried',
    path: '/flows/0197a000-0000-7000-8000-00000000f001',
    act: async (page) => {
      await page.getByTestId('try-begin').click();
      await page.getByTestId('try-log').getByText('¿En qué te ayudo?').waitFor();
      await still(page);
    },
  },
  { name: 'campaigns', path: '/campaigns' },
  { name: 'campaigns-empty', path: '/campaigns', scenario: 'empty' },
  { name: 'campaign', path: '/campaigns/0197a000-0000-7000-8000-00000000c001' },
  { name: 'campaign-draft', path: '/campaigns/0197a000-0000-7000-8000-00000000c002', act: click('campaign-start') },
  {
    name: 'campaign-new',
    path: '/campaigns/new',
    act: async (page) => {
      await page.getByTestId('campaign-next').click();
      await page.getByTestId('campaign-name').waitFor();
    },
  },
  {
    name: 'consent-note',
    path: '/patients',
    act: async (page) => {
      await page.getByText('Rosa Benítez').click();
      await page.getByTestId('consent-note').click();
      await page.getByTestId('consent-evidence').waitFor();
    },
  },
  { name: 'unanswered', path: '/messages/unanswered' },
  { name: 'unanswered-empty', path: '/messages/unanswered', scenario: 'empty' },
  {
    name: 'unanswered-call',
    path: '/messages/unanswered',
    act: async (page) => {
      await page
        .getByTestId(/^call-/)
        .first()
        .click();
      await page.getByTestId('call-outcome').waitFor();
    },
  },
  { name: 'template-new', path: '/templates', act: click('template-new') },
  { name: 'line-pairing', path: '/line', scenario: 'line-down', act: click('start-line') },
  { name: 'line-pairing-expired', path: '/line', scenario: 'pairing-expired', act: click('start-line') },
  { name: 'line-reconnecting', path: '/line', scenario: 'reconnecting' },
  { name: 'service-status', path: '/line/status' },
  { name: 'service-status-quiet', path: '/line/status', scenario: 'empty' },
  { name: 'service-status-trouble', path: '/line/status', scenario: 'reconnecting' },
  { name: 'line-halted', path: '/line', scenario: 'halted' },
  { name: 'line-gateway-down', path: '/line', scenario: 'gateway-down' },
  { name: 'line-log-out', path: '/line', act: click('log-out-line') },
  { name: 'line-code-phone', path: '/line', scenario: 'line-down', act: chooseCode },
  { name: 'line-code', path: '/line', scenario: 'line-down', act: askForCode },
  { name: 'line-code-expired', path: '/line', scenario: 'pairing-expired', act: askForCode },
  { name: 'line-wrong-number', path: '/line', scenario: 'wrong-number', act: click('start-line') },
  { name: 'line-practitioner', path: '/line', scenario: 'practitioner' },
  { name: 'lines', path: '/line', scenario: 'several-lines' },
  { name: 'lines-other', path: '/line?line=0197a000-0000-7000-8000-00000000000b', scenario: 'several-lines' },
  { name: 'line-add', path: '/line', scenario: 'several-lines', act: click('add-line') },
  {
    name: 'line-edit',
    path: '/line?line=0197a000-0000-7000-8000-00000000000c',
    scenario: 'several-lines',
    act: async (page) => {
      await click('line-more', 'menu')(page);
      await click('edit-line')(page);
    },
  },
  {
    name: 'line-official',
    path: official,
    scenario: 'official',
    act: async (page) => {
      await page.getByTestId('self-test').click();
      await page.getByTestId('self-test-result').waitFor();
    },
  },
  { name: 'line-official-new', path: official, scenario: 'official-new' },
  { name: 'line-credentials', path: official, scenario: 'official-new', act: click('enter-credentials') },
  { name: 'line-approved', path: official, scenario: 'official', act: click('edit-approved-reminder') },
  { name: 'line-approved-new', path: official, scenario: 'official', act: click('edit-approved-cancellation') },
  { name: 'platform-lines-filtered', path: '/platform/lines?state=needs-pairing', scenario: 'platform' },
  { name: 'platform-health-late', path: '/platform/health', scenario: 'platform-late' },
  { name: 'platform-announce', path: '/platform/health', scenario: 'platform', act: click('announce') },
  { name: 'maintenance', path: '/today', scenario: 'maintenance' },
  { name: 'line-test', path: '/line', act: click('test-line') },
  {
    name: 'line-test-arrived',
    path: '/line',
    act: async (page) => {
      await sendTest(page);
      await page.getByTestId('test-journey').getByText('Llegó al teléfono.').first().waitFor();
    },
  },
  {
    name: 'line-test-down',
    path: '/line',
    scenario: 'reconnecting',
    act: async (page) => {
      await sendTest(page);
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'settings-practitioners',
    path: '/settings?tab=practitioners',
    act: async (page) => {
      await page.getByTestId('new-calendar-feed').click();
      await page.getByRole('button', { name: 'Guardar', exact: true }).click();
      await page.getByTestId('calendar-feeds').waitFor();
    },
  },
  {
    name: 'settings-webhooks',
    path: '/settings?tab=webhooks',
    act: async (page) => {
      await page.getByTestId('webhooks').waitFor();
    },
  },
  {
    name: 'settings-webhook-deliveries',
    path: '/settings?tab=webhooks',
    act: async (page) => {
      await page.getByRole('button', { name: 'Envíos a Historia clínica' }).click();
      await page.getByTestId('webhook-deliveries').waitFor();
    },
  },
  {
    name: 'settings-chatwoot',
    path: '/settings?tab=chatwoot',
    act: async (page) => {
      await page.getByTestId('chatwoot-bridges').waitFor();
    },
  },
  {
    name: 'settings-chatwoot-tried',
    path: '/settings?tab=chatwoot',
    act: async (page) => {
      await page.getByRole('button', { name: 'Probar Recepción' }).click();
      await page.getByTestId('chatwoot-checks').waitFor();
    },
  },
  { name: 'settings-chatwoot-new', path: '/settings?tab=chatwoot', act: click('new-chatwoot') },
  {
    name: 'settings-assistant',
    path: '/settings?tab=assistant',
    act: async (page) => {
      await page.getByTestId('assistant-turns').waitFor();
    },
  },
  { name: 'settings-assistant-form', path: '/settings?tab=assistant', act: click('assistant-change') },
  { name: 'settings-assistant-fact', path: '/settings?tab=assistant', act: click('new-fact') },
  { name: 'settings-assistant-import', path: '/settings?tab=assistant', act: click('import-facts') },
  {
    name: 'settings-api-clients',
    path: '/settings?tab=clients',
    act: async (page) => {
      await page.getByTestId('api-clients').waitFor();
    },
  },
  {
    name: 'settings-api-requests',
    path: '/settings?tab=requests',
    act: async (page) => {
      await page.getByTestId('api-requests').waitFor();
    },
  },
  {
    name: 'settings-api-reference',
    path: '/settings?tab=reference',
    act: async (page) => {
      await page.getByRole('searchbox').fill('api client');
      await page.getByTestId('operation-listApiClients').click();
      await page.getByTestId('try-it').getByRole('button').click();
      await page.getByTestId('try-answer').waitFor();
    },
  },
  { name: 'settings-api-client-new', path: '/settings?tab=clients', act: click('new-api-client') },
  {
    name: 'settings-api-client-key',
    path: '/settings?tab=clients',
    act: async (page) => {
      await page.getByRole('button', { name: 'Claves de Sitio web' }).click();
      await page.getByTestId('issue-key').click();
      await page.getByTestId('api-client-secret').waitFor();
    },
  },
  { name: 'settings-services', path: '/settings?tab=services' },
  { name: 'settings-opening', path: '/settings?tab=opening' },
  {
    name: 'settings-legal-hold',
    path: '/settings',
    act: async (page) => {
      await page.getByTestId('legal-hold-change').click();
      await page.getByTestId('legal-hold-state').getByText('en pausa desde').waitFor();
      await page.getByTestId('legal-hold-change').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'settings-booking', path: '/settings?tab=booking' },
  { name: 'today-support', path: '/today', scenario: 'support' },
  { name: 'suspended', path: '/today', scenario: 'suspended' },
  { name: 'deleted', path: '/today', scenario: 'deleted' },
  {
    name: 'settings-deletion',
    path: '/settings',
    act: async (page) => {
      await page.getByTestId('clinic-deletion').click();
      await page.getByTestId('deletion-name').waitFor();
      await still(page);
    },
  },
  {
    name: 'platform-suspend',
    path: '/platform',
    scenario: 'platform',
    act: async (page) => {
      await page.getByRole('button', { name: 'Suspender Centro Óptico Mirada' }).click();
      await page.getByTestId('suspension-reason').waitFor();
      await still(page);
    },
  },
  {
    name: 'platform-plan',
    path: '/platform',
    scenario: 'platform',
    act: async (page) => {
      await page.getByRole('button', { name: 'Plan de Centro Óptico Mirada' }).click();
      await page.getByTestId('plan-name').waitFor();
      await still(page);
    },
  },
  { name: 'platform-usage', path: '/platform/usage?sort=plan-use', scenario: 'platform' },
  { name: 'platform-usage-none', path: '/platform/usage?find=zzz', scenario: 'platform' },
  { name: 'setup-new', path: '/setup', scenario: 'new-clinic' },
  { name: 'setup-line', path: '/setup?step=line', scenario: 'new-clinic' },
  { name: 'setup-message', path: '/setup?step=first-message' },
  { name: 'today-new', path: '/today', scenario: 'new-clinic' },
  { name: 'settings-locations', path: '/settings?tab=locations' },
  { name: 'settings-new-location', path: '/settings?tab=locations', act: click('new-location') },
  { name: 'settings-rooms', path: '/settings?tab=rooms' },
  { name: 'settings-new-room', path: '/settings?tab=rooms', act: click('new-room') },
  { name: 'settings-insurances', path: '/settings?tab=insurances' },
  { name: 'settings-new-insurance', path: '/settings?tab=insurances', act: click('new-insurance') },
  { name: 'settings-inbox', path: '/settings?tab=inbox' },
  { name: 'settings-team-new', path: '/settings?tab=inbox', act: click('new-team') },
  { name: 'settings-members', path: '/settings?tab=members' },
  { name: 'settings-member-permissions', path: '/settings?tab=members', act: click('member-permissions') },
  {
    name: 'my-sessions',
    path: '/today',
    act: async (page) => {
      await click('user-menu', 'menu')(page);
      await click('my-sessions-open')(page);
    },
  },
  { name: 'settings-invite', path: '/settings?tab=members', act: click('new-member') },
  { name: 'invitation', path: `/invitation/${SECOND.id}/${INVITATION}` },
  { name: 'invitation-gone', path: `/invitation/${SECOND.id}/${SECOND.id}` },
  { name: 'today-practitioner', path: '/today', scenario: 'practitioner' },
  { name: 'agenda-practitioner', path: '/agenda', scenario: 'practitioner' },
  { name: 'no-permission', path: '/settings', scenario: 'practitioner' },
  { name: 'not-found', path: '/nowhere' },
  {
    name: 'palette',
    path: '/today',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('ro');
      await page.getByText('Rosa Benítez').last().waitFor();
      await still(page);
    },
  },
  {
    name: 'shortcuts',
    path: '/today',
    act: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await still(page);
    },
  },
  {
    name: 'offline',
    path: '/today',
    act: async (page) => {
      await page.context().setOffline(true);
      await page.getByTestId('connection').waitFor();
    },
  },
];
