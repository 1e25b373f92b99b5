import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { RunOnly } from 'axe-core';
import { still } from './console.ts';

/** Half as long as what the package exports, for a page that reads it anew each time. */
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules of these tags that look at colours; to all others a page is the same in light and in dark. */
const aboutColours = ['color-contrast', 'link-in-text-block'];

/** Fails with what axe finds on the page as it stands: by all rules in light, by those about colours in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  // What is read is this one document; the console has no frames.
  expect(page.frames()).toHaveLength(1);
  await page.evaluate(source);
  const before = await page.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme'));
  for (const scheme of ['light', 'dark'] as const) {
    await show(page, scheme);
    await still(page);
    expect(await complaints(page, scheme)).toEqual([]);
  }
  await show(page, before ?? 'light');
}

const show = (page: Page, scheme: string) =>
  page.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), scheme);

/** Told in words by the page itself: axe's full answer, with every node that passed, takes longer to fetch than to work out. */
function complaints(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  const rules: RunOnly = scheme === 'light' ? { type: 'tag', values: tags } : { type: 'rule', values: aboutColours };
  return page.evaluate(
    async ([scheme, rules]) => {
      const reader = (window as unknown as { axe: typeof import('axe-core') }).axe;
      const { violations } = await reader.run(document, { runOnly: rules, resultTypes: ['violations'] });
      return violations.map(
        (one) =>
          `${scheme} ${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`,
      );
    },
    [scheme, rules] as const,
  );
}
