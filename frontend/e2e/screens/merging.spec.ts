import { expect, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

test('two cards of one person are compared, merged, and made two again', async ({ page }) => {
  await open(page, '/patients');
  await page.getByTestId('patient-pairs-open').click();
  await expect(page.getByTestId('patient-pairs')).toContainText('nombre parecido');
  await page.getByTestId('pair-compare').first().click();
  const cards = page.getByTestId('merge-cards');
  await expect(cards).toContainText('Queda esta ficha');
  // What only the other card says completes this one without asking; what both say is chosen.
  await expect(page.getByTestId('merge-email').getByRole('radio')).toHaveCount(0);
  await page.getByTestId('merge-phone').getByRole('radio').nth(1).check();
  await page.getByTestId('merge').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ema Quiroga');
  await expect(page.getByTestId('patient-reach')).toContainText(/555.0199/);
  await expect(page.getByTestId('patient-card')).toContainText('ema@correo.example');
  const undo = page.getByTestId('patient-merges');
  await expect(undo).toContainText('Se puede deshacer hasta');
  await undo.getByTestId('merge-undo').click();
  await expect(undo).toHaveCount(0);
  await expect(page.getByTestId('patient-reach')).toContainText(/555.0198/);
});

test('a pair that is two people is not listed any more, until that is taken back', async ({ page }) => {
  await open(page, '/patients/duplicates');
  await page.getByTestId('pair-distinct').click();
  await expect(page.getByTestId('patient-pairs')).toHaveCount(0);
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(page.getByTestId('patient-pairs')).toBeVisible();
});

test('the card of who was merged leads to the one that stayed', async ({ page }) => {
  await open(page, '/patients/duplicates');
  await page.getByTestId('pair-compare').click();
  await settled(page);
  const other = new URL(page.url()).searchParams.get('other');
  await page.getByTestId('merge').click();
  await expect(page.getByTestId('patient-merges')).toBeVisible();
  await page.goto(page.url().replace(/[^/]+$/, other ?? ''));
  await page.getByTestId('open-survivor').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ema Quiroga');
});
