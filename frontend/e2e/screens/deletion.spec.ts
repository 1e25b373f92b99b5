import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner has the clinic deleted by typing its name, and keeps it after all', async ({ page }) => {
  await open(page, '/settings');
  await page.getByTestId('clinic-deletion').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Antes conviene llevarse los datos');
  await expect(dialog.getByRole('button', { name: 'Descargar todo' })).toBeVisible();
  await expect(page.getByTestId('deletion-confirm')).toBeDisabled();
  await page.getByTestId('deletion-name').fill('Odontología Arrayán');
  await page.getByTestId('deletion-confirm').click();

  await expect(page.getByTestId('suspended')).toContainText('Se elimina el');
  await page.getByTestId('deletion-withdraw').click();
  await expect(page.getByTestId('suspended')).toHaveCount(0);
  await expect(page.getByTestId('clinic-deletion')).toBeVisible();
});

test('the platform has a clinic deleted by typing its name, and keeps it after all', async ({ page }) => {
  await open(page, '/platform', { scenario: 'platform' });
  const clinic = page.getByTestId('organization-optico-mirada');
  await clinic.getByRole('button', { name: 'Suspender Centro Óptico Mirada' }).click();
  await page.getByTestId('deletion-open').click();
  await page.getByTestId('deletion-name').fill('Centro Óptico Mirada');
  await page.getByTestId('deletion-confirm').click();
  await expect(clinic).toContainText('Se elimina el');

  await clinic.getByRole('button', { name: 'Reactivar Centro Óptico Mirada' }).click();
  await page.getByTestId('deletion-withdraw').click();
  await expect(clinic).not.toContainText('Se elimina el');
});
