import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

interface Operation {
  id: string;
  method: string;
  path: string;
  scopes: string[];
}
const operations: Operation[] = JSON.parse(readFileSync('public/api-reference.json', 'utf8'));

/** The operation that a request is of: the one whose path has most words of its own. */
function operationOf(method: string, path: string): Operation | undefined {
  const fits = (one: Operation) => one.method === method && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
  const names = (one: Operation) => one.path.split('{').length;
  return operations.filter(fits).sort((a, b) => names(a) - names(b))[0];
}

test('an owner lets support look for some hours, everybody sees it, and ends it at once', async ({ page }) => {
  await open(page, '/settings');
  await expect(page.getByTestId('support-banner')).toBeHidden();
  await page.getByTestId('support-grant').click();
  await expect(page.getByTestId('support-state')).toContainText('Todavía no miró.');
  await expect(page.getByTestId('support-banner')).toContainText('Soporte puede mirar esta clínica');

  await page.getByTestId('support-end').click();
  await expect(page.getByTestId('support-grant')).toBeVisible();
  await expect(page.getByTestId('support-banner')).toBeHidden();
});

test('support is told whose permission it has, and is offered nothing to change', async ({ page }) => {
  await open(page, '/today', { scenario: 'support' });
  await expect(page.getByTestId('support-banner')).toContainText('Permiso de la dirección');
  await expect(page.getByTestId('new-appointment')).toBeHidden();
  await expect(page.getByRole('navigation').first().getByRole('link', { name: 'Conversaciones' })).toHaveCount(0);
});

test('what support’s console asks of a clinic is what support may read', async ({ page }) => {
  const refused = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith('/api/v1/organizations/')) return;
    const scopes = operationOf(request.method(), pathname)?.scopes ?? [];
    if (scopes.length === 0 || scopes.some((scope) => !scope.endsWith(':read'))) refused.add(`${request.method()} ${pathname}`);
  });
  for (const path of ['/today', '/waitlist', '/messages', '/agenda', '/patients']) {
    await open(page, path, { scenario: 'support' });
    await settled(page);
    if (path === '/agenda') {
      await page
        .getByTestId(/^appointment-/)
        .first()
        .click();
      await expect(page.getByTestId('timeline')).toBeVisible();
    }
  }
  await page.getByText('Rosa Benítez').click();
  await expect(page.getByTestId('patient-card')).toBeVisible();
  await settled(page);
  expect([...refused]).toEqual([]);
});
