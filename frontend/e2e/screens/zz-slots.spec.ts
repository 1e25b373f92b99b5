import { test } from '@playwright/test';
import { HELD_DAY } from '../../mock/holds.ts';
import { open, settled, still } from '../support/console.ts';

for (const scheme of ['light', 'dark'] as const)
  for (const [width, height] of [
    [1366, 768],
    [390, 844],
  ] as const)
    test(`shots ${scheme} ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      const shot = (name: string) => page.screenshot({ path: `/tmp/slots/shots/${name}-${width}-${scheme}.png` });
      await open(page, `/agenda?date=${HELD_DAY}`, { scheme });
      await settled(page);
      await shot('holds');
      if (width > 800) {
        await page.getByTestId(/^group-/).click();
        await page.getByRole('dialog').waitFor();
        await still(page);
        await shot('group');
        await page.keyboard.press('Escape');
      }
      await page.getByTestId('new-appointment').click();
      await page.getByTestId('book-service').selectOption({ index: 1 });
      await page.getByTestId('book-practitioner').selectOption({ index: 1 });
      await page.getByTestId('book-time').fill('10:00');
      await page.getByTestId('hold-refused').waitFor();
      await still(page);
      await shot('form');
      await open(page, '/settings?tab=booking', { scheme });
      await settled(page);
      await page.getByTestId('asks-deposit').check();
      await page.getByTestId('deposit-link').scrollIntoViewIfNeeded();
      await still(page);
      await shot('deposit-settings');
      await open(page, '/today', { scheme });
      await settled(page);
      await page
        .getByTestId(/^appointment-/)
        .filter({ hasText: 'Paula Oviedo' })
        .first()
        .click();
      await page.getByTestId('deposit').waitFor();
      await still(page);
      await shot('deposit-visit');
      await page.goto('/reservar/dos-sedes');
      await page.getByRole('button', { name: 'Ver horas libres' }).waitFor();
      await shot('page-places');
      await page.getByRole('button', { name: 'Ver horas libres' }).click();
      await page
        .getByRole('button', { name: /Sede Cerro$/ })
        .first()
        .waitFor();
      await shot('page-times');
    });
