import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('the report says by line how much was said and how fast people answered', async ({ page }) => {
  await open(page, '/reports');
  const lines = page.getByTestId('line-conversations');
  await expect(lines.getByRole('row')).toHaveCount(2);
  await expect(lines).toContainText('12 min');
});
