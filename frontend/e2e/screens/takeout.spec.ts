import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner takes the clinic’s data out', async ({ page }) => {
  await open(page, '/settings');
  const download = page.waitForEvent('download');
  await page.getByTestId('clinic-export').click();
  expect((await download).suggestedFilename()).toMatch(/^recado-.*\.zip$/);
});
