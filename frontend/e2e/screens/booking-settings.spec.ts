import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner changes what is offered on the booking page, and nothing is saved that was not changed', async ({ page }) => {
  await open(page, '/settings?tab=booking');
  const save = page.getByRole('button', { name: 'Guardar', exact: true });
  await expect(page.getByRole('textbox', { name: 'Dirección de la página' })).toHaveValue(/\/reservar\//);
  await expect(save).toBeDisabled();
  await page.getByRole('checkbox', { name: /^Arreglo/ }).check();
  await page.getByRole('radio', { name: /^La clínica la acepta primero/ }).check();
  await save.click();
  await expect(page.getByText('Reservas por internet, guardadas')).toBeVisible();
  await expect(save).toBeDisabled();
  await page.reload();
  await expect(page.getByRole('checkbox', { name: /^Arreglo/ })).toBeChecked();
  await expect(page.getByRole('radio', { name: /^La clínica la acepta primero/ })).toBeChecked();
});
