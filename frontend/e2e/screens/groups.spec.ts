import { expect, type Page, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

async function join(page: Page, patient: string): Promise<void> {
  await page.getByTestId('patient-search').fill(patient);
  await page.getByTestId('patient-option').first().click();
  await page.getByTestId('book-submit').click();
  await expect(page.getByTestId('book-submit')).toHaveCount(0);
}

test('a service of several places is one card that says how many of how many, and takes one more', async ({ page }) => {
  await open(page, '/settings?tab=services');
  await page.getByTestId('new-service').click();
  await page.getByTestId('service-name').fill('Taller de higiene');
  await page.getByTestId('service-capacity').fill('8');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Taller de higiene' })).toContainText('8 lugares');

  await page.getByRole('link', { name: 'Agenda' }).first().click();
  await page.getByTestId('agenda-date').fill('2026-12-09');
  await settled(page);
  await page.getByTestId('new-appointment').click();
  await page.getByTestId('book-service').selectOption({ label: 'Taller de higiene (30 min)' });
  await page.getByTestId('book-practitioner').selectOption({ index: 1 });
  await page.getByTestId('book-time').fill('10:00');
  await join(page, 'rosa');
  const card = page.getByTestId(/^group-/);
  await expect(card).toContainText('1 de 8');
  await card.click();
  await page.getByTestId('join-group').click();
  await expect(page.getByTestId('book-time')).toHaveValue('10:00');
  await join(page, 'camila');
  await expect(card).toHaveCount(1);
  await expect(card).toContainText('2 de 8');
  await card.click();
  await expect(page.getByRole('list', { name: 'Quiénes van' }).getByRole('listitem')).toHaveText([/Rosa Benítez/, /Camila Roldán/]);
  await page.getByRole('button', { name: /Camila Roldán/ }).click();
  await expect(page.getByRole('dialog')).toContainText('Camila Roldán');
});
