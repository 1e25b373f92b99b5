import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner lets a program in, copies its key once, and locks it out', async ({ page }) => {
  await open(page, '/settings?tab=clients');
  await page.getByTestId('new-api-client').click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Qué programa es').fill('Laboratorio');
  await expect(form.getByRole('button', { name: 'Guardar', exact: true })).toBeDisabled();
  await form.getByLabel('Ver los turnos').check();
  await form.getByLabel('Desde qué direcciones').fill('laboratorio.example');
  await form.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(form.getByLabel('Desde qué direcciones')).toHaveAttribute('aria-invalid', 'true');
  await form.getByLabel('Desde qué direcciones').fill('203.0.113.7');
  await form.getByRole('button', { name: 'Guardar', exact: true }).click();

  // The next step is at hand: without a key it can do nothing.
  await page.getByTestId('issue-key').click();
  await expect(page.getByLabel('client_id', { exact: true })).toHaveValue(/^recado-client-/);
  await expect(page.getByLabel('client_secret', { exact: true })).not.toHaveValue('');
  await page.getByRole('button', { name: 'Cerrar' }).first().click();

  const row = page.getByTestId('api-clients').getByRole('listitem').filter({ hasText: 'Laboratorio' });
  await row.getByRole('button', { name: 'Claves de Laboratorio' }).click();
  await expect(page.getByTestId('api-client-keys').getByRole('listitem')).toHaveCount(1);
  await expect(page.getByTestId('api-client-secret')).toHaveCount(0);
  await page.getByRole('button', { name: 'Cerrar' }).first().click();

  await row.getByRole('button', { name: /^Cambiar/ }).click();
  await page.getByRole('button', { name: 'Revocar', exact: true }).click();
  await page.getByRole('button', { name: 'Revocar', exact: true }).click();
  await expect(row).toHaveCount(0);
});

test('a new key leaves the former one its time', async ({ page }) => {
  await open(page, '/settings?tab=clients');
  await page.getByRole('button', { name: 'Claves de Sitio web' }).click();
  await page.getByLabel('La clave anterior').selectOption('24');
  await page.getByTestId('issue-key').click();
  await expect(page.getByTestId('api-client-keys').getByRole('listitem')).toHaveCount(3);
});
