import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('a card says who answers the phone, and for whom else', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').click();
  const family = page.getByTestId('patient-family');
  await family.getByTestId('family-new').click();
  await page.getByTestId('family-given-name').fill('Marta');
  // Enter chooses whom the search found; the form is saved by its button.
  await page.getByTestId('family-search').fill('ema');
  await expect(page.getByTestId('family-option').first()).toContainText('Ema Quiroga');
  await page.getByTestId('family-search').press('Enter');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(family).toContainText('Marta Benítez (madre)');
  await expect(family).toContainText('Se le escribe a ese teléfono.');
  await family.getByRole('link', { name: 'Ema Quiroga' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ema Quiroga');
  await expect(family).toContainText('Este paciente tiene su propio teléfono.');
  await family.getByTestId('family-edit').click();
  await page.getByTestId('family-delete').click();
  await expect(family.getByTestId('family-new')).toBeVisible();
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(family).toContainText('Marta Benítez');
});

test('what a colleague saved meanwhile is shown beside what is written', async ({ page }) => {
  await open(page, '/patients', { scenario: 'stale' });
  await page.getByText('Rosa Benítez').click();
  const family = page.getByTestId('patient-family');
  await family.getByTestId('family-new').click();
  await page.getByTestId('family-given-name').fill('Marta');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await family.getByTestId('family-edit').click();
  await page.getByTestId('family-given-name').fill('Martha');
  await page.getByRole('button', { name: 'Guardar' }).click();
  const conflict = page.getByRole('alert', { name: 'Otra persona cambió esta familia' });
  await expect(conflict).toContainText('Martha');
  await conflict.getByRole('button').first().click();
  await expect(family).toContainText('Martha Benítez (madre)');
});
