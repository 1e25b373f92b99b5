import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { open, settled } from '../support/console.ts';
import { screens } from './catalogue.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules of these tags that look at colours; to all others a page is the same in light and in dark. */
const aboutColours = ['color-contrast', 'link-in-text-block'];

/** One browser profile for all screens, a tab for each: the console's files are fetched and compiled once. */
let profile: BrowserContext;
base.beforeAll(async ({ browser }) => {
  profile = await browser.newContext();
});
base.afterAll(() => profile.close());
const test = base.extend<{ page: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from its first parameter.
  page: async ({}, use) => {
    const page = await profile.newPage();
    await use(page);
    await page.close();
    await profile.setOffline(false);
  },
});

/** What axe has to say about the page as it stands. */
async function complaints(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  await page.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), scheme);
  // Frames are what the other mode opens a page of its own for, each time; the console has none.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (scheme === 'light' ? axe.withTags(tags) : axe.withRules(aboutColours)).analyze();
  return violations.map(
    (one) =>
      `${scheme} ${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`,
  );
}

for (const screen of screens) {
  test(`${screen.name} has nothing for axe to say, in light and in dark`, async ({ page }) => {
    await open(page, screen.path, { scenario: screen.scenario });
    await page.locator('h1').first().waitFor();
    await settled(page, screen.scenario === 'loading');
    await screen.act?.(page);
    expect(page.frames()).toHaveLength(1);
    expect(await complaints(page, 'light')).toEqual([]);
    expect(await complaints(page, 'dark')).toEqual([]);
  });
}

base('on a phone the settings that are open are in sight among the tabs', async ({ page }) => {
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
