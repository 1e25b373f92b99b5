import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('a second location is added, hours say where, and a visit is booked there', async ({ page }) => {
  await open(page, '/settings?tab=locations');
  await expect(page.getByRole('listitem').filter({ hasText: 'Odontología Arrayán' })).toBeVisible();
  await page.getByTestId('new-location').click();
  await page.getByTestId('location-name').fill('Sede Norte');
  await page.getByLabel('Dirección (opcional)').fill('Av. Núñez 4000');
  await page.getByLabel('En el mapa (opcional)').fill('-31.36, -64.24');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByText('Av. Núñez 4000')).toBeVisible();
  await page.getByRole('link', { name: 'Horarios' }).click();
  const where = page.getByTestId('day-mon').getByLabel('lunes, tramo 1, dónde');
  await where.selectOption('Sede Norte');
  await page.getByTestId('save-hours').click();
  await expect(page.getByText('Horario guardado')).toBeVisible();
  await expect(where.locator('option:checked')).toHaveText('Sede Norte');
  await page.getByRole('link', { name: 'Agenda' }).first().click();
  await page.getByTestId('new-appointment').click();
  await expect(page.getByRole('dialog').getByLabel('Dónde')).toBeVisible();
});

test('an insurance is added, chosen when booking, and changed on the visit', async ({ page }) => {
  await open(page, '/settings?tab=insurances');
  await page.getByTestId('new-insurance').click();
  await page.getByTestId('insurance-name').fill('OSDE 210');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'OSDE 210' })).toBeVisible();
  await page.getByRole('link', { name: 'Agenda' }).first().click();
  await page.getByTestId('new-appointment').click();
  await page.getByTestId('patient-search').fill('rosa');
  await page.getByTestId('patient-option').first().click();
  await page.getByTestId('book-service').selectOption({ index: 1 });
  await page.getByTestId('book-practitioner').selectOption({ index: 1 });
  await page.getByTestId('book-time').fill('19:00');
  await page.getByTestId('insurance').selectOption('OSDE 210');
  await page.getByTestId('book-submit').click();
  await page.getByTestId('book-anyway').click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page
    .getByRole('button', { name: /Rosa Benítez.*19:00|19:00.*Rosa Benítez/ })
    .first()
    .click();
  const payer = page.getByRole('dialog').getByTestId('insurance');
  await expect(payer.locator('option:checked')).toHaveText('OSDE 210');
  await payer.selectOption('Particular');
  await expect(page.getByText('Anotado: Particular')).toBeVisible();
});
