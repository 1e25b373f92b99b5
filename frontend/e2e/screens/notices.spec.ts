import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('who did not answer is called, and comes first again when that was agreed', async ({ page }) => {
  await open(page, '/messages');
  await page.getByTestId('unanswered-open').click();
  const rows = page.getByTestId('unanswered').getByRole('listitem');
  const second = rows.nth(1);
  const name = await second.getByRole('link').textContent();
  await second.getByRole('button', { name: 'Anotar llamada' }).click();
  await page.getByTestId('call-outcome').selectOption('busy');
  await page.getByTestId('call-day').fill('2026-11-24');
  await page.getByTestId('call-time').fill('10:45');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(rows.first()).toContainText(name ?? '?');
  await expect(rows.first()).toContainText('1 llamada: Ocupado');
});

test('the proof of a notice is saved as a file that names nobody, and messages are filtered by line', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').click();
  await page.getByTestId('proof-export').click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV con huellas SHA-256' }).first().click();
  expect((await saved).suggestedFilename()).toBe('constancia-de-aviso.csv');
  await open(page, '/messages');
  await page.getByTestId('messages-channel').selectOption('twilio');
  await expect(page).toHaveURL(/channel=twilio/);
  await expect(page.getByText('Con estos filtros no hay mensajes.')).toBeVisible();
});
