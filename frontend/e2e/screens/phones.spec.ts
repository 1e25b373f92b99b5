import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('a card says whose each phone is and which have WhatsApp, and another one is chosen to be written to', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').click();
  const phones = page.getByTestId('patient-phones');
  await expect(phones).toContainText('tiene WhatsApp');

  await page.getByRole('button', { name: 'Editar' }).first().click();
  await page.getByTestId('patient-phone-owner').selectOption('self');
  await page.getByTestId('patient-add-phone').click();
  await page.getByTestId('patient-other-phone-0').fill('+54 9 351 555 0177');
  await page.getByTestId('patient-other-phone-0-owner').selectOption('mother');
  await page.getByTestId('patient-other-phone-0-owner-name').fill('Marta');
  await page.getByTestId('patient-save').click();
  await expect(phones).toContainText('propio');
  await expect(phones).toContainText('madre, Marta, sin WhatsApp');

  await page.getByRole('button', { name: 'Editar' }).first().click();
  await page.getByTestId('patient-write-there-0').click();
  await expect(page.getByTestId('patient-phone')).toHaveValue(/555 ?0177|555-0177/);
  await expect(page.getByTestId('patient-other-phone-0-owner')).toHaveValue('self');
  await page.getByTestId('patient-save').click();
  await expect(page.getByTestId('patient-reach')).toContainText('0177');
  await expect(phones).toContainText('madre, Marta');
});

test('a patient is found by a phone of somebody else that stands on the card', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').click();
  await page.getByRole('button', { name: 'Editar' }).first().click();
  await page.getByTestId('patient-add-phone').click();
  await page.getByTestId('patient-other-phone-0').fill('+5493515550177');
  await page.getByTestId('patient-save').click();
  await expect(page.getByTestId('patient-phones')).toContainText('0177');
  await page.getByRole('link', { name: 'Pacientes' }).first().click();
  await page.getByTestId('patients-filter').fill('5550177');
  await expect(page.getByText('Rosa Benítez')).toBeVisible();
});
