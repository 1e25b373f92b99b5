import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner sees what the plan includes and what is full', async ({ page }) => {
  await open(page, '/settings');
  const usage = page.getByTestId('usage');
  await expect(usage).toContainText('1 de 1');
  await expect(usage).toContainText('Para agregar otra línea hace falta otro plan.');
  await expect(usage).toContainText('142, sin límite');
});

test('the platform gives a clinic a plan; an empty field is no limit', async ({ page }) => {
  await open(page, '/platform', { scenario: 'platform' });
  await page.getByRole('button', { name: 'Plan de Centro Óptico Mirada' }).click();
  await page.getByTestId('plan-name').fill('Grande');
  await page.getByTestId('plan-lines').fill('5');
  await page.getByTestId('plan-messages-per-day').fill('');
  await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Plan de Centro Óptico Mirada' }).click();
  await expect(page.getByTestId('plan-name')).toHaveValue('Grande');
  await expect(page.getByTestId('usage')).toContainText('2 de 5');
  await expect(page.getByTestId('usage')).toContainText('213, sin límite');
});
