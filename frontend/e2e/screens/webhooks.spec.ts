import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner adds an address, learns why one is refused, tries it and takes it away', async ({ page }) => {
  await open(page, '/settings?tab=webhooks');
  await page.getByTestId('new-webhook').click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Qué sistema es').fill('Laboratorio');
  await form.getByLabel('Dirección').fill('https://10.0.0.7/hook');
  await form.getByRole('button', { name: 'Solo de lo elegido' }).click();
  await expect(form.getByRole('button', { name: 'Guardar', exact: true })).toBeDisabled();
  await form.getByLabel('Turno reservado').check();
  await form.getByLabel('Firmar también con una clave').check();
  await form.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(form.getByText('Tiene que ser una dirección pública.')).toBeVisible();
  await form.getByLabel('Dirección').fill('https://lab.example.com/hook');
  await form.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(form).toBeHidden();

  const row = page.getByTestId('webhooks').getByRole('listitem').filter({ hasText: 'Laboratorio' });
  await expect(row).toContainText('1 clase de aviso');
  await row.getByRole('button', { name: 'Envíos a Laboratorio' }).click();
  await expect(page.getByText('Todavía no hubo nada que avisar.')).toBeVisible();
  await page.getByRole('button', { name: 'Probar' }).click();
  await expect(page.getByTestId('webhook-deliveries').getByRole('listitem')).toContainText(['Prueba']);
  await expect(page.getByLabel('Clave pública', { exact: true })).toHaveValue(/^whpk_/);
  await page.getByTestId('webhook-secret').click();
  await expect(page.getByLabel('Secreto de la firma', { exact: true })).toHaveValue(/^whsec_/);
  await page.getByRole('button', { name: 'Cerrar' }).first().click();

  await row.getByRole('button', { name: /^Cambiar/ }).click();
  await page.getByRole('button', { name: 'Quitar', exact: true }).click();
  await page.getByRole('button', { name: 'Quitar', exact: true }).click();
  await expect(row).toHaveCount(0);
});
