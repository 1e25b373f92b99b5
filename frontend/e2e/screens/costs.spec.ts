import { expect, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

test('an owner sees what messages cost by month, line and category, and limits what advertises', async ({ page }) => {
  await open(page, '/reports', { scenario: 'official' });
  await settled(page);
  const costs = page.getByTestId('message-costs');
  await expect(costs).toContainText('noviembre de 2026');
  await expect(costs.getByRole('row', { name: /Marketing/ })).toContainText('40');
  await expect(page.getByTestId('budget-state')).toHaveCount(0);

  await open(page, '/settings', { scenario: 'official' });
  await settled(page);
  await page.getByTestId('budget-monthly').fill('10');
  await page.getByTestId('budget-monthly').press('Enter');
  await expect(page.getByRole('alert')).toContainText('Presupuesto guardado');
});

test('whoever runs the platform pastes a rate card, and a line that is no price is named', async ({ page }) => {
  await open(page, '/platform/prices', { scenario: 'platform' });
  await settled(page);
  await expect(page.getByTestId('prices').getByRole('row')).toHaveCount(2);
  await page.getByTestId('add-prices').click();
  await page.getByTestId('price-rows').fill('BR;marketing;2026-10-01;USD;0,0625\nesto no');
  await expect(page.getByRole('dialog')).toContainText('2');
  await expect(page.getByRole('button', { name: 'Guardar' })).toBeDisabled();
  await page.getByTestId('price-rows').fill('BR;marketing;2026-10-01;USD;0,0625');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByTestId('prices').getByRole('row')).toHaveCount(3);
});
