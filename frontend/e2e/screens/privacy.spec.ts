import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner sees who looked at a card, and who of the clinic looked at whom', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').click();
  await page.getByTestId('patient-reads-open').click();
  const reads = page.getByTestId('patient-reads');
  await expect(reads.getByRole('listitem')).toHaveCount(4);
  await expect(reads).toContainText('Rocío Paredes');
  // By id: no name stands in an address.
  expect(decodeURIComponent(page.url())).not.toMatch(/rosa/i);
  await page.getByTestId('reads-clear').click();
  await expect(reads).toContainText('Archivo de pacientes o de turnos');
  await page.getByTestId('reads-reader').selectOption({ label: 'Lucía Ferreyra' });
  await expect(reads.getByRole('listitem')).toHaveCount(2);
  await expect(reads).toContainText('Camila Roldán');
});

test('nobody but an owner is shown who looked', async ({ page }) => {
  await open(page, '/patients/reads', { scenario: 'practitioner' });
  await expect(page.getByTestId('patient-reads')).toHaveCount(0);
  await open(page, '/patients', { scenario: 'practitioner' });
  await page.getByText('Rosa Benítez').click();
  await expect(page.getByTestId('patient-card')).toBeVisible();
  await expect(page.getByTestId('patient-reads-open')).toHaveCount(0);
});
