import { expect, test } from '@playwright/test';
import { HELD_DAY } from '../../mock/holds.ts';
import { open, settled } from '../support/console.ts';

test('the agenda shows who is booking which time, and a colleague books there only on purpose', async ({ page }) => {
  await open(page, `/agenda?date=${HELD_DAY}`);
  await settled(page);
  const hers = page.getByTestId(/^hold-/).filter({ hasText: 'Rocío Paredes está agendando (hasta las 10:47)' });
  await expect(hers).toBeVisible();
  await expect(page.getByTestId(/^hold-/).filter({ hasText: 'Un paciente está reservando en línea' })).toBeVisible();

  await page.getByTestId('new-appointment').click();
  const dialog = page.getByRole('dialog');
  await page.getByTestId('patient-search').fill('rosa');
  await page.getByTestId('patient-option').first().click();
  await page.getByTestId('book-service').selectOption({ index: 1 });
  await page.getByTestId('book-practitioner').selectOption({ index: 1 });
  await page.getByTestId('book-time').fill('10:00');
  await expect(dialog.getByTestId('hold-refused')).toContainText('Rocío Paredes está agendando');
  await page.getByTestId('book-submit').click();
  await expect(dialog.getByTestId('in-the-way')).toContainText('Rocío Paredes está agendando');
  await dialog.getByTestId('overbook').click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId(/^appointment-/).filter({ hasText: 'Rosa Benítez' })).toBeVisible();
  await expect(hers).toHaveCount(0);
});
