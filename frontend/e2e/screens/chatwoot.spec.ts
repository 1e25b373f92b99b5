import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner has a line stand in Chatwoot, learns what is missing, never sees a secret again and takes it away', async ({ page }) => {
  await open(page, '/settings?tab=chatwoot', { scenario: 'several-lines' });
  await page.getByTestId('new-chatwoot').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Servidor de Chatwoot').fill('https://chat.clinica.example');
  await dialog.getByLabel('Número de la cuenta').fill('1');
  await dialog.getByLabel('Número del buzón').fill('8');
  await expect(dialog.getByRole('button', { name: 'Guardar', exact: true })).toBeDisabled();
  await dialog.getByLabel('Token de acceso').fill('sMg1kbQ6r8mW2mY5nT4xZ9pV');
  await dialog.getByLabel('Secreto del webhook').fill('b1c9e0f7a4d24a55');
  await dialog.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(dialog.getByText('Esa línea ya está en un buzón de Chatwoot.')).toBeVisible();
  await dialog.getByLabel('Línea').selectOption({ index: 1 });
  await dialog.getByRole('button', { name: 'Guardar', exact: true }).click();

  await expect(dialog.getByRole('textbox', { name: 'Dirección del webhook' })).toHaveValue(/\/webhooks\/v1\/chatwoot\//);
  await expect(dialog.getByTestId('chatwoot-checks').getByRole('listitem')).toContainText([
    'El servidor responde',
    'El token vale',
    'El buzón es de tipo API',
    'No tiene dirección de webhook.',
    'La firma coincide',
  ]);
  await page.getByRole('button', { name: 'Cerrar' }).first().click();

  const row = page.getByTestId('chatwoot-bridges').getByRole('listitem').nth(1);
  await expect(row).toContainText('Falta que Chatwoot avise');
  await row.getByRole('button', { name: /^Cambiar/ }).click();
  await expect(dialog.getByLabel('Token de acceso')).toHaveValue('');
  await dialog.getByRole('button', { name: 'Quitar', exact: true }).click();
  await dialog.getByRole('button', { name: 'Quitar', exact: true }).click();
  await expect(page.getByTestId('chatwoot-bridges').getByRole('listitem')).toHaveCount(1);
});
