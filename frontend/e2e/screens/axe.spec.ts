import { expect, test } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { open, settled } from '../support/console.ts';
import { screens } from './catalogue.ts';

for (const screen of screens) {
  test(`${screen.name} has nothing for axe to say, in light and in dark`, async ({ page }) => {
    await open(page, screen.path, { scenario: screen.scenario });
    await page.locator('h1').first().waitFor();
    await settled(page, screen.scenario === 'loading');
    await screen.act?.(page);
    await expectAccessible(page);
    // The tab serves the next test, too, and this alone is not reset for it.
    await page.context().setOffline(false);
  });
}

test('on a phone the settings that are open are in sight among the tabs', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '/settings?tab=members');
  await settled(page);
  await expect(page.getByRole('navigation', { name: 'Ajustes' }).getByRole('link', { name: 'Equipo' })).toBeInViewport({ ratio: 0.9 });
});

for (const name of [
  'today',
  'agenda',
  'patients',
  'messages',
  'conversations',
  'templates',
  'line',
  'reports',
  'settings',
  'platform',
  'platform/lines',
  'platform/health',
  'platform/prices',
]) {
  test(`${name} fits 320 pixels without scrolling sideways`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 700 });
    await open(page, `/${name}`, { scenario: name.startsWith('platform') ? 'platform' : 'full' });
    await page.locator('h1').first().waitFor();
    await settled(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(320);
  });
}
