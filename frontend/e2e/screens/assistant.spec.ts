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
  await form.getByLabel('En español').fill('Hay estacionamiento en la puerta, sin cargo.');
  await form.getByLabel('En inglés').fill('There is free parking at the door.');
  await form.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByTestId('facts')).toContainText('Estacionamiento');

  const withheld = page.getByTestId('assistant-turns').getByRole('listitem').filter({ hasText: 'un precio que no está en tus datos' });
  await withheld.getByRole('button', { name: 'Estuvo mal' }).click();
  await expect(withheld.getByRole('button', { name: 'Estuvo mal' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('assistant-turns')).not.toContainText(/unknown-|free_times|rules/);
});

test('a spreadsheet of facts is shown as what it would become, and only then kept', async ({ page }) => {
  await open(page, '/settings?tab=assistant');
  await page.getByTestId('import-facts').click();
  const form = page.getByRole('dialog');
  const file = (csv: string) => ({ name: 'datos.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await form.getByTestId('facts-file').setInputFiles(file('title;es\n;Sin título'));
  await form.getByTestId('facts-run').click();
  await expect(form.getByTestId('facts-tried')).toContainText('Línea 2: falta el título');
  const right = 'title;es\nPrecio de la consulta;Cuesta $ 32.000.\nEstacionamiento;En la puerta.';
  await form.getByTestId('facts-file').setInputFiles(file(right));
  await form.getByTestId('facts-run').click();
  await expect(form.getByTestId('facts-tried')).toContainText('Nuevos: 1. Reemplazados: 1.');
  await expect(page.getByTestId('facts')).not.toContainText('Estacionamiento');
  await form.getByTestId('facts-run').click();
  await expect(form).toBeHidden();
  await expect(page.getByTestId('facts')).toContainText('Cuesta $ 32.000.');
  await expect(page.getByTestId('facts')).toContainText('Estacionamiento');
});

test('what the assistant did is judged beside the conversation', async ({ page }) => {
  await open(page, '/conversations');
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: 'Bruno Maidana' })
    .click();
  const beside = page.getByTestId('assistant-beside');
  await expect(beside).toContainText('Preguntó antes de cambiar la agenda');
  await beside.getByRole('button', { name: 'Estuvo bien' }).click();
  await expect(beside.getByRole('button', { name: 'Estuvo bien' })).toHaveAttribute('aria-pressed', 'true');
});
