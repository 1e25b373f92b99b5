import { fileURLToPath } from 'node:url';
import { test } from '@playwright/test';
import { screens } from '../screens/catalogue.ts';
import { open, settled } from '../support/console.ts';

const folder = fileURLToPath(new URL('../../../docs/screens/', import.meta.url));
/** The handful the README shows; the other pictures are for looking at, not for keeping. */
const readme = new Set([
  'today-1366-light',
  'agenda-1366-light',
  'agenda-1366-dark',
  'line-pairing-1366-light',
  'today-390-light',
  'templates-1366-light',
]);

for (const screen of screens) {
  for (const [width, height] of [
    [1366, 768],
    [390, 844],
  ] as const) {
    for (const scheme of ['light', 'dark'] as const) {
      test(`${screen.name} ${width} ${scheme}`, async ({ page }) => {
        await page.setViewportSize({ width, height });
        await open(page, screen.path, { scenario: screen.scenario, scheme });
        await page.locator('h1').first().waitFor();
        await settled(page, screen.scenario === 'loading');
        // Shortcuts are for keyboards; phones have none to open them with.
        await screen.act?.(page);
        await page.evaluate(speakThePagesLanguage);
        const name = `${screen.name}-${width}-${scheme}`;
        await page.screenshot({ path: `${folder}${name}.png` });
        if (readme.has(name)) await page.screenshot({ path: `${folder}readme-${name}.png` });
      });
    }
  }
}

/** A date field learns its language when it gets its type, which React gives it before it is in the page. */
function speakThePagesLanguage(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>('input[type=date]')) {
    field.type = 'text';
    field.type = 'date';
  }
}
