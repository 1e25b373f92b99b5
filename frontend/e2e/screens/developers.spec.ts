import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner sees what programs asked, how much of their share that is, and what was refused', async ({ page }) => {
  await open(page, '/settings?tab=requests');
  const use = page.getByTestId('api-use').getByRole('listitem');
  await expect(use.first()).toContainText('Sitio web');
  await expect(use.first()).toContainText('12 de 600 en el último minuto');
  const rows = page.getByTestId('api-requests').getByRole('listitem');
  await expect(rows).toHaveCount(4);
  await page.getByLabel('Solo los rechazados').check();
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: 'slot-taken' })).toContainText('createAppointment');
  await page.getByLabel('Programa', { exact: true }).selectOption({ label: 'Facturación' });
  await expect(page.getByText('Nada que mostrar con este filtro.')).toBeVisible();
});

test('an operation is found in the reference and tried in the own clinic, a change only on purpose', async ({ page }) => {
  await open(page, '/settings?tab=reference');
  await page.getByLabel('Buscar una operación').fill('listApiClients');
  await page.getByTestId('operation-listApiClients').click();
  await page.getByTestId('try-it').getByRole('button', { name: 'Probar' }).click();
  await expect(page.getByTestId('try-answer')).toContainText('200');
  await expect(page.getByTestId('try-answer')).toContainText('Sitio web');

  await page.getByLabel('Buscar una operación').fill('createApiClient');
  await page.getByTestId('operation-createApiClient').click();
  const send = page.getByTestId('try-it').getByRole('button', { name: 'Probar' });
  await expect(page.getByLabel('Idempotency-Key')).not.toHaveValue('');
  await expect(send).toBeDisabled();
  await page.getByLabel(/^Cambia datos reales de/).check();
  const key = await page.getByLabel('Idempotency-Key').inputValue();
  await send.click();
  await expect(page.getByTestId('try-answer')).toContainText('201');
  await expect(page.getByLabel('Idempotency-Key')).not.toHaveValue(key);
});
