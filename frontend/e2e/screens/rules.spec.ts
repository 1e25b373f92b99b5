import { expect, type Page, test } from '@playwright/test';
import { open } from '../support/console.ts';

const rule = (page: Page, name: string) => page.getByTestId(/^rule-0/).filter({ hasText: name });

test('a rule is paused and resumed by its switch, and the sentence says what it does', async ({ page }) => {
  await open(page, '/rules');
  const asking = rule(page, 'Pedir confirmación');
  await expect(asking).toContainText('72 h');
  await expect(asking).toContainText('no contestó');
  await asking.getByRole('switch').click();
  await expect(page.getByText('En pausa: Pedir confirmación')).toBeVisible();
  await expect(asking.getByRole('switch')).not.toBeChecked();
  await page.reload();
  await expect(asking.getByRole('switch')).not.toBeChecked();
});

test('a rule that would write to many says the number and asks first; then it is changed and deleted', async ({ page }) => {
  await open(page, '/rules');
  await page.getByTestId('rule-add').click();
  await page.getByTestId('rule-lead').selectOption('120');
  await page.getByTestId('rule-name').fill('A último momento');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByTestId('rule-many')).toContainText('5000');
  await expect(rule(page, 'A último momento')).toHaveCount(0);
  await page.getByRole('button', { name: 'Guardar y mandar 5000' }).click();
  await expect(rule(page, 'A último momento')).toContainText('2 h');
  await page.getByRole('button', { name: 'A último momento' }).click();
  await page.getByTestId('rule-delete').click();
  await expect(rule(page, 'A último momento')).toHaveCount(0);
});

test('what would go out is listed by reason and day, and why somebody was told is one press away', async ({ page }) => {
  await open(page, '/rules');
  await expect(page.getByTestId('forecast').getByRole('row')).toHaveCount(8);
  await page.getByRole('link', { name: /^Ver: no tiene teléfono/ }).click();
  const listed = page.getByTestId('forecast-messages').getByRole('listitem');
  await expect(listed.first()).toContainText('no tiene teléfono');
  expect(page.url()).toContain('outlook=no-phone');
  await page.getByTestId('forecast-outlook').selectOption('');
  await page.keyboard.press('Escape');
  await open(page, '/agenda');
  await page
    .getByTestId(/^appointment-/)
    .first()
    .click();
  await page.getByTestId('why-told').click();
  await expect(page.getByTestId('why-list')).toContainText('No cumple las condiciones de la regla.');
});

test('a trial shows which hours nobody confirmed, and once staff may, one is offered to the waitlist', async ({ page }) => {
  await open(page, '/rules');
  const visits = page.getByTestId('unconfirmed').getByRole('listitem');
  await expect(visits).toHaveCount(2);
  await expect(visits.first().getByRole('button')).toHaveCount(0);
  await page.getByTestId('release-mode').selectOption('staff');
  await visits
    .first()
    .getByRole('button', { name: /^Ofrecer la hora de/ })
    .click();
  await expect(visits.first()).toContainText('ofrecida, se espera respuesta');
});

test('what follows a visit stands below it, and a recall needs its service', async ({ page }) => {
  await open(page, '/rules');
  await expect(page.getByTestId('rules').getByRole('listitem').last()).toContainText('6 meses');
  await page.getByTestId('rule-add').click();
  await page.getByTestId('rule-trigger').selectOption('recall');
  await page.getByTestId('rule-recall').selectOption('m12');
  await page.getByTestId('rule-name').fill('Control anual');
  await page.getByTestId('rule-working-days').check();
  const save = page.getByRole('button', { name: 'Guardar', exact: true });
  await expect(save).toBeDisabled();
  await page.getByRole('group', { name: 'Servicios' }).getByRole('checkbox', { name: 'Todos los servicios' }).uncheck();
  await save.click();
  await expect(rule(page, 'Control anual')).toContainText('12 meses');
  await expect(rule(page, 'Control anual')).toContainText('ni domingo ni feriado');
});

test('a rule that is measured says what it changes, and when it is too early to tell', async ({ page }) => {
  await open(page, '/rules');
  await page.getByRole('button', { name: 'Pedir confirmación' }).click();
  await expect(page.getByTestId('rule-effect')).toContainText('faltan menos');
  await page.keyboard.press('Escape');
  await page.getByTestId('rules').getByRole('button', { name: 'Recordatorio', exact: true }).click();
  await expect(page.getByTestId('rule-effect')).toContainText('Es pronto para decirlo');
});
