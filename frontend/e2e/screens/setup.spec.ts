import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('a new owner sets the clinic up, leaves, and goes on where it stands', async ({ page }) => {
  await open(page, '/today', { scenario: 'new-clinic' });
  const list = page.getByTestId('setup-list');
  await expect(list).toContainText('1 de 7 pasos');
  await page.getByTestId('setup-continue').click();
  await expect(page.getByRole('heading', { level: 2, name: '¿Dónde atiende?' })).toBeVisible();
  await page.getByTestId('setup-next').click();
  await page.getByTestId('new-practitioner').click();
  await page.getByTestId('practitioner-name').fill('Dra. Gómez');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('setup-practitioners')).toContainText('listo');

  await page.getByRole('link', { name: 'Seguir después' }).click();
  await expect(list).toContainText('2 de 7 pasos');
  await page.reload();
  await page.getByTestId('setup-continue').click();
  await expect(page.getByRole('heading', { level: 2, name: '¿Dónde atiende?' })).toBeVisible();
  await page.getByTestId('setup-line').click();
  await page.getByTestId('setup-pair').click();
  await expect(page.getByTestId('pairing-qr')).toBeVisible();
});

test('a clinic in full swing is not told how to begin', async ({ page }) => {
  await open(page, '/today');
  await expect(page.getByTestId('day-list')).toBeVisible();
  await expect(page.getByTestId('setup-list')).toBeHidden();
});
