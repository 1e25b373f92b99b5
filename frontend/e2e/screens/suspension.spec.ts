import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('the platform suspends a clinic for a reason, and lets it go on', async ({ page }) => {
  await open(page, '/platform', { scenario: 'platform' });
  const clinic = page.getByTestId('organization-optico-mirada');
  await clinic.getByRole('button', { name: 'Suspender Centro Óptico Mirada' }).click();
  await expect(page.getByRole('dialog')).toContainText('No se borra nada');
  await page.getByTestId('suspension-reason').selectOption('misuse');
  await page.getByTestId('suspension-confirm').click();
  await expect(clinic).toContainText('Suspendida');
  await expect(clinic).toContainText('Uso indebido');

  await clinic.getByRole('button', { name: 'Reactivar Centro Óptico Mirada' }).click();
  await page.getByTestId('suspension-confirm').click();
  await expect(clinic).not.toContainText('Suspendida');
});

test('whoever opens a suspended clinic is told why, and finds their other clinics', async ({ page }) => {
  await open(page, '/patients', { scenario: 'suspended' });
  await expect(page.getByTestId('suspended')).toContainText('La suscripción está impaga');
  await expect(page.getByTestId('suspended')).toContainText('Los datos se conservan');
  await expect(page.getByRole('link', { name: 'Pacientes' })).toHaveCount(0);
  await page.getByTestId('org-switcher').click();
  await expect(page.getByRole('menuitem')).toHaveCount(2);
});
