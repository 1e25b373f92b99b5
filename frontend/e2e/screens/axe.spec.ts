import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';
import { screens } from './catalogue.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const screen of screens) {
  test(`${screen.name} has nothing for axe to say, in light and in dark`, async ({ page }) => {
    await open(page, screen.path, { scenario: screen.scenario });
    await page.locator('h1').first().waitFor();
    await settled(page, screen.scenario === 'loading');
    await screen.act?.(page);
    for (const scheme of ['light', 'dark']) {
      await page.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), scheme);
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      const said = violations.map(
        (one) =>
          `${scheme} ${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`,
      );
      expect(said).toEqual([]);
    }
  });
}

for (const name of [
  'today',
  'agenda',
  'patients',
  'messages',
  'conversations',
  'templates',
  'line',
  'settings',
  'platform',
  'platform/lines',
  'platform/health',
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
