import { expect, type Page, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

const card = (page: Page, name: RegExp) => page.getByTestId(/^appointment-/).filter({ hasText: name });

async function cancel(page: Page, name: RegExp) {
  await open(page, '/agenda');
  await settled(page);
  await card(page, name).focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('visit-cancel').click();
  await page.getByTestId('cancel-submit').click();
  await expect(page.getByTestId('visit-cancel')).toBeHidden();
}

test('the notice of a cancellation takes it back', async ({ page }) => {
  await cancel(page, /Julián Ledesma/);
  await page.keyboard.press('Escape');
  await expect(card(page, /Julián Ledesma/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Deshacer', exact: true }).click();
  await expect(page.getByText('El turno de Julián Ledesma sigue en pie')).toBeVisible();
  await expect(card(page, /14:00 *Julián Ledesma/)).toBeVisible();
});

test('the visit itself has the undo under the keyboard, and a time that is taken meanwhile says so', async ({ page }) => {
  await cancel(page, /Julián Ledesma/);
  await expect(page.getByTestId('visit-reinstate')).toBeFocused();
  await page.route(/reinstate$/, (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      json: { status: 409, code: 'slot-taken', traceId: '4f9c21ab77e0c35d', errors: [] },
    }),
  );
  await page.keyboard.press('Enter');
  await expect(page.getByText('Ese horario ya está ocupado')).toBeVisible();
  await page.unroute(/reinstate$/);
  await page.getByTestId('visit-reinstate').press('Enter');
  await expect(page.getByTestId('visit-cancel')).toBeVisible();
});
