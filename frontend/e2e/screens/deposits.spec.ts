import { expect, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

test('an owner asks for a deposit, and a wrong link keeps everything written', async ({ page }) => {
  await open(page, '/settings?tab=booking');
  await page.getByTestId('asks-deposit').check();
  await page.getByTestId('deposit-link').fill('https://pagos.example/arrayan?ref={reference}');
  await page.getByTestId('deposit-amount').fill('5000');
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.url().endsWith('/booking-page'));
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  expect((await (await saved).json()).deposit).toEqual({
    link: 'https://pagos.example/arrayan?ref={reference}',
    amountMinor: 500_000,
    currency: 'ARS',
    hours: 24,
  });
});

test('the desk sees that a deposit is due, marks it paid, and takes that back', async ({ page }) => {
  await open(page, '/today');
  await settled(page);
  const row = page.getByRole('listitem').filter({ hasText: 'Paula Oviedo' });
  await expect(row).toContainText('seña pendiente');
  await page
    .getByTestId(/^appointment-/)
    .filter({ hasText: 'Paula Oviedo' })
    .first()
    .click();
  const panel = page.getByRole('dialog');
  await expect(panel.getByTestId('deposit')).toContainText('se espera hasta');
  await panel.getByTestId('deposit-paid').click();
  await expect(panel.getByTestId('deposit')).toContainText('pagada');
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(panel.getByTestId('deposit')).toContainText('se espera hasta');
});
