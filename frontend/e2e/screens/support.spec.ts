import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner lets support look for some hours, everybody sees it, and ends it at once', async ({ page }) => {
  await open(page, '/settings');
  await expect(page.getByTestId('support-banner')).toBeHidden();
  await page.getByTestId('support-grant').click();
  await expect(page.getByTestId('support-state')).toContainText('Todavía no miró.');
  await expect(page.getByTestId('support-banner')).toContainText('Soporte puede mirar esta clínica');

  await page.getByTestId('support-end').click();
  await expect(page.getByTestId('support-grant')).toBeVisible();
  await expect(page.getByTestId('support-banner')).toBeHidden();
});

test('support is told whose permission it has, and is offered nothing to change', async ({ page }) => {
  await open(page, '/today', { scenario: 'support' });
  await expect(page.getByTestId('support-banner')).toContainText('Permiso de la dirección');
  await expect(page.getByTestId('new-appointment')).toBeHidden();
  await expect(page.getByRole('navigation').first().getByRole('link', { name: 'Conversaciones' })).toHaveCount(0);
});
