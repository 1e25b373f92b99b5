import { expect, type Page, test } from '@playwright/test';
import { CLINIC, NOW } from '../../mock/names.ts';
import { open, settled } from '../support/console.ts';

const card = (page: Page, name: RegExp) => page.getByTestId(/^appointment-/).filter({ hasText: name });
const tokenOf = (page: Page) =>
  page.evaluate(() => {
    const key = Object.keys(sessionStorage).find((one) => one.startsWith('recado.user:')) ?? '';
    return JSON.parse(sessionStorage.getItem(key) ?? '{}').access_token as string;
  });

test('the door leads through the identity server to today, and out again', async ({ page }) => {
  await page.goto('/');
  await page.getByTestId('sign-in').click();
  await page.waitForURL('**/c/*/today');
  await expect(page.getByTestId('org-switcher')).toContainText(CLINIC.name);
  await page.getByTestId('user-menu').click();
  await page.getByTestId('sign-out').click();
  await expect(page.getByTestId('sign-in')).toBeVisible();
});

test('a deep link survives signing in', async ({ page }) => {
  await page.goto('/conversations?show=mine');
  await page.waitForURL(`**/c/${CLINIC.alias}/conversations?show=mine`);
});

test('a taken time loses nothing, and the free one beside it books', async ({ page }) => {
  await open(page, '/agenda');
  await page.getByTestId('new-appointment').click();
  await page.getByTestId('patient-search').fill('rosa');
  await page.getByTestId('patient-option').first().click();
  await page.getByTestId('book-service').selectOption({ index: 1 });
  await page.getByTestId('book-practitioner').selectOption({ index: 1 });
  await page.getByTestId('book-time').fill('14:00');
  await page.getByTestId('book-submit').click();
  await expect(page.getByRole('alert')).toContainText('ocupado');
  await expect(page.getByText('Rosa Benítez').last()).toBeVisible();
  await page.getByRole('button', { name: '13:30' }).click();
  await page.getByTestId('book-submit').click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(card(page, /13:30 *Rosa Benítez/)).toBeVisible();
});

test('M and the arrows move a visit, and undo brings it back', async ({ page }) => {
  await open(page, '/agenda');
  await settled(page);
  await card(page, /Julián Ledesma/).focus();
  await page.keyboard.press('m');
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowUp');
  await expect(page.getByText('14:00 → 13:00, libre')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(card(page, /13:00 *Julián Ledesma/)).toBeVisible();
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(card(page, /14:00 *Julián Ledesma/)).toBeVisible();
});

test('dragging does the same move, and Escape leaves everything as it was', async ({ page }) => {
  await open(page, '/agenda');
  await settled(page);
  const from = await card(page, /Paula Oviedo/).boundingBox();
  const column = await page.locator('[data-column]').nth(1).boundingBox();
  if (!from || !column) throw new Error('The grid is not there.');
  await page.mouse.move(from.x + 30, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(column.x + 60, from.y + 8 - 2 * (column.height / 10), { steps: 6 });
  await expect(page.getByTestId('moving-copy')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(card(page, /15:15 *Paula Oviedo/)).toBeVisible();

  await page.mouse.move(from.x + 30, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(column.x + 60, from.y + 8 - 2 * (column.height / 10), { steps: 6 });
  await page.mouse.up();
  // The second practitioner does not see anybody at that hour: the visit stays unless it is wanted there.
  await expect(page.getByText('A esa hora no atiende')).toBeVisible();
  await expect(card(page, /15:15 *Paula Oviedo/)).toBeVisible();
  await page.getByRole('button', { name: 'Pasar fuera de horario' }).click();
  await expect(card(page, /13:15 *Paula Oviedo/)).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('what a colleague does appears without anybody asking', async ({ page, request }) => {
  await open(page, '/conversations');
  await settled(page);
  const waiting = page.getByTestId(/^conversation-/);
  await expect(waiting.first()).toContainText('Sin asignar');
  const headers = { Authorization: `Bearer ${await tokenOf(page)}` };
  const clinic = `/api/v1/organizations/${CLINIC.id}/conversations`;
  const first = (await (await request.get(`${clinic}?turn=clinic`, { headers })).json()).items[0];
  const ifMatch = { headers: { ...headers, 'If-Match': `"v${first.version}"` } };
  await request.post(`${clinic}/${first.id}/assign`, { ...ifMatch, data: { memberId: 'marcela' } });
  await expect(page.getByTestId(`conversation-${first.id}`)).toContainText('Marcela Paz');
});

test('a pairing code past its time is never shown', async ({ page }) => {
  await open(page, '/line', { scenario: 'line-down' });
  await page.getByTestId('start-line').click();
  await expect(page.getByTestId('pairing-qr')).toBeVisible();
  await page.clock.setFixedTime(new Date(Date.parse(NOW) + 40_000));
  await expect(page.getByTestId('pairing-qr')).toBeHidden();
});

test('no name and no phone reaches the address or the browser’s storage', async ({ page }) => {
  await open(page, '/patients');
  await page.getByTestId('patients-filter').fill('benitez');
  await page.getByText('Rosa Benítez').click();
  await page.getByText('Constancia de aviso').waitFor();
  const kept = await page.evaluate(() => JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toMatch(/ben[ií]tez|rosa|5550103/i);
});

test('unsaved text asks before it is left', async ({ page }) => {
  await open(page, '/templates');
  await page.getByRole('textbox').fill('Hola, {nombre}.');
  await page.getByRole('link', { name: 'Pacientes' }).first().click();
  await expect(page.getByRole('dialog')).toContainText('sin guardar');
  await page.getByRole('button', { name: 'Seguir editando' }).click();
  await expect(page.getByRole('textbox')).toHaveValue('Hola, {nombre}.');
});

test('one tab of the settings is the current one, whichever it is', async ({ page }) => {
  for (const [search, name] of [
    ['', 'Clínica'],
    ['?tab=practitioners', 'Profesionales'],
    ['?tab=services', 'Servicios'],
    ['?tab=members', 'Equipo'],
  ]) {
    await open(page, `/settings${search}`);
    await expect(page.locator('main nav [aria-current]')).toHaveText([name as string]);
  }
});

test('nothing is counted while the day is not known', async ({ page }) => {
  for (const scenario of ['loading', 'error'] as const) {
    await open(page, '/agenda', { scenario });
    await expect(page.getByRole('button', { name: 'No pueden' })).toHaveText('No pueden');
  }
});

/** The dialog in which one writes to somebody, opened on a card. */
async function writing(page: Page, scenario?: 'official'): Promise<void> {
  await open(page, '/patients', scenario && { scenario });
  await page.getByText('Bruno Maidana').first().click();
  await page.getByTestId('write').click();
}

test('what is written by hand is on its way like any other message', async ({ page }) => {
  await writing(page);
  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('Hace falta');
  await page.getByTestId('write-text').fill('El jueves a las 17 hay lugar.');
  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('link', { name: 'Mensajes' }).first().click();
  await expect(page.getByText('Bruno Maidana').first()).toBeVisible();
});

test('a place is sent as a pin, read out of what was copied from a map', async ({ page }) => {
  await writing(page);
  await page.getByTestId('write-text').fill('Estamos acá.');
  await page.getByRole('button', { name: 'Lugar' }).click();
  await page.getByTestId('write-place').fill('https://maps.app.goo.gl/AbCdEf');
  await expect(page.getByRole('dialog')).toContainText('hay que abrirlo');
  await page.getByTestId('write-place').fill('https://www.google.com/maps/@-31.4201,-64.1888,17z');
  await expect(page.getByRole('dialog')).toContainText('Lugar leído: -31.4201, -64.1888');
  await page.getByRole('button', { name: 'Texto o archivo' }).click();
  await expect(page.getByTestId('write-text')).toHaveValue('Estamos acá.');
  await page.getByRole('button', { name: 'Lugar' }).click();
  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a contact needs a name and a phone that can be called', async ({ page }) => {
  await writing(page);
  await page.getByRole('button', { name: 'Contacto' }).click();
  await page.getByTestId('write-contact-name').fill('Laboratorio');
  await page.getByTestId('write-contact-phone').fill('351 555');
  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('Faltan dígitos');
  await page.getByTestId('write-contact-phone').fill('351 555 0190');
  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('outside the 24 hours of an official line the person is told before writing, and writes on another', async ({ page }) => {
  await writing(page, 'official');
  await page.getByTestId('write-text').fill('El jueves hay lugar.');
  await page.getByTestId('write-line').selectOption('Campañas');
  await expect(page.getByTestId('write-line')).toHaveAccessibleDescription(/más de 24 horas/);
  await expect(page.getByRole('button', { name: 'Enviar', exact: true })).toBeDisabled();
  await page.getByTestId('write-line').selectOption('Recepción');
  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
});
