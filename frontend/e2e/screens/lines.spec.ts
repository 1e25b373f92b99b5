import { expect, type Page, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

const official = '/line?line=0197a000-0000-7000-8000-00000000000d';
const row = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Las líneas de la clínica' }).getByRole('link').filter({ hasText: name });

test('a number is linked by a typed code, which is kept nowhere', async ({ page }) => {
  await open(page, '/line', { scenario: 'line-down' });
  await page.getByTestId('start-line').click();
  await page.getByRole('button', { name: 'Código de 8 letras' }).click();
  await page.getByTestId('pairing-phone').fill('351 555');
  await page.getByTestId('pairing-ask').click();
  await expect(page.getByText('Faltan dígitos')).toBeVisible();
  await page.getByTestId('pairing-phone').fill('351 555 0148');
  await page.getByTestId('pairing-ask').click();
  await expect(page.getByRole('img', { name: 'Código: K, 7, M, R; 4, T, W, P' })).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toMatch(/K7MR|5550148/);
});

test('on a phone the code to type comes first', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '/line', { scenario: 'line-down' });
  await page.getByTestId('start-line').click();
  await expect(page.getByTestId('pairing-phone')).toHaveValue('+54 9 351 555 0148');
});

test('another number is linked only by somebody who was warned', async ({ page }) => {
  await open(page, '/line', { scenario: 'wrong-number' });
  await page.getByTestId('start-line').click();
  await expect(page.getByTestId('other-number')).toContainText('conversaciones de esta línea son del');
  await expect(page.getByTestId('pairing-qr')).toBeHidden();
  await page.getByTestId('replace-number').click();
  await expect(page.getByTestId('pairing-qr')).toBeVisible();
  // The line no longer waits for its old number.
  await expect(page.getByTestId('line-number')).toHaveText('Sin número');
});

test('keeping the old number asks for another code for it', async ({ page }) => {
  await open(page, '/line', { scenario: 'wrong-number' });
  await page.getByTestId('start-line').click();
  await page.getByTestId('keep-number').click();
  await expect(page.getByTestId('pairing-qr')).toBeVisible();
  await expect(page.getByTestId('line-number')).toHaveText('+54 9 351 555 0148');
});

test('each line shows itself, and the address says which', async ({ page }) => {
  await open(page, '/line', { scenario: 'several-lines' });
  await settled(page);
  await row(page, 'Ortodoncia').click();
  await expect(page).toHaveURL(/line=/);
  await expect(page.getByRole('heading', { level: 2, name: 'Ortodoncia' })).toBeVisible();
  await expect(page.getByTestId('line-card')).toContainText('WhatsApp quitó este dispositivo.');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 2, name: /Recepción/ })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Las líneas de la clínica' }).locator('[aria-current]')).toHaveCount(1);
});

test('a line is renamed and becomes the one messages leave on', async ({ page }) => {
  await open(page, '/line', { scenario: 'several-lines' });
  await row(page, 'Guardia').click();
  await page.getByTestId('line-more').click();
  await page.getByTestId('edit-line').click();
  await page.getByTestId('line-name').fill('Guardia de noche');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByTestId('line-more').click();
  await page.getByTestId('make-default').click();
  await expect(row(page, 'Guardia de noche')).toContainText('Principal');
  await expect(row(page, 'Recepción')).not.toContainText('Principal');
});

test('a line that is down and is not the default one raises no banner', async ({ page }) => {
  await open(page, '/today', { scenario: 'several-lines' });
  await settled(page);
  await expect(page.getByTestId('line-state')).toContainText('Línea vinculada');
  await expect(page.getByTestId('line-banner')).toBeHidden();
});

test('a new line has a name of its own and goes on to be linked', async ({ page }) => {
  await open(page, '/line', { scenario: 'several-lines' });
  await page.getByTestId('add-line').click();
  await page.getByTestId('line-name').fill('guardia');
  await page.getByRole('button', { name: 'Agregar y vincular' }).click();
  await expect(page.getByRole('alert').first()).toContainText('ya tiene una línea con ese nombre');
  await page.getByTestId('line-name').fill('Consultorio 3');
  await page.getByRole('button', { name: 'Agregar y vincular' }).click();
  await expect(page.getByTestId('pairing-qr')).toBeVisible();
});

test('practitioners see the line and cannot change it', async ({ page }) => {
  await open(page, '/line', { scenario: 'practitioner' });
  await expect(page.getByTestId('line-card')).toContainText('La vincula y la cambia recepción');
  await expect(page.getByTestId('line-card').getByRole('button')).toHaveCount(0);
  await expect(page.getByTestId('add-line')).toBeHidden();
});

test('a test message is seen going, step by step, without anybody asking', async ({ page }) => {
  await open(page, '/line');
  await page.getByTestId('test-line').click();
  await page.getByTestId('test-phone').fill('351 555 0190');
  await page.getByTestId('test-send').click();
  const journey = page.getByTestId('test-journey').getByRole('listitem');
  await expect(journey.nth(0)).toContainText('La línea lo recibió.');
  await expect(journey.nth(2)).toContainText('todavía no');
  await expect(journey.nth(2)).toContainText('Llegó al teléfono.');
  const kept = await page.evaluate(() => JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toContain('5550190');
});

test('a test message on a line that is down says how the line is and what to do', async ({ page }) => {
  await open(page, '/line', { scenario: 'reconnecting' });
  await page.getByTestId('test-line').click();
  await page.getByTestId('test-phone').fill('351 555 0190');
  await page.getByTestId('test-send').click();
  await expect(page.getByRole('alert')).toContainText('la línea está «Reconectando». Vuelve sola');
  await expect(page.getByTestId('test-phone')).toHaveValue('351 555 0190');
});

test('the platform’s lines are filtered by state, and the address says so', async ({ page }) => {
  await open(page, '/platform', { scenario: 'platform' });
  await page.getByRole('complementary').getByRole('link', { name: 'Falta vincular' }).click();
  await expect(page).toHaveURL(/platform\/lines\?state=needs-pairing/);
  await expect(page.getByTestId(/^platform-line-/)).toHaveText([/Centro Óptico Mirada/, /Clínica Los Almendros/]);
  await page.getByRole('button', { name: 'Todas, 7' }).click();
  await expect(page.getByTestId(/^platform-line-/)).toHaveCount(7);
});

test('a provider’s line is set up: credentials are entered, never shown, and it connects', async ({ page }) => {
  await open(page, '/line');
  await page.getByTestId('add-line').click();
  await page.getByTestId('line-name').fill('Campañas');
  await page.getByLabel('API oficial de WhatsApp').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Agregar línea' }).click();
  const secret = 'EAAB-this-is-a-token-9c1d';
  for (const [name, value] of [
    ['phoneNumberId', '109876543210987'],
    ['businessAccountId', '102938475610293'],
    ['accessToken', secret],
    ['appSecret', '0123456789abcdef0123'],
    ['verifyToken', 'arrayan-2026'],
  ])
    await page.getByTestId(`credential-${name}`).fill(value as string);
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByRole('region', { name: 'Conexión con el proveedor' })).toContainText('Terminan en 9c1d');
  await expect(page.getByTestId('line-card')).toContainText('Vinculada');
  await expect(page.getByLabel('Dirección para los mensajes entrantes', { exact: true })).toHaveValue(/^https:/);
  const kept = await page.evaluate(() => JSON.stringify([document.body.innerHTML, { ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toContain(secret);
});

test('an approved template is entered for an occasion, and its absence is said until then', async ({ page }) => {
  await open(page, official, { scenario: 'official' });
  await expect(page.getByTestId('templates-missing')).toContainText('solo le llegan a quien escribió en las últimas 24 horas');
  await page.getByTestId('edit-approved-cancellation').click();
  await expect(page.getByTestId('suggestion')).toContainText('{{1}}');
  await page.getByTestId('approved-name').fill('Turno Cancelado');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByTestId('approved-name')).toHaveAccessibleDescription(/forma esperada/);
  await page.getByTestId('approved-name').fill('turno_cancelado');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByTestId('approved-cancellation')).toContainText('turno_cancelado');
  await expect(page.getByTestId('templates-missing')).toBeHidden();
});

test('a template that is taken away leaves plain words again', async ({ page }) => {
  await open(page, official, { scenario: 'official' });
  await page.getByTestId('edit-approved-reminder').click();
  await page.getByRole('button', { name: 'Quitar la plantilla' }).click();
  await expect(page.getByTestId('approved-reminder')).toContainText('Sin plantilla');
});

test('the connection’s test says what to fix', async ({ page }) => {
  await open(page, official, { scenario: 'official' });
  await expect(page.getByTestId('start-line')).toBeHidden();
  await page.getByTestId('self-test').click();
  await expect(page.getByTestId('self-test-result').getByRole('listitem').last()).toContainText('el proxy tiene que pasar todo');
});

test('a code to type that a colleague asked for is the one that is shown', async ({ page }) => {
  await open(page, '/line', { scenario: 'pairing-typed' });
  await page.getByTestId('start-line').click();
  await expect(page.getByTestId('pairing-code')).toBeVisible();
  await page.getByRole('button', { name: 'Código QR' }).click();
  await expect(page.getByTestId('pairing-qr')).toBeVisible();
});

test('a clinic without a line gets its first one and goes straight on to link it', async ({ page }) => {
  await open(page, '/line', { scenario: 'line-new' });
  await page.getByTestId('start-line').click();
  await expect(page.getByTestId('pairing-qr')).toBeVisible();
  await expect(page.getByTestId('line-card')).toContainText('Vinculando');
});

test('whoever hears that nothing came sees whether it is the line, Recado or WhatsApp, and what was late', async ({ page }) => {
  await open(page, '/line', { scenario: 'reconnecting' });
  await page.getByTestId('service-status-open').click();
  const status = page.getByTestId('service-status');
  await expect(status.getByRole('listitem').filter({ hasText: 'WhatsApp' })).toContainText('no es tu teléfono');
  await expect(status).toContainText('2 mensajes esperan a que vuelva la línea');
  await expect(page.getByTestId('late-days').getByRole('listitem')).toContainText(
    '12 mensajes esperaron a la línea · el que más, 94 minutos',
  );
});
