import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('the platform finds and sorts its clinics by what they use', async ({ page }) => {
  await open(page, '/platform/usage', { scenario: 'platform' });
  const rows = page.getByTestId('overviews').getByRole('listitem');
  await expect(rows.first()).toContainText('Centro Óptico Mirada');
  await page.getByTestId('overview-sort').selectOption('plan-use');
  await expect(rows.first()).toContainText('100');
  await expect(page).toHaveURL(/sort=plan-use/);
  await page.getByTestId('overview-find').fill('optico');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('1 caída');
});
