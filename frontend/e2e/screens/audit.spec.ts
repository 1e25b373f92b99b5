import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner sees who did what, of one person and of one record', async ({ page }) => {
  await open(page, '/audit');
  const entries = page.getByTestId('audit-entries').getByRole('listitem');
  await expect(entries).toHaveCount(8);
  await expect(entries.filter({ hasText: 'Recepción → Dirección, Recepción' })).toHaveCount(1);
  await expect(entries.filter({ hasText: 'Sitio web' })).toHaveCount(1);
  await entries
    .first()
    .getByRole('button', { name: /^Mismo registro/ })
    .click();
  await expect(entries).toHaveCount(2);
  await page.getByTestId('audit-clear').click();
  await page.getByTestId('audit-action').selectOption({ label: 'Exportó los pacientes' });
  await expect(entries).toHaveCount(1);
});

test('the record is saved as a file', async ({ page }) => {
  await open(page, '/audit');
  await page.getByTestId('export-audit').click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem').last().click();
  expect((await saved).suggestedFilename()).toBe('registro.csv');
});

test('nobody but an owner is shown the record', async ({ page }) => {
  await open(page, '/audit', { scenario: 'practitioner' });
  await expect(page.getByTestId('audit-entries')).toHaveCount(0);
});
