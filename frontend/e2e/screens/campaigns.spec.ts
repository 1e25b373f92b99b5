import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('a campaign is written in three steps, started for as many people as were told, and paused', async ({ page }) => {
  await open(page, '/campaigns');
  await page.getByTestId('campaign-new').click();
  await expect(page.getByTestId('campaign-count')).toContainText('personas');
  await page.getByTestId('campaign-age-from').fill('40');
  await page.getByTestId('campaign-next').click();
  await page.getByTestId('campaign-name').fill('Control de los 40');
  await page.getByTestId('campaign-template').selectOption({ label: 'Control anual' });
  await page.getByTestId('campaign-next').click();
  await page.getByTestId('campaign-save').click();
  await expect(page.locator('h1')).toHaveText('Control de los 40');
  const told = ((await page.getByTestId('campaign-count').textContent()) ?? '').replace(/\D/g, '');
  await page.getByTestId('campaign-start').click();
  await expect(page.getByTestId('campaign-recipients')).toContainText(told);
  await page.getByTestId('campaign-confirm').click();
  await expect(page.getByText('Programada')).toBeVisible();
  await page.getByTestId('campaign-pause').click();
  await expect(page.getByTestId('campaign-resume')).toBeVisible();
});

test('what came of a campaign is told with its numbers, and consent to marketing is written down with its proof', async ({ page }) => {
  await open(page, '/campaigns');
  await page.getByText('Control anual de noviembre').click();
  await expect(page.getByTestId('campaign-results')).toContainText('98');
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').click();
  const consents = page.getByTestId('patient-consents');
  await expect(consents).toContainText('Nunca se le preguntó');
  await page.getByTestId('consent-note').click();
  await page.getByTestId('consent-evidence').fill('Firmó el formulario');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(consents).toContainText('«Firmó el formulario»');
});
