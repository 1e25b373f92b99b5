import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('a template of the clinic’s own is written, looked at with a real visit, kept as a draft and published', async ({ page }) => {
  await open(page, '/templates');
  await page.getByTestId('template-new').click();
  await page.getByTestId('template-name').fill('Aviso de mudanza');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.locator('h1')).toHaveText('Aviso de mudanza');
  const box = page.getByRole('textbox');
  await box.fill('Hola, {nombre}: nos mudamos');
  await page.getByRole('button', { name: 'dirección', exact: true }).click();
  await expect(box).toHaveValue('Hola, {nombre}: nos mudamos{si dirección}{dirección}{fin dirección}');
  await box.fill('Hola, {nombre}: *nos mudamos.{si obra social} Atendemos {obra social}.{fin obra social}');
  await expect(page.getByTestId('template-remarks')).toContainText('«*» no tiene pareja');
  await expect(page.getByTestId('template-preview')).toContainText('Hola, Rosa: *nos mudamos. Atendemos OSDE 210.');
  const visits = page.getByTestId('preview-visit').locator('option');
  await page.getByTestId('preview-visit').selectOption({ index: 1 });
  const name = ((await visits.nth(1).textContent()) ?? '').split('· ')[1]?.split(' ')[0] ?? '?';
  await expect(page.getByTestId('template-preview')).toContainText(`Hola, ${name}:`);
  await page.getByTestId('template-save').click();
  await expect(page.getByTestId('template-is-draft')).toContainText('Nadie lo recibe');
  await expect(page.getByText('falta').first()).toBeVisible();
  await page.getByTestId('template-publish').click();
  await expect(page.getByTestId('template-is-draft')).toBeHidden();
  await expect(page.getByText('Sale la versión 1.')).toBeVisible();
});
