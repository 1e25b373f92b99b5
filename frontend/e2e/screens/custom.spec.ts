import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner defines a field, and it is asked, refused where it does not fit, and shown on the card', async ({ page }) => {
  await open(page, '/settings?tab=custom');
  await page.getByTestId('new-custom-field').click();
  await page.getByTestId('custom-label').fill('Talla (cm)');
  await page.getByTestId('custom-type').selectOption('number');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByText('Talla (cm)').first()).toBeVisible();
  await page.getByRole('link', { name: 'Pacientes' }).first().click();
  await page.getByText('Rosa Benítez').first().click();
  await expect(page.getByTestId('patient-card')).toContainText('Grupo sanguíneo');
  await page.getByRole('button', { name: 'Editar' }).first().click();
  await page.getByTestId('custom-talla-cm').fill('alta');
  await page.getByTestId('patient-save').click();
  await expect(page.getByTestId('custom-fields')).toContainText('forma esperada');
  await page.getByTestId('custom-talla-cm').fill('168');
  await page.getByTestId('patient-save').click();
  await expect(page.getByTestId('patient-card')).toContainText('168');
});
