import { expect, test } from '@playwright/test';
import { CLINIC, SECOND } from '../../mock/names.ts';
import { INVITATION } from '../../mock/world.ts';
import { open, settled } from '../support/console.ts';

test('another time is offered only while the visit stands', async ({ page }) => {
  await open(page, '/conversations');
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: 'Bruno Maidana' })
    .click();
  const asked = page.getByTestId(/^inbound-/).filter({ hasText: '¿tienen algo el jueves' });
  await expect(asked).toContainText('hay que ofrecer otra hora');
  await asked.getByRole('button', { name: 'Ver el turno' }).click();
  await page.getByTestId('visit-cancel').click();
  await page.getByTestId('cancel-submit').click();
  await page.keyboard.press('Escape');
  await expect(asked).toContainText('ya se canceló');
});

test('a message that has not left says when it leaves, and the newest stand first', async ({ page }) => {
  await open(page, '/messages');
  await expect(page.getByTestId('messages-head')).toContainText('CuándoPacienteAvisoEstadoPor qué');
  await expect(page.getByTestId(/^message-/).first()).toContainText(/Sale .*Planeado/);
});

test('the proof of a notice tells what a person needs, and every step when it is asked for', async ({ page }) => {
  await open(page, '/agenda');
  await page
    .getByTestId(/^appointment-/)
    .filter({ hasText: 'Catalina Vera' })
    .click();
  const proof = page.getByTestId('timeline');
  await expect(proof).toContainText('por verificar');
  await expect(proof).not.toContainText('saliendo');
  await page.getByRole('button', { name: 'Ver cada paso' }).click();
  await expect(proof).toContainText('saliendo');
});

test('a patient’s page does not contradict itself, and its name stays out of the browser’s history', async ({ page }) => {
  await open(page, '/patients');
  await page.getByTestId('patients-filter').fill('lautaro');
  await page.getByText('Lautaro Pereyra').click();
  await expect(page.getByTestId('patient-reach')).toContainText('No se le escribe.');
  await expect(page.getByTestId('patient-card')).not.toContainText('Recibe los avisos');
  await expect(page).toHaveTitle('Paciente · Recado');
  await page
    .getByTestId(/appointment-/)
    .first()
    .click();
  await page.getByTestId('visit-cancel').click();
  await page.getByTestId('cancel-submit').click();
  await expect(page.getByTestId('visit-cancel')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('patient-proof')).not.toContainText('Todavía sin turnos');
  await expect(page.getByText('Anteriores')).toBeHidden();
});

test('who has not been asked yet has not answered', async ({ page }) => {
  await open(page, '/today', { scenario: 'line-down' });
  await page.route(/appointments\?from/, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    for (const visit of body.items) if (visit.messages) visit.messages.state = 'queued';
    for (const visit of body.items)
      if (visit.participation === 'needs-action' && visit.status === 'booked') visit.messages.state = 'planned';
    await route.fulfill({ json: body });
  });
  await page.reload();
  await expect(page.getByText('todavía sin aviso')).toBeVisible();
  await expect(page.getByText('Todo contestado')).toBeHidden();
  await expect(page.getByText('esperan a que se vincule la línea')).toBeVisible();
});

test('linking is pressed for once, wherever it is', async ({ page }) => {
  await open(page, '/today', { scenario: 'line-down' });
  await page.getByTestId('line-banner').getByRole('link', { name: 'Vincular ahora' }).click();
  await expect(page.getByTestId('pairing-qr')).toBeVisible();
  await expect(page).toHaveURL(/\/line$/);
});

test('an owner pauses deletion at once, and is asked before it is resumed', async ({ page }) => {
  await open(page, '/settings');
  const state = page.getByTestId('legal-hold-state');
  await expect(state).toContainText('se borran solos');
  await page.getByTestId('legal-hold-change').click();
  await expect(state).toContainText('en pausa desde');
  await page.getByTestId('legal-hold-change').click();
  await expect(page.getByRole('dialog')).toContainText('no se recupera');
  await page.getByRole('dialog').getByRole('button', { name: 'Volver' }).click();
  await expect(state).toContainText('en pausa desde');
  await page.getByTestId('legal-hold-change').click();
  await page.getByTestId('legal-hold-end').click();
  await expect(state).toContainText('se borran solos');
});

test('the platform’s health shows what waits for a person, who has it repeated', async ({ page }) => {
  await open(page, '/platform/health', { scenario: 'platform' });
  const repairs = page.getByTestId('repairs').getByRole('listitem');
  await expect(repairs).toHaveCount(3);
  await repairs.filter({ hasText: 'message.inbound' }).getByRole('button').click();
  await expect(repairs.filter({ hasText: 'message.inbound' }).getByRole('alert')).toBeVisible();
  await repairs.filter({ hasText: 'media-fetch' }).getByRole('button').click();
  await expect(repairs).toHaveCount(2);
});

test('work on Recado is announced by the platform, and withdrawn', async ({ page }) => {
  await open(page, '/platform/health', { scenario: 'platform' });
  const announced = page.getByTestId('announced').getByRole('listitem');
  await expect(announced).toHaveCount(1);
  await page.getByTestId('announce').click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Desde').fill('23:30');
  await form.getByLabel('Hasta').fill('0:10');
  await form.getByLabel('En español').fill('No se puede entrar por unos minutos.');
  await form.getByLabel('En inglés').fill('Nobody can sign in for some minutes.');
  await form.getByLabel('En portugués').fill('Ninguém consegue entrar por alguns minutos.');
  await form.getByRole('button', { name: 'Anunciar trabajos' }).click();
  await expect(announced).toHaveCount(2);
  await expect(announced.filter({ hasText: 'No se puede entrar' })).toContainText('23:30 – 00:10');
  await announced.filter({ hasText: 'No se puede entrar' }).getByRole('button').click();
  await expect(announced).toHaveCount(1);
});

test('a clinic reads of work on Recado in its language, and says when by its own clock', async ({ page }) => {
  await open(page, '/today', { scenario: 'maintenance' });
  await expect(page.getByTestId('maintenance')).toContainText('los mensajes salen más tarde');
  await expect(page.getByTestId('maintenance')).toContainText('02:00 a 02:20');
  await open(page, '/today', { scenario: 'maintenance', language: 'pt-BR' });
  await expect(page.getByTestId('maintenance')).toContainText('as mensagens saem mais tarde');
});

test('work that goes past midnight says which day it ends on', async ({ page }) => {
  const night = { id: 'night', beginsAt: '2026-11-25T02:30:00Z', endsAt: '2026-11-25T03:30:00Z', text: { es: 'Lento.', en: '', pt: '' } };
  await page.route('**/maintenance-notices', (route) => route.fulfill({ json: { items: [night] } }));
  await open(page, '/today', { scenario: 'maintenance' });
  await expect(page.getByTestId('maintenance')).toContainText(/23:30 a mi\S+ 00:30/);
});

test('an owner without services is led to where they are added', async ({ page }) => {
  await open(page, '/agenda', { scenario: 'full' });
  await page.route('**/healthcare-services', (route) => route.fulfill({ json: { items: [] } }));
  await page.reload();
  await page.getByTestId('new-appointment').click();
  await page.getByRole('dialog').getByRole('link', { name: 'Agregar' }).click();
  await expect(page).toHaveURL(/settings\?tab=services/);
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the platform shows its lines a page at a time, and takes an alias with a dash', async ({ page }) => {
  await open(page, '/platform', { scenario: 'platform' });
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.getByTestId('new-organization').click();
  const alias = page.getByLabel('Alias');
  await alias.fill('centro-sur');
  expect(await alias.evaluate((input: HTMLInputElement) => input.validity.patternMismatch)).toBe(false);
  await alias.fill('Centro sur');
  expect(await alias.evaluate((input: HTMLInputElement) => input.validity.patternMismatch)).toBe(true);
  expect(errors).toEqual([]);
});

test('an unknown clinic’s address does not claim to be the platform', async ({ page }) => {
  await open(page, '/today');
  await page.goto('/c/no-such-clinic/today');
  await expect(page.getByText('Esta página no existe')).toBeVisible();
  await expect(page.getByTestId('org-switcher')).toContainText(CLINIC.name);
});

test('a patient’s page fits 320 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').click();
  await page.getByText('Constancia de aviso').waitFor();
  await settled(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('somebody is invited, reminded and forgotten; the list does not say who has an account', async ({ page }) => {
  await open(page, '/settings?tab=members');
  await page.getByTestId('new-member').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nombre').fill('Eva');
  await dialog.getByLabel('Apellido').fill('Sosa');
  await dialog.getByLabel('Correo', { exact: true }).fill('eva@example.com');
  await dialog.getByLabel('Idioma del correo').selectOption('pt-BR');
  await dialog.getByRole('button', { name: 'Invitar' }).click();
  const eva = page.getByTestId('invitations').getByRole('listitem').filter({ hasText: 'Eva Sosa' });
  await expect(eva).toContainText('De Andrea Molina, vale hasta');
  const tomas = page.getByTestId('invitations').getByRole('listitem').filter({ hasText: 'Tomás Vega' });
  await expect(tomas).toContainText('Venció');
  await tomas.getByRole('button', { name: 'Enviar otra vez' }).click();
  await expect(tomas).toContainText('vale hasta');
  await eva.getByRole('button', { name: 'Retirar la invitación a Eva Sosa' }).click();
  await expect(eva).toBeHidden();
});

test('the link of an invitation names clinic and inviter, and accepting leads into the clinic', async ({ page }) => {
  await open(page, `/invitation/${SECOND.id}/${INVITATION}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Invitación a Clínica Los Almendros');
  await expect(page.getByText('De Bruno Castro')).toBeVisible();
  await page.getByTestId('accept').click();
  await page.waitForURL('**/c/los-almendros/today');
});

test('an invitation that is over, or somebody else’s, says so and offers another account', async ({ page }) => {
  await open(page, `/invitation/${SECOND.id}/${CLINIC.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Esta invitación no está disponible');
  await expect(page.getByRole('button', { name: 'Entrar con otra cuenta' })).toBeVisible();
});
