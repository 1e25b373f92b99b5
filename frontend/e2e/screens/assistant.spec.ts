import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner gives the assistant a server and a fact, never sees the key again, and judges what it did', async ({ page }) => {
  await open(page, '/settings?tab=assistant');
  await page.getByTestId('assistant-change').click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Dirección del servidor').fill('https://modelos.example.com/v1');
  await form.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(form.getByLabel('Clave')).toHaveAttribute('aria-invalid', 'true');
  await form.getByLabel('Clave').fill('sk-0123456789');
  await form.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(form).toBeHidden();
  await page.getByTestId('assistant-change').click();
  await expect(form.getByLabel('Clave')).toHaveValue('');
  await form.getByRole('button', { name: 'Cancelar', exact: true }).click();

  await page.getByTestId('new-fact').click();
  await form.getByLabel('Sobre qué').fill('Estacionamiento');
  await form.getByLabel('Qué se responde').fill('Hay estacionamiento en la puerta, sin cargo.');
  await form.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByTestId('facts')).toContainText('Estacionamiento');

  const withheld = page.getByTestId('assistant-turns').getByRole('listitem').filter({ hasText: 'unknown-price' });
  await withheld.getByRole('button', { name: 'Estuvo mal' }).click();
  await expect(withheld.getByRole('button', { name: 'Estuvo mal' })).toHaveAttribute('aria-pressed', 'true');
});
