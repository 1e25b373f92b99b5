import { test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

const list = (process.env.Q ?? 'today').split(',');
for (const item of list) {
  const [path = '', scenario = 'full', scheme = 'light', width = '1366', act = '', language = 'es'] = item.split('|');
  test(`${item}`, async ({ page }) => {
    page.on('console', (m) => {
      if (m.type() === 'error' && !m.text().includes('500')) console.log('CONSOLE', m.text().slice(0, 300));
    });
    page.on('pageerror', (e) => console.log('PAGEERROR', e.message.slice(0, 300)));
    await page.setViewportSize({ width: Number(width || 1366), height: width === '390' ? 844 : 768 });
    await open(page, path, { scenario: (scenario || 'full') as never, scheme: (scheme || 'light') as never, language: language as never });
    await page
      .locator('h1')
      .first()
      .waitFor({ timeout: 8000 })
      .catch(() => {});
    await settled(page, scenario === 'loading');
    await page.waitForTimeout(200);
    if (act === 'book') {
      await page.getByTestId('new-appointment').click();
      await page.getByTestId('patient-search').fill('ro');
      await page.waitForTimeout(500);
    }
    if (act === 'taken') {
      await page.getByTestId('new-appointment').click();
      await page.getByTestId('patient-search').fill('rosa');
      await page.getByTestId('patient-option').first().click();
      await page.getByTestId('book-service').selectOption({ index: 1 });
      await page.getByTestId('book-practitioner').selectOption({ index: 1 });
      await page.getByTestId('book-time').fill('14:00');
      await page.getByTestId('book-submit').click();
      await page.waitForTimeout(400);
    }
    if (act === 'visit') {
      await page
        .getByRole('button', { name: /Rosa Benítez|Camila/ })
        .first()
        .click();
      await page.waitForTimeout(500);
    }
    if (act === 'move') {
      await page
        .getByRole('button', { name: /Julián Ledesma/ })
        .first()
        .focus();
      await page.keyboard.press('m');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await page.waitForTimeout(200);
    }
    if (act === 'stale') {
      await page
        .getByRole('button', { name: /Confirmó/ })
        .first()
        .click();
      await page.waitForTimeout(700);
    }
    if (act === 'pair') {
      await page.getByTestId('start-line').click();
      await page.waitForTimeout(700);
    }
    if (act === 'palette') {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('ro');
      await page.waitForTimeout(500);
    }
    if (act === 'menu') {
      await page.getByTestId('user-menu').click();
      await page.waitForTimeout(300);
    }
    if (act === 'more') {
      await page.getByRole('button', { name: /Más/ }).last().click();
      await page.waitForTimeout(300);
    }
    if (act === 'patient') {
      await page.getByText('Rosa Benítez').first().click();
      await page.waitForTimeout(600);
    }
    if (act === 'first') {
      await page.locator('.mrow').first().click();
      await page.waitForTimeout(600);
    }
    if (act === 'new') {
      await page.locator('.btn.pri').first().click();
      await page.waitForTimeout(500);
    }
    await page.screenshot({ path: `/tmp/q/${item.replace(/[^a-z0-9]+/gi, '_')}.png`, fullPage: process.env.FULL === '1' });
  });
}
